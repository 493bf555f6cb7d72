#if Server
  internal import DocumentTree

  extension JSONValue {
    /// The value of a node of a document, JSON or YAML.
    ///
    /// Documents nest 256 deep at most, and what aliases stand for is limited by their reader.
    init(_ document: Document, at node: NodeID) {
      let id = document.resolved(node)
      switch document[id].kind {
      case .null, .invalid, .alias: self = .null
      case .true: self = .boolean(true)
      case .false: self = .boolean(false)
      case .string: self = .string(document.text(of: id))
      case .integer, .float: self = JSONValue.number(spelled: document.text(of: id))
      case .array:
        var elements: [JSONValue] = []
        document.forEachElement(of: id) { _, element in elements.append(JSONValue(document, at: element)) }
        self = .array(elements)
      case .object:
        var members: [JSONMember] = []
        document.forEachMember(of: id) { key, value in
          members.append(JSONMember(document.text(of: key), JSONValue(document, at: value)))
        }
        self = .object(members)
      }
    }

    /// A number as JSON spells it, from JSON or YAML; what JSON cannot say (`.inf`) stays a text.
    static func number(spelled text: String) -> JSONValue {
      if isJSONNumber(text) { return .number(text) }
      var digits = text[...]
      let isNegative = digits.first == "-"
      if isNegative || digits.first == "+" { digits = digits.dropFirst() }
      let whole: UInt64? =
        if digits.hasPrefix("0x") {
          UInt64(digits.dropFirst(2), radix: 16)
        } else if digits.hasPrefix("0o") {
          UInt64(digits.dropFirst(2), radix: 8)
        } else {
          UInt64(digits)
        }
      if let whole { return .number(isNegative && whole > 0 ? "-\(whole)" : "\(whole)") }
      guard let value = Double(digits), value.isFinite, digits.first != "i", digits.first != "n" else {
        return .string(text)
      }
      return .number("\(isNegative ? -value : value)")
    }

    /// Whether a text is a number of JSON (RFC 8259, section 6).
    private static func isJSONNumber(_ text: String) -> Bool {
      var bytes = Array(text.utf8)[...]
      if bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
      func digits() -> Int {
        let count = bytes.prefix { (0x30...0x39).contains($0) }.count
        bytes.removeFirst(count)
        return count
      }
      let startsWithZero = bytes.first == UInt8(ascii: "0")
      let whole = digits()
      guard whole > 0, !startsWithZero || whole == 1 else { return false }
      if bytes.first == UInt8(ascii: ".") {
        bytes.removeFirst()
        guard digits() > 0 else { return false }
      }
      if let mark = bytes.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
        bytes.removeFirst()
        if let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { bytes.removeFirst() }
        guard digits() > 0 else { return false }
      }
      return bytes.isEmpty
    }
  }
#endif

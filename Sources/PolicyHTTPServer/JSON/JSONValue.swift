#if Server
  internal import Diagnostics

  /// A JSON value to be written, or one that was read; members keep their order, and numbers their text.
  enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    /// As JSON spells it.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
    /// JSON that is written already.
    case written([UInt8])

    static func integer(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    /// A string, or null.
    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    static func strings(_ texts: some Sequence<String>) -> JSONValue { .array(texts.map { .string($0) }) }

    /// The value of a member, by the bytes of its key.
    subscript(key: String) -> JSONValue? {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The text as JSON has it.
    var bytes: [UInt8] {
      var output: [UInt8] = []
      write(to: &output)
      return output
    }

    /// Appends the text.
    ///
    /// Documents nest 256 deep at most, so the recursion is bounded.
    func write(to output: inout [UInt8]) {
      switch self {
      case .null: output += "null".utf8
      case .boolean(let value): output += (value ? "true" : "false").utf8
      case .number(let text): output += text.utf8
      case .string(let text): JSONText.append(text, to: &output)
      case .written(let bytes): output += bytes
      case .array(let elements):
        JSONText.appendArray(elements, to: &output) { $0.write(to: &$1) }
      case .object(let members):
        JSONText.appendObject(members.lazy.map { ($0.key, $0.value) }, to: &output) { $0.write(to: &$1) }
      }
    }
  }

  /// A member of a JSON object.
  struct JSONMember: Sendable {
    var key: String
    var value: JSONValue

    init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral
  {
    init(dictionaryLiteral elements: (String, JSONValue)...) {
      self = .object(elements.map { JSONMember($0.0, $0.1) })
    }

    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(stringLiteral text: String) { self = .string(text) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
  }
#endif

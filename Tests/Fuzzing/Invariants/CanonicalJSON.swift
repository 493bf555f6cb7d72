package import DocumentTree
import Diagnostics
import Source

/// A document's values written as JSON, by which two documents can be compared.
///
/// Numbers are strings that tell their kind and spelling, since YAML has some that JSON cannot write.
///
/// - Returns: `nil` when aliases make it longer than `limit` values.
package func canonicalJSON(_ document: Document, limit: Int = 10_000) -> [UInt8]? {
  var writer = CanonicalWriter(document: document, remaining: limit)
  writer.text.append(UInt8(ascii: "["))
  for (index, root) in document.roots.enumerated() {
    if index > 0 { writer.text.append(UInt8(ascii: ",")) }
    writer.write(root)
  }
  writer.text.append(UInt8(ascii: "]"))
  return writer.remaining >= 0 ? writer.text : nil
}

private struct CanonicalWriter {
  let document: Document
  var remaining: Int
  var text: [UInt8] = []

  /// Recursion is bounded by the nesting limit of documents, and by `remaining` through aliases.
  mutating func write(_ id: NodeID) {
    let id = document.resolved(id)
    remaining -= 1
    guard remaining >= 0 else { return }
    switch document[id].kind {
    case .null, .invalid, .alias: text += "null".utf8
    case .true: text += "true".utf8
    case .false: text += "false".utf8
    case .integer: writeString(Array("integer ".utf8) + bytes(of: id))
    case .float: writeString(Array("float ".utf8) + bytes(of: id))
    case .string: writeString(bytes(of: id))
    case .array:
      var elements: [NodeID] = []
      document.forEachElement(of: id) { elements.append($1) }
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        write(element)
      }
      text.append(UInt8(ascii: "]"))
    case .object:
      var members: [(NodeID, NodeID)] = []
      document.forEachMember(of: id) { members.append(($0, $1)) }
      text.append(UInt8(ascii: "{"))
      for (index, (key, value)) in members.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        writeString(bytes(of: key))
        text.append(UInt8(ascii: ":"))
        write(value)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private func bytes(of id: NodeID) -> [UInt8] { unsafe document.withBytes(of: id) { unsafe Array($0) } }

  /// Characters that YAML does not take as they are become escapes; all others stay.
  private mutating func writeString(_ bytes: [UInt8]) {
    guard let string = String(validating: bytes, as: UTF8.self) else {
      return invariant(false, "a string is not UTF-8")
    }
    text.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: text += [0x5C, UInt8(truncatingIfNeeded: scalar.value)]
      case 0x20..<0x7F, 0x10000...: text += UTF8.encode(scalar)?.map { $0 } ?? []
      default:
        let digits = String(scalar.value, radix: 16)
        text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}

/// Reads canonical JSON again, in either format, and expects the same values in one array.
///
/// - Parameters:
///   - written: What `canonicalJSON` wrote.
///   - name: A name that decides the format.
package func checkRoundTrip(_ written: [UInt8], name: String) {
  let (document, diagnostics) = readDocument(SourceText(name: name, bytes: written))
  invariant(diagnostics.isEmpty, "\(name) cannot be read again: \(diagnostics.map(\.message))")
  let bracketed = Array("[".utf8) + written + Array("]".utf8)
  invariant(canonicalJSON(document) == bracketed, "\(name), read again, differs")
}

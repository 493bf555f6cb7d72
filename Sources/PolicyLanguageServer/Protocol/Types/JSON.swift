internal import Diagnostics
package import DocumentTree

/// A value of JSON that is sent.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSON])
  case object([(name: String, value: JSON)])
  /// What is written already.
  case written([UInt8])

  /// The value that was read.
  package init(_ value: JSONValue) {
    if let text = value.text {
      self = .string(text)
    } else if let number = value.number.flatMap(Int.init) {
      self = .integer(number)
    } else if value.isNull {
      self = .null
    } else {
      self = .written(Array("{}".utf8))
    }
  }

  /// An object without the members that are `nil`.
  static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { name, value in value.map { (name, $0) } })
  }

  /// The value as it is sent.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    append(to: &output)
    return output
  }

  private func append(to output: inout [UInt8]) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .string(let text): JSONText.append(text, to: &output)
    case .written(let bytes): output += bytes
    case .array(let elements):
      JSONText.appendArray(elements, to: &output) { $0.append(to: &$1) }
    case .object(let members):
      JSONText.appendObject(members.lazy.map { ($0.name, $0.value) }, to: &output) { $0.append(to: &$1) }
    }
  }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { ($0.0, $0.1) }) }
}

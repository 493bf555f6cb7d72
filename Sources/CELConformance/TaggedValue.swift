package import CEL
internal import Diagnostics
package import DocumentTree

/// Values as the suite's records spell them: an object with one key, which says what kind of value it is.
package enum TaggedValue {
  /// Reads a value; `nil` for one that is not spelt as it should be.
  ///
  /// A message is read as the `Any` that holds it, which becomes the message when it enters an evaluation.
  package static func read(_ json: JSONValue) -> CELValue? {
    guard let (tag, content) = json.members.first, json.members.count == 1 else { return nil }
    switch tag {
    case "null": return .null
    case "bool": return .bool(content.isTrue)
    case "int": return content.text.flatMap { Int64($0) }.map { .int($0) }
    case "uint": return content.text.flatMap { UInt64($0) }.map { .uint($0) }
    case "double": return double(content).map { .double($0) }
    case "string": return content.text.map { .string($0) }
    case "bytes": return content.text.flatMap { Base64.decoded($0) }.map { .bytes($0) }
    case "timestamp": return content.text.flatMap { try? Timestamp(parsing: Array($0.utf8)) }.map { .timestamp($0) }
    case "duration": return content.text.flatMap { try? Duration(parsing: Array($0.utf8)) }.map { .duration($0) }
    case "type": return content.text.map { .type($0) }
    case "list":
      var elements: [CELValue] = []
      for element in content.elements {
        guard let value = read(element) else { return nil }
        elements.append(value)
      }
      return .list(elements)
    case "map":
      var entries: [CELValue.Entry] = []
      for entry in content.elements.map(\.elements) {
        guard entry.count == 2, let key = read(entry[0]), let value = read(entry[1]) else { return nil }
        entries.append(CELValue.Entry(key, value))
      }
      return .map(entries)
    case "enum":
      guard let type = content["type"]?.text, let number = content["value"]?.number.flatMap({ Int32($0) }) else {
        return nil
      }
      return .opaque(EnumValue(type, number))
    case "object":
      guard let type = content["type"]?.text, let bytes = content["binary"]?.text else { return nil }
      return message(type, bytes)
    default: return nil
    }
  }

  private static func double(_ json: JSONValue) -> Double? {
    if let number = json.number { return Double(number) }
    return switch json.text {
    case "NaN": Double.nan
    case "Infinity": Double.infinity
    case "-Infinity": -Double.infinity
    case "-0": -0.0
    default: nil
    }
  }

  /// A message, by the name of its type and its bytes in base 64, as the `Any` that holds it.
  package static func message(_ type: String, _ bytes: String) -> CELValue? {
    guard let content = Base64.decoded(bytes) else { return nil }
    return .record(
      "google.protobuf.Any", [("type_url", .string("type.googleapis.com/\(type)")), ("value", .bytes(content))])
  }

  // MARK: - Writing

  /// Appends a value as JSON.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - records: The types of the messages in it.
  ///   - bytes: Where it is appended.
  package static func write(_ value: CELValue, _ records: RecordLayouts, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes += "{\"null\":null}".utf8
    case .bool(let value): write("bool", value ? "true" : "false", to: &bytes)
    case .int(let value): write("int", "\"\(value)\"", to: &bytes)
    case .uint(let value): write("uint", "\"\(value)\"", to: &bytes)
    case .double(let value): write("double", text(value), to: &bytes)
    case .string(let text): write("string", JSONText.quoted(text), to: &bytes)
    case .bytes(let content): write("bytes", "\"\(Base64.encoded(content))\"", to: &bytes)
    case .timestamp(let value): write("timestamp", "\"\(value)\"", to: &bytes)
    case .duration(let value): write("duration", "\"\(value)\"", to: &bytes)
    case .type(let name): write("type", JSONText.quoted(name), to: &bytes)
    case .opaque(let value as EnumValue):
      write("enum", "{\"type\":\(JSONText.quoted(value.typeName)),\"value\":\(value.number)}", to: &bytes)
    case .opaque(let value): write("opaque", JSONText.quoted(value.typeName), to: &bytes)
    case .record(let name, let fields):
      var message = MessageWriter(records)
      message.write(name, fields)
      bytes += "{\"object\":{\"type\":".utf8
      JSONText.append(name, to: &bytes)
      bytes += ",\"binary\":\"\(Base64.encoded(message.bytes))\"}}".utf8
    case .optional(nil): write("optional", "null", to: &bytes)
    case .optional(let value?):
      bytes += "{\"optional\":".utf8
      write(value, records, to: &bytes)
      bytes.append(0x7D)
    case .list(let elements):
      bytes += "{\"list\":[".utf8
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        write(element, records, to: &bytes)
      }
      bytes += "]}".utf8
    case .map(let entries):
      bytes += "{\"map\":[".utf8
      for (index, entry) in entries.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        bytes.append(0x5B)
        write(entry.key, records, to: &bytes)
        bytes.append(0x2C)
        write(entry.value, records, to: &bytes)
        bytes.append(0x5D)
      }
      bytes += "]}".utf8
    }
  }

  private static func write(_ tag: String, _ content: String, to bytes: inout [UInt8]) {
    bytes += "{\"\(tag)\":\(content)}".utf8
  }

  /// A double as JSON, in the fewest digits that read back as the same.
  private static func text(_ value: Double) -> String {
    if value.isNaN { return "\"NaN\"" }
    if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
    return value == 0 && value.sign == .minus ? "\"-0\"" : "\(value)"
  }
}

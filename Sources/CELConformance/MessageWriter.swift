package import CEL

/// Writes messages of declared types as their bytes (protobuf, "Encoding").
package struct MessageWriter {
  private let records: RecordLayouts
  package private(set) var bytes: [UInt8] = []

  package init(_ records: RecordLayouts) { self.records = records }

  /// Appends the fields of a record.
  package mutating func write(_ typeName: String, _ fields: [(name: String, value: CELValue)]) {
    guard let type = records.type(named: typeName) else { return }
    for (name, value) in fields {
      guard let field = type.fields.first(where: { $0.name == name }), field.number > 0 else { continue }
      write(field.number, field.form, value)
    }
  }

  private mutating func write(_ number: Int, _ form: FieldForm, _ value: CELValue) {
    switch (form, value) {
    case (.list(let element), .list(let values)):
      for value in values { write(number, element, value) }
    case (.map(let key, let element), .map(let entries)):
      for entry in entries.sorted(by: { Self.precedes($0.key, $1.key) }) {
        writeNested(number) { writer in
          writer.write(1, key, entry.key)
          writer.write(2, element, entry.value)
        }
      }
    case (.bool, .bool(let value)): writeVarint(number, value ? 1 : 0)
    case (.int32, .int(let value)), (.int64, .int(let value)), (.enumeration, .int(let value)):
      writeVarint(number, UInt64(bitPattern: value))
    case (.typedEnumeration, .opaque(let value as EnumValue)):
      writeVarint(number, UInt64(bitPattern: Int64(value.number)))
    case (.uint32, .uint(let value)), (.uint64, .uint(let value)): writeVarint(number, value)
    case (.sint32, .int(let value)), (.sint64, .int(let value)):
      writeVarint(number, UInt64(bitPattern: value << 1 ^ value >> 63))
    case (.fixed32, .uint(let value)): writeFixed(number, value, count: 4)
    case (.fixed64, .uint(let value)): writeFixed(number, value, count: 8)
    case (.sfixed32, .int(let value)): writeFixed(number, UInt64(bitPattern: value), count: 4)
    case (.sfixed64, .int(let value)): writeFixed(number, UInt64(bitPattern: value), count: 8)
    case (.float, .double(let value)): writeFixed(number, UInt64(Float(value).bitPattern), count: 4)
    case (.double, .double(let value)): writeFixed(number, value.bitPattern, count: 8)
    case (.string, .string(let text)): writeDelimited(number, Array(text.utf8))
    case (.bytes, .bytes(let content)): writeDelimited(number, content)
    case (.null, _): writeVarint(number, 0)
    case (.message(let name), _): writeNested(number) { $0.writeMessage(name, value) }
    case (.group(let name), .record(_, let fields)):
      writeVarint(number << 3 | 3)
      write(name, fields)
      writeVarint(number << 3 | 4)
    default: break
    }
  }

  /// The order of a map's keys, so that equal messages have equal bytes (protobuf, "Deterministic Serialization").
  private static func precedes(_ left: CELValue, _ right: CELValue) -> Bool {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): !left && right
    case (.int(let left), .int(let right)): left < right
    case (.uint(let left), .uint(let right)): left < right
    case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    default: false
    }
  }

  // MARK: - Messages

  /// Appends the content of a message field; for the well-known messages, of the message that the value stands for.
  private mutating func writeMessage(_ name: String, _ value: CELValue) {
    switch (name, value) {
    case ("google.protobuf.Any", _): writeAny(value)
    case ("google.protobuf.Value", _): writeJSON(value)
    case ("google.protobuf.Struct", .map): write(1, .map(.string, .message("google.protobuf.Value")), value)
    case ("google.protobuf.ListValue", .list): write(1, .list(.message("google.protobuf.Value")), value)
    case (_, .timestamp(let time)): writeTime(time.seconds, time.nanoseconds)
    case (_, .duration(let length)): writeTime(length.seconds, length.nanoseconds)
    case (_, .record(let name, let fields)): write(name, fields)
    default:
      // A wrapper: its one field has no presence.
      guard let form = records.type(named: name)?.fields.first?.form, !Self.isZero(value) else { return }
      write(1, form, value)
    }
  }

  private static func isZero(_ value: CELValue) -> Bool {
    switch value {
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value.bitPattern == 0
    case .string(let text): text.isEmpty
    case .bytes(let content): content.isEmpty
    case .null, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque: false
    }
  }

  private mutating func writeTime(_ seconds: Int64, _ nanoseconds: Int32) {
    if seconds != 0 { write(1, .int64, .int(seconds)) }
    if nanoseconds != 0 { write(2, .int32, .int(Int64(nanoseconds))) }
  }

  private mutating func writeJSON(_ value: CELValue) {
    switch value {
    case .double: write(2, .double, value)
    case .string: write(3, .string, value)
    case .bool: write(4, .bool, value)
    case .map: write(5, .message("google.protobuf.Struct"), value)
    case .list: write(6, .message("google.protobuf.ListValue"), value)
    case .null, .int, .uint, .bytes, .timestamp, .duration, .type, .optional, .record, .opaque:
      write(1, .null, .null)
    }
  }

  /// Appends an `Any` that holds the message which a value is the natural content of.
  private mutating func writeAny(_ value: CELValue) {
    if case .record("google.protobuf.Any", let fields) = value { return write("google.protobuf.Any", fields) }
    let name: String
    switch value {
    case .bool: name = "google.protobuf.BoolValue"
    case .int: name = "google.protobuf.Int64Value"
    case .uint: name = "google.protobuf.UInt64Value"
    case .double: name = "google.protobuf.DoubleValue"
    case .string: name = "google.protobuf.StringValue"
    case .bytes: name = "google.protobuf.BytesValue"
    case .timestamp: name = "google.protobuf.Timestamp"
    case .duration: name = "google.protobuf.Duration"
    case .list: name = "google.protobuf.ListValue"
    case .map: name = "google.protobuf.Struct"
    case .record(let type, _): name = type
    case .null, .type, .optional, .opaque: name = "google.protobuf.Value"
    }
    write(1, .string, .string("type.googleapis.com/\(name)"))
    writeNested(2) { $0.writeMessage(name, value) }
  }

  // MARK: - Bytes

  private mutating func writeNested(_ number: Int, _ content: (inout MessageWriter) -> Void) {
    var nested = MessageWriter(records)
    content(&nested)
    writeDelimited(number, nested.bytes)
  }

  private mutating func writeDelimited(_ number: Int, _ content: [UInt8]) {
    writeVarint(number << 3 | 2)
    writeVarint(content.count)
    bytes += content
  }

  private mutating func writeVarint(_ number: Int, _ value: UInt64) {
    writeVarint(number << 3)
    writeVarint(value)
  }

  private mutating func writeFixed(_ number: Int, _ value: UInt64, count: Int) {
    writeVarint(number << 3 | (count == 4 ? 5 : 1))
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }

  private mutating func writeVarint(_ value: some BinaryInteger) {
    var value = UInt64(truncatingIfNeeded: value)
    while value > 127 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 128)
      value >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value))
  }
}

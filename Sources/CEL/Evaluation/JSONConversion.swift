// What values become where JSON is wanted (protobuf, "ProtoJSON Format"; `google.protobuf.Value`).
extension FieldConversion {
  /// The value with nothing in it but null, bools, doubles, strings, lists, and maps with string keys.
  ///
  /// - Throws: `EvaluationError` for values that JSON does not have, and for those that nest too deep.
  func json(_ value: Value, depth: Int) throws(EvaluationError) -> Value {
    switch value.kind {
    case .null: return .null
    case .bool, .double, .string: return value
    case .int: return try number(Int128(value.int))
    case .uint: return try number(Int128(value.uint))
    case .bytes: return try arena.string(Base64.encoded(value.bytes))
    case .timestamp: return try arena.string(value.timestamp.description)
    case .duration: return try arena.string(value.duration.description)
    case .list:
      guard depth < Self.nestingLimit else { throw Self.tooDeep }
      var elements: [Value] = []
      elements.reserveCapacity(Int(value.count))
      for element in value.elements { elements.append(try json(element, depth: depth + 1)) }
      return try arena.list(elements)
    case .map:
      guard depth < Self.nestingLimit else { throw Self.tooDeep }
      let view = value.entries
      var entries: [MapView.Entry] = []
      entries.reserveCapacity(view.count)
      for index in 0..<view.count {
        entries.append(
          MapView.Entry(key: try name(view[index].key), value: try json(view[index].value, depth: depth + 1)))
      }
      return try arena.map(entries)
    case .record: return try json(value.record)
    case .error, .type, .optional, .opaque:
      throw .invalidArgument("JSON has no values of type \(value.kind.typeName)")
    }
  }

  static let tooDeep = EvaluationError.invalidArgument("the value nests too deep for a message")

  /// Numbers that a double has no exact place for are texts.
  private func number(_ value: Int128) throws(EvaluationError) -> Value {
    let isExact = -9_007_199_254_740_991...9_007_199_254_740_991 ~= value
    return isExact ? .double(Double(value)) : try arena.string("\(value)")
  }

  /// A key of a map as the name of a member.
  private func name(_ key: Value) throws(EvaluationError) -> Value {
    switch key.kind {
    case .string: return key
    case .bool: return try arena.string(key.isTrue ? "true" : "false")
    case .int: return try arena.string("\(key.int)")
    case .uint: return try arena.string("\(key.uint)")
    case .error, .null, .double, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque:
      throw .invalidArgument("the names in JSON are strings")
    }
  }

  /// The messages whose JSON CEL knows: an empty object, and a mask's paths with commas between.
  private func json(_ record: RecordView) throws(EvaluationError) -> Value {
    switch record.typeName {
    case "google.protobuf.Empty": return Value(.map)
    case "google.protobuf.FieldMask":
      var text: [UInt8] = []
      for path in record.field(0)?.elements ?? ListView(address: 0, count: 0) {
        if !text.isEmpty { text.append(UInt8(ascii: ",")) }
        Self.appendCamelCase(path.bytes, to: &text)
      }
      return try arena.string(text)
    default: throw .invalidArgument("`\(record.typeName)` cannot become JSON")
    }
  }

  /// `user_name` as `userName`.
  private static func appendCamelCase(_ path: ByteView, to text: inout [UInt8]) {
    var isRaised = false
    for byte in path {
      if byte == UInt8(ascii: "_") {
        isRaised = true
      } else {
        text.append(isRaised && UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte - 32 : byte)
        isRaised = false
      }
    }
  }
}

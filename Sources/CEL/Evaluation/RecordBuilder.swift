/// A record that is being put together.
struct RecordBuilder {
  let layouts: RecordLayouts
  /// The place of its type.
  let place: Int
  private var fields: [Value]
  /// The bytes of fields that the type does not have.
  var unknown: [UInt8] = []

  init(_ layouts: RecordLayouts, _ place: Int) {
    self.layouts = layouts
    self.place = place
    fields = [Value](repeating: .unbound, count: layouts.layouts[place].fields.count)
  }

  var layout: RecordLayout { layouts.layouts[place] }

  /// Sets a field to a value that an expression gave it; a value of a message field may be null, which sets nothing.
  mutating func assign(_ index: Int, _ value: Value, _ arena: Arena) throws(EvaluationError) {
    let conversion = FieldConversion(arena: arena)
    let field = layout.fields[index]
    do throws(EvaluationError) {
      if let value = try conversion.converted(value, to: field.form, depth: 0) { set(index, to: value) }
    } catch {
      throw EvaluationError(error.kind, "`\(field.name)` of `\(layout.name)`: \(error)")
    }
  }

  /// Sets a field to a value of its form.
  mutating func set(_ index: Int, to value: Value) {
    let field = layout.fields[index]
    if let oneof = field.oneof {
      for (other, sibling) in layout.fields.enumerated() where sibling.oneof == oneof { fields[other] = .unbound }
    }
    fields[index] = !field.hasPresence && value.isDefault ? .unbound : value
  }

  /// Forgets the message that another field of the same oneof was given: the last one counts.
  func clearSiblings(of index: Int, in messages: inout [Int: [UInt8]]) {
    guard let oneof = layout.fields[index].oneof else { return }
    for (other, sibling) in layout.fields.enumerated() where other != index && sibling.oneof == oneof {
      messages[other] = nil
    }
  }

  /// The record as it stands.
  ///
  /// - Parameters:
  ///   - arena: Where it is to lie.
  ///   - depth: How many messages are around it.
  /// - Returns: The record; for the well-known messages, the value that CEL has for them.
  /// - Throws: `EvaluationError` for values out of the range of their type.
  func value(_ arena: Arena, depth: Int) throws(EvaluationError) -> Value {
    guard let message = layout.wellKnown else { return try arena.record(layouts, place, fields, unknown: unknown) }
    switch message {
    case .timestamp:
      guard let time = Timestamp(seconds: int(0), nanoseconds: Int32(truncatingIfNeeded: int(1))) else {
        throw EvaluationError(.overflow, "the timestamp is out of range")
      }
      return .timestamp(time)
    case .duration:
      guard let length = Duration(seconds: int(0), nanoseconds: Int32(truncatingIfNeeded: int(1))) else {
        throw EvaluationError(.overflow, "the duration is out of range")
      }
      return .duration(length)
    case .any:
      let name = field(0) ?? Value(.string)
      return try MessageReader(layouts: layouts, arena: arena).content(ofAny: name, field(1) ?? Value(.bytes), depth)
    case .structure: return field(0) ?? Value(.map)
    case .listValue: return field(0) ?? Value(.list)
    case .value: return fields.first { $0.kind != .error } ?? .null
    case .boolValue, .bytesValue, .doubleValue, .floatValue, .int32Value, .int64Value, .stringValue, .uint32Value,
      .uint64Value:
      if let value = field(0) { return value }
      return try layouts.defaultValue(of: layout.fields[0], arena)
    }
  }

  /// The fields as they are, of an `Any` whose content is of a type that is not declared.
  func opaqueAny(_ arena: Arena) throws(EvaluationError) -> Value {
    try arena.record(layouts, place, fields, unknown: unknown)
  }

  /// The value of a field that is set.
  func field(_ index: Int) -> Value? { fields[index].kind == .error ? nil : fields[index] }

  private func int(_ index: Int) -> Int64 { field(index)?.int ?? 0 }
}

extension Value {
  /// Whether it is what a field without presence reads as when it was never set.
  fileprivate var isDefault: Bool {
    switch kind {
    case .null: true
    case .bool, .int, .uint, .double: bits == 0
    case .string, .bytes, .list, .map: count == 0
    case .opaque: (opaque as? EnumValue)?.number == 0
    case .error, .timestamp, .duration, .type, .optional, .record: false
    }
  }
}

// MARK: - What is not set

extension RecordLayouts {
  /// What a field reads as while it is not set (cel-spec, "Field Selection").
  func defaultValue(of field: RecordType.Field, _ arena: Arena) throws(EvaluationError) -> Value {
    if let value = field.defaultValue { return try arena.value(value, self) }
    switch field.form {
    case .bool: return .bool(false)
    case .int32, .int64, .sint32, .sint64, .sfixed32, .sfixed64, .enumeration: return .int(0)
    case .typedEnumeration(let name): return try arena.opaque(EnumValue(name, 0))
    case .uint32, .uint64, .fixed32, .fixed64: return .uint(0)
    case .float, .double: return .double(0)
    case .string: return Value(.string)
    case .bytes: return Value(.bytes)
    case .null, .value: return .null
    case .list: return Value(.list)
    case .map: return Value(.map)
    case .message(let name), .group(let name): return try emptyMessage(name, arena)
    }
  }

  private func emptyMessage(_ name: String, _ arena: Arena) throws(EvaluationError) -> Value {
    guard let place = place(named: name) else { throw EvaluationError.undeclaredType(name) }
    if let message = layouts[place].wellKnown, message == .any || message.wrapped != nil { return .null }
    return try RecordBuilder(self, place).value(arena, depth: 0)
  }
}

extension EvaluationError {
  static func undeclaredType(_ name: String) -> EvaluationError {
    .invalidArgument("the type `\(name)` is not declared")
  }
}

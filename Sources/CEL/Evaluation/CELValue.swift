/// A value that stands on its own: what goes into an evaluation and what comes out of one.
///
/// While a program runs, values are `Value`s, which point into memory that is taken back afterwards.
package indirect enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case timestamp(Timestamp)
  case duration(Duration)
  case list([CELValue])
  /// The entries, in any order; keys are bools, ints, uints or strings.
  case map([Entry])
  /// A type, by its name.
  case type(String)
  case optional(CELValue?)
  /// A message: the name of its type, and the fields that are set.
  case record(String, [(name: String, value: CELValue)])
  case opaque(any OpaqueValue)

  /// An entry of a map.
  package struct Entry: Sendable {
    package var key: CELValue
    package var value: CELValue

    package init(_ key: CELValue, _ value: CELValue) {
      self.key = key
      self.value = value
    }
  }
}

// MARK: - Into and out of an evaluation

extension Value {
  /// A copy that needs no arena.
  ///
  /// - Throws: `EvaluationError` for values that nest too deep, and for those that share so many parts that the copy would
  ///   be huge.
  package func copied() throws(EvaluationError) -> CELValue {
    var walk = ValueWalk()
    return try copied(&walk)
  }

  private func copied(_ walk: inout ValueWalk) throws(EvaluationError) -> CELValue {
    switch kind {
    case .list: try copiedList(&walk)
    case .map: try copiedMap(&walk)
    case .optional: try copiedOptional(&walk)
    case .record: try copiedRecord(&walk)
    case .null, .error, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque:
      copiedLeaf()
    }
  }

  @inline(never)
  private func copiedLeaf() -> CELValue {
    switch kind {
    case .bool: .bool(isTrue)
    case .int: .int(int)
    case .uint: .uint(uint)
    case .double: .double(double)
    case .string: .string(text)
    case .bytes: .bytes(Array(bytes))
    case .timestamp: .timestamp(timestamp)
    case .duration: .duration(duration)
    case .type: .type(text)
    case .opaque: .opaque(opaque)
    case .null, .error, .list, .map, .optional, .record: .null
    }
  }

  @inline(never)
  private func copiedList(_ walk: inout ValueWalk) throws(EvaluationError) -> CELValue {
    try walk.enter(Int(count))
    var copies: [CELValue] = []
    for element in elements { copies.append(try element.copied(&walk)) }
    walk.leave()
    return .list(copies)
  }

  @inline(never)
  private func copiedMap(_ walk: inout ValueWalk) throws(EvaluationError) -> CELValue {
    let view = entries
    try walk.enter(view.count)
    var copies: [CELValue.Entry] = []
    for index in 0..<view.count {
      copies.append(CELValue.Entry(view[index].key.copiedLeaf(), try view[index].value.copied(&walk)))
    }
    walk.leave()
    return .map(copies)
  }

  @inline(never)
  private func copiedOptional(_ walk: inout ValueWalk) throws(EvaluationError) -> CELValue {
    guard let value = optionalValue else { return .optional(nil) }
    try walk.enter(1)
    let copy = try value.copied(&walk)
    walk.leave()
    return .optional(copy)
  }

  @inline(never)
  private func copiedRecord(_ walk: inout ValueWalk) throws(EvaluationError) -> CELValue {
    let record = record
    let layout = record.layout
    try walk.enter(layout.fields.count)
    var copies: [(name: String, value: CELValue)] = []
    for index in layout.fields.indices {
      if let value = record.field(index) { copies.append((layout.fields[index].name, try value.copied(&walk))) }
    }
    walk.leave()
    return .record(layout.name, copies)
  }
}

extension Arena {
  /// A value in this arena.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - records: The types of records; what a literal of a well-known message gives is not a record.
  /// - Returns: The value, which lies in the arena.
  /// - Throws: `EvaluationError` for a map whose keys are no keys or are there twice, for values that nest too deep, and
  ///   for records of types that are not declared or with values that their fields cannot hold.
  package func value(_ value: CELValue, _ records: RecordLayouts = .standard) throws(EvaluationError) -> Value {
    var walk = ValueWalk()
    return try self.value(value, records, &walk)
  }

  private func value(
    _ value: CELValue, _ records: RecordLayouts, _ walk: inout ValueWalk
  ) throws(EvaluationError) -> Value {
    switch value {
    case .list, .map, .optional, .record: return try container(value, records, &walk)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque:
      return try leaf(value)
    }
  }

  @inline(never)
  private func leaf(_ value: CELValue) throws(EvaluationError) -> Value {
    switch value {
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .uint(value)
    case .double(let value): return .double(value)
    case .string(let text): return try string(text)
    case .bytes(let content): return try bytes(content)
    case .timestamp(let value): return .timestamp(value)
    case .duration(let value): return .duration(value)
    case .type(let name): return try type(name)
    case .opaque(let value): return try opaque(value)
    case .null, .list, .map, .optional, .record: return .null
    }
  }

  @inline(never)
  private func container(
    _ value: CELValue, _ records: RecordLayouts, _ walk: inout ValueWalk
  ) throws(EvaluationError) -> Value {
    try walk.enter(1)
    defer { walk.leave() }
    switch value {
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try self.value(element, records, &walk)) }
      return try list(values)
    case .map(let entries):
      var values: [MapView.Entry] = []
      for entry in entries {
        values.append(MapView.Entry(key: try leaf(entry.key), value: try self.value(entry.value, records, &walk)))
      }
      return try map(values)
    case .optional(let value?): return try optional(self.value(value, records, &walk))
    case .record(let name, let fields):
      var values: [(name: String, value: Value)] = []
      for field in fields { values.append((field.name, try self.value(field.value, records, &walk))) }
      return try record(name, values, records)
    case .optional, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque:
      return .none
    }
  }
}

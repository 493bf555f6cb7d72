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
  /// - Throws: `EvaluationError` for values that nest too deep.
  package func copied() throws(EvaluationError) -> CELValue { try copied(depth: 0) }

  private func copied(depth: Int) throws(EvaluationError) -> CELValue {
    guard depth < Self.nestingLimit else { throw EvaluationError(.limit, "the value nests too deep") }
    switch kind {
    case .null, .error: return .null
    case .bool: return .bool(isTrue)
    case .int: return .int(int)
    case .uint: return .uint(uint)
    case .double: return .double(double)
    case .string: return .string(text)
    case .bytes: return .bytes(Array(bytes))
    case .timestamp: return .timestamp(timestamp)
    case .duration: return .duration(duration)
    case .type: return .type(text)
    case .list:
      var elements: [CELValue] = []
      elements.reserveCapacity(Int(count))
      for element in self.elements { elements.append(try element.copied(depth: depth + 1)) }
      return .list(elements)
    case .map:
      var entries: [CELValue.Entry] = []
      for index in 0..<self.entries.count {
        let entry = self.entries[index]
        entries.append(
          CELValue.Entry(try entry.key.copied(depth: depth + 1), try entry.value.copied(depth: depth + 1)))
      }
      return .map(entries)
    case .optional:
      guard let value = optionalValue else { return .optional(nil) }
      return .optional(try value.copied(depth: depth + 1))
    case .record:
      var fields: [(name: String, value: CELValue)] = []
      for (index, field) in record.layout.fields.enumerated() {
        if let value = record.field(index) { fields.append((field.name, try value.copied(depth: depth + 1))) }
      }
      return .record(record.layout.name, fields)
    case .opaque: return .opaque(opaque)
    }
  }
}

extension Evaluator {
  /// Evaluates a program, and copies what it gives out of the memory that it lies in.
  ///
  /// - Throws: The error that the program ends in, and one for values that nest too deep.
  package func result(of program: Program, _ activation: Activation) throws(EvaluationError) -> CELValue {
    // INVARIANT: the value points into all three, which nothing else may keep alive once it is there.
    try withExtendedLifetime((self, program, activation)) { () throws(EvaluationError) in
      try evaluate(program, activation).copied()
    }
  }
}

extension Arena {
  /// A value in this arena.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - records: The types of records; what a literal of a well-known message gives is not a record.
  /// - Throws: `EvaluationError` for a map whose keys are no keys or are there twice, for values that nest too deep, and
  ///   for records of types that are not declared or with values that their fields cannot hold.
  package func value(_ value: CELValue, _ records: RecordLayouts = .standard) throws(EvaluationError) -> Value {
    try self.value(value, records, depth: 0)
  }

  private func value(_ value: CELValue, _ records: RecordLayouts, depth: Int) throws(EvaluationError) -> Value {
    guard depth < Value.nestingLimit else { throw EvaluationError(.limit, "the value nests too deep") }
    switch value {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .uint(value)
    case .double(let value): return .double(value)
    case .string(let text): return try string(text)
    case .bytes(let content): return try bytes(content)
    case .timestamp(let value): return .timestamp(value)
    case .duration(let value): return .duration(value)
    case .type(let name): return try type(name)
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try self.value(element, records, depth: depth + 1)) }
      return try list(values)
    case .map(let entries):
      var values: [MapView.Entry] = []
      for entry in entries {
        values.append(
          MapView.Entry(
            key: try self.value(entry.key, records, depth: depth + 1),
            value: try self.value(entry.value, records, depth: depth + 1)))
      }
      return try map(values)
    case .optional(nil): return .none
    case .optional(let value?): return try optional(self.value(value, records, depth: depth + 1))
    case .record(let name, let fields):
      var values: [(name: String, value: Value)] = []
      for field in fields { values.append((field.name, try self.value(field.value, records, depth: depth + 1))) }
      return try record(name, values, records)
    case .opaque(let value): return try opaque(value)
    }
  }
}

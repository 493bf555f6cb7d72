extension Arena {
  /// A value in this arena.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - records: The types of records; what a literal of a well-known message gives is not a record.
  ///   - readsAbsentAsNull: Whether members that its maps lack read as null.
  /// - Returns: The value, which lives as long as the arena.
  /// - Throws: `EvaluationError` for a map whose keys are no keys or are there twice, for values that nest too deep, and
  ///   for records of types that are not declared or with values that their fields cannot hold.
  package func value(
    _ value: CELValue, _ records: RecordLayouts = .standard, readsAbsentAsNull: Bool = false
  ) throws(EvaluationError) -> Value {
    var entry = ValueEntry(arena: self, records: records, readsAbsentAsNull: readsAbsentAsNull)
    return try entry.entered(value)
  }
}

/// Copies values into an arena, with a stack of its own.
private struct ValueEntry {
  let arena: Arena
  let records: RecordLayouts
  let readsAbsentAsNull: Bool
  /// The values whose parts are being copied, the innermost last.
  private var open: [Container] = []

  init(arena: Arena, records: RecordLayouts, readsAbsentAsNull: Bool) {
    self.arena = arena
    self.records = records
    self.readsAbsentAsNull = readsAbsentAsNull
  }

  /// A value with the copies of its parts so far.
  private struct Container {
    let value: CELValue
    /// Of a map, keys and values by turns.
    let parts: [CELValue]
    var copies: [Value] = []

    init(_ value: CELValue) {
      self.value = value
      switch value {
      case .list(let elements): parts = elements
      case .map(let entries): parts = entries.flatMap { [$0.key, $0.value] }
      case .optional(let value): parts = value.map { [$0] } ?? []
      case .record(_, let fields): parts = fields.map(\.value)
      case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque: parts = []
      }
    }
  }

  /// A copy of a value in the arena.
  mutating func entered(_ value: CELValue) throws(EvaluationError) -> Value {
    var value = value
    while true {
      if let copy = try simpleCopy(value) {
        if open.isEmpty { return copy }
        open[open.count - 1].copies.append(copy)
      } else {
        guard open.count < ValueCopy.nestingLimit else { throw EvaluationError(.limit, "the value nests too deep") }
        open.append(Container(value))
      }
      while let last = open.last, last.copies.count == last.parts.count {
        open.removeLast()
        let copy = try closed(last)
        if open.isEmpty { return copy }
        open[open.count - 1].copies.append(copy)
      }
      if let last = open.last { value = last.parts[last.copies.count] }
    }
  }

  /// A copy of a value without parts; `nil` for one that may have some.
  private func simpleCopy(_ value: CELValue) throws(EvaluationError) -> Value? {
    switch value {
    case .null: return readsAbsentAsNull ? .absent : .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .uint(value)
    case .double(let value): return .double(value)
    case .string(let text): return try arena.string(text)
    case .bytes(let content): return try arena.bytes(content)
    case .timestamp(let value): return .timestamp(value)
    case .duration(let value): return .duration(value)
    case .type(let name): return try arena.type(name)
    case .optional(nil): return Value.none
    case .opaque(let value): return try arena.opaque(value)
    case .list, .map, .optional, .record: return nil
    }
  }

  /// The copy of a value whose parts are there.
  private func closed(_ container: Container) throws(EvaluationError) -> Value {
    let copies = container.copies
    switch container.value {
    case .map:
      let entries = (0..<copies.count / 2).map { MapView.Entry(key: copies[$0 * 2], value: copies[$0 * 2 + 1]) }
      let map = try arena.map(entries)
      return readsAbsentAsNull ? map.readingAbsentAsNull : map
    case .optional: return try arena.optional(copies[0])
    case .record(let name, let fields):
      return try arena.record(name, zip(fields, copies).map { (name: $0.name, value: $1) }, records)
    case .list, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque:
      return try arena.list(copies)
    }
  }
}

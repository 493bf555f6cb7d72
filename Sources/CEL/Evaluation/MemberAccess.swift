// Selections and indexes (cel-spec, "Field Selection"), and what is absent from an input (`Value.readsAbsentAsNull`).
extension Value {
  /// The member of a name; `nil` when there is none.
  ///
  /// - Throws: `EvaluationError` for values that have no members.
  @inline(__always)
  func member(_ key: Program.MemberKey, _ context: EvaluationContext) throws(EvaluationError) -> Value? {
    if kind == .map {
      if let value = entries.value(of: key.name.bytes, hash: key.hash) { return value }
      return nil
    }
    return try otherMember(key, context)
  }

  private func otherMember(
    _ key: Program.MemberKey, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value? {
    switch kind {
    case .record: return try record.member(key.name.bytes, context)
    case .null where readsAbsentAsNull: return nil
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .type,
      .optional, .opaque:
      throw .noOverload
    }
  }

  /// `value.name`.
  @inline(__always)
  func selecting(_ key: Program.MemberKey, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    if let value = kind == .map ? entries.value(of: key.name.bytes, hash: key.hash) : nil { return value }
    return try selectingSlowly(key, context)
  }

  @inline(never)
  private func selectingSlowly(
    _ key: Program.MemberKey, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    if kind == .optional { return try selectingOptional(key, context) }
    if let value = try member(key, context) { return value }
    if readsAbsentAsNull { return .absent }
    throw EvaluationError(.noSuchKey, "no such key: `\(key.name.text)`")
  }

  /// `value.?name`: an optional; from an optional, of what it holds.
  func selectingOptional(_ key: Program.MemberKey, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    var value = self
    if kind == .optional {
      guard let held = optionalValue else { return .none }
      value = held
    }
    if value.kind == .record {
      guard try value.record.isSet(key.name.bytes) else { return .none }
    }
    guard let member = try value.member(key, context) else { return .none }
    return try context.optional(member)
  }

  /// `has(value.name)`.
  func hasMember(_ key: Program.MemberKey, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    switch kind {
    case .optional:
      try optionalValue.map { (value) throws(EvaluationError) in try value.hasMember(key, context) } ?? false
    case .record: try record.isSet(key.name.bytes)
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .type,
      .opaque:
      try member(key, context) != nil
    }
  }

  /// `value[key]`; `nil` when there is nothing there.
  private func element(at key: Value) throws(EvaluationError) -> Value? {
    switch kind {
    case .list:
      guard let index = try key.exactIndex() else { return nil }
      return index >= 0 && index < Int64(count) ? elements[Int(index)] : nil
    case .map: return entries.value(of: key)
    case .null where readsAbsentAsNull: return nil
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .optional, .record,
      .opaque:
      throw .noOverload
    }
  }

  /// The place in a list that a number means: whole numbers of every type do.
  private func exactIndex() throws(EvaluationError) -> Int64? {
    switch kind {
    case .int: return int
    case .uint: return Int64(exactly: uint)
    case .double:
      guard let index = Int64(exactly: double) else { throw .invalidArgument("a list's index must be a whole number") }
      return index
    case .error, .null, .bool, .string, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque:
      throw .noOverload
    }
  }

  /// `value[key]`.
  func indexed(by key: Value, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    if kind == .optional { return try indexedOptional(by: key, context) }
    if let value = try element(at: key) { return value }
    if kind == .list { throw EvaluationError(.indexOutOfBounds, "index out of bounds: \(key.shortText)") }
    if readsAbsentAsNull { return .absent }
    throw EvaluationError(.noSuchKey, "no such key: \(key.shortText)")
  }

  /// `value[?key]`: an optional; of an optional, of what it holds.
  func indexedOptional(by key: Value, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    var value = self
    if kind == .optional {
      guard let held = optionalValue else { return .none }
      value = held
    }
    guard let element = try value.element(at: key) else { return .none }
    return try context.optional(element)
  }

  /// `self in collection`.
  func isMember(of collection: Value, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    switch collection.kind {
    case .list:
      try context.charge(Int(collection.count))
      for element in collection.elements where try isEqual(to: element) { return true }
      return false
    case .map: return collection.entries.value(of: self) != nil
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .optional, .record,
      .opaque:
      throw .noOverload
    }
  }

  /// `self in collection` for a list of constants that was made a map's keys.
  @inline(__always)
  func isMember(ofSet set: MapView, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    if kind == .double { return try isMember(amongKeys: set, context) }
    return set.value(of: self) != nil
  }

  /// Whether it equals a key; as map keys, integers are not rounded, and here they are.
  private func isMember(amongKeys set: MapView, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    try context.charge(set.count)
    for index in 0..<set.count where try isEqual(to: set[index].key) { return true }
    return false
  }

  /// The value in an error's words.
  private var shortText: String {
    switch kind {
    case .int: "\(int)"
    case .uint: "\(uint)u"
    case .double: "\(double)"
    case .bool: "\(isTrue)"
    case .string: "`\(String(decoding: bytes.prefix(64), as: UTF8.self))`"
    case .error, .null, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque:
      "\(kind.typeName)"
    }
  }
}

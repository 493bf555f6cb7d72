// Equality (cel-spec, "Equality"): values of different types are not equal, except that numbers compare by value.
extension Value {
  /// How deep values may nest where they are walked through; beyond is an error.
  ///
  /// Inputs nest 256 deep, and an expression adds no more than it nests itself, but variables may build on each other.
  package static let nestingLimit = 1_000

  /// Whether two values are equal.
  ///
  /// - Throws: `EvaluationError` for values that nest too deep.
  package func isEqual(to other: Value) throws(EvaluationError) -> Bool { try isEqual(to: other, depth: 0) }

  func isEqual(to other: Value, depth: Int) throws(EvaluationError) -> Bool {
    guard kind == other.kind else { return kind.isNumber && other.kind.isNumber && isEqualNumber(to: other) }
    switch kind {
    case .null: return true
    case .bool, .int, .uint: return bits == other.bits
    case .double: return double == other.double
    case .string, .bytes, .type: return bytes == other.bytes
    case .timestamp, .duration: return bits == other.bits && count == other.count
    case .list, .map, .optional, .record:
      guard depth < Self.nestingLimit else { throw EvaluationError(.limit, "values nest too deep to be compared") }
      return try hasEqualParts(other, depth: depth + 1)
    case .opaque: return opaque.isEqual(to: other.opaque)
    case .error: return false
    }
  }

  private func hasEqualParts(_ other: Value, depth: Int) throws(EvaluationError) -> Bool {
    switch kind {
    case .list:
      guard count == other.count else { return false }
      for index in 0..<Int(count) {
        guard try elements[index].isEqual(to: other.elements[index], depth: depth) else { return false }
      }
      return true
    case .map:
      let (left, right) = (entries, other.entries)
      guard left.count == right.count else { return false }
      for index in 0..<left.count {
        let entry = left[index]
        guard let value = right.value(of: entry.key), try entry.value.isEqual(to: value, depth: depth) else {
          return false
        }
      }
      return true
    case .optional:
      guard let left = optionalValue, let right = other.optionalValue else { return bits == other.bits }
      return try left.isEqual(to: right, depth: depth)
    case .record: return try record.isEqual(to: other.record, depth: depth)
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque:
      return false
    }
  }

  /// Whether two numbers have the same value; NaN has none.
  func isEqualNumber(to other: Value) -> Bool { order(ofNumber: other) == .some(0) }

  /// Whether it can be a map's key, or equals one.
  var isKey: Bool { kind == .string || kind == .int || kind == .uint || kind == .double || kind == .bool }

  /// Whether two map keys are the same; numbers compare by value, and a double equals no integer but its own value.
  func isEqualKey(to other: Value) -> Bool {
    guard kind == other.kind else {
      return switch (kind, other.kind) {
      case (.int, .uint), (.uint, .int): isEqualNumber(to: other)
      case (.double, .int): Int64(exactly: double) == other.int
      case (.double, .uint): UInt64(exactly: double) == other.uint
      case (.int, .double), (.uint, .double): other.isEqualKey(to: self)
      default: false
      }
    }
    return switch kind {
    case .string: bytes == other.bytes
    case .bool, .int, .uint: bits == other.bits
    case .double: double == other.double
    case .error, .null, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque: false
    }
  }
}

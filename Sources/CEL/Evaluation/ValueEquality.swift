// Equality (cel-spec, "Equality"): values of different types are not equal, except that numbers compare by value.
extension Value {
  /// Whether two values are equal.
  ///
  /// - Throws: `EvaluationError` for values that nest too deep or have too many parts.
  package func isEqual(to other: Value) throws(EvaluationError) -> Bool {
    var walk = ValueWalk()
    return try isEqual(to: other, &walk)
  }

  func isEqual(to other: Value, _ walk: inout ValueWalk) throws(EvaluationError) -> Bool {
    guard kind == other.kind else { return kind.isNumber && other.kind.isNumber && isEqualNumber(to: other) }
    switch kind {
    case .null: return true
    case .bool, .int, .uint: return bits == other.bits
    case .double: return double == other.double
    case .string, .bytes, .type: return bytes == other.bytes
    case .timestamp, .duration: return bits == other.bits && count == other.count
    case .list: return try elements.isEqual(to: other.elements, &walk)
    case .map: return try entries.isEqual(to: other.entries, &walk)
    case .optional:
      guard let left = optionalValue, let right = other.optionalValue else { return bits == other.bits }
      try walk.enter(1)
      let isEqual = try left.isEqual(to: right, &walk)
      walk.leave()
      return isEqual
    case .record: return try record.isEqual(to: other.record, &walk)
    case .opaque: return opaque.isEqual(to: other.opaque)
    case .error: return false
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

extension ListView {
  /// Whether two lists have equal elements in the same order.
  fileprivate func isEqual(to other: ListView, _ walk: inout ValueWalk) throws(EvaluationError) -> Bool {
    guard count == other.count else { return false }
    try walk.enter(count)
    for index in 0..<count {
      guard try self[index].isEqual(to: other[index], &walk) else { return false }
    }
    walk.leave()
    return true
  }
}

extension MapView {
  /// Whether two maps have the same keys with equal values.
  fileprivate func isEqual(to other: MapView, _ walk: inout ValueWalk) throws(EvaluationError) -> Bool {
    guard count == other.count else { return false }
    try walk.enter(count)
    for index in 0..<count {
      guard let value = other.value(of: self[index].key), try self[index].value.isEqual(to: value, &walk) else {
        return false
      }
    }
    walk.leave()
    return true
  }
}

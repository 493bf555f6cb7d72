// Equality (cel-spec, "Equality"): values of different types are not equal, except that numbers compare by value.
extension Value {
  /// Whether two values are equal.
  ///
  /// - Throws: `EvaluationError` for values with too many parts: those that share theirs, as `[x, x]` does, can have more
  ///   than there is memory.
  package func isEqual(to other: Value) throws(EvaluationError) -> Bool {
    if !hasParts || !other.hasParts { return isEqualLeaf(to: other) }
    var comparison = ValueComparison()
    return try comparison.areEqual(self, other)
  }

  /// Whether it is made of other values.
  fileprivate var hasParts: Bool {
    switch kind {
    case .list, .map, .optional, .record: true
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque: false
    }
  }

  /// Whether two values of which one has no parts are equal.
  fileprivate func isEqualLeaf(to other: Value) -> Bool {
    guard kind == other.kind else { return kind.isNumber && other.kind.isNumber && isEqualNumber(to: other) }
    return switch kind {
    case .null: true
    case .bool, .int, .uint: bits == other.bits
    case .double: double == other.double
    case .string, .bytes, .type: bytes == other.bytes
    case .timestamp, .duration: bits == other.bits && count == other.count
    case .opaque: opaque.isEqual(to: other.opaque)
    case .error, .list, .map, .optional, .record: false
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

/// Compares values part by part, with a stack of its own: they may nest as deep as they like.
private struct ValueComparison {
  private var pairs: [(left: Value, right: Value)] = []
  private var partsLeft = Self.partLimit

  private static let partLimit = 20_000_000

  mutating func areEqual(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
    pairs.append((left, right))
    while let (left, right) = pairs.popLast() {
      guard try haveEqualShape(left, right) else { return false }
    }
    return true
  }

  /// Compares what two values are, and leaves the parts that have parts themselves for later.
  private mutating func haveEqualShape(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
    guard left.kind == right.kind else { return false }
    switch left.kind {
    case .list:
      guard left.count == right.count else { return false }
      for index in 0..<Int(left.count) {
        guard try haveEqualParts(left.elements[index], right.elements[index]) else { return false }
      }
      return true
    case .map:
      let (first, second) = (left.entries, right.entries)
      guard first.count == second.count else { return false }
      for index in 0..<first.count {
        guard let value = second.value(of: first[index].key), try haveEqualParts(first[index].value, value) else {
          return false
        }
      }
      return true
    case .optional:
      guard let first = left.optionalValue, let second = right.optionalValue else { return left.bits == right.bits }
      return try haveEqualParts(first, second)
    case .record:
      guard let fields = left.record.fieldPairs(with: right.record) else { return false }
      for (first, second) in fields {
        guard try haveEqualParts(first, second) else { return false }
      }
      return true
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .opaque:
      return left.isEqualLeaf(to: right)
    }
  }

  private mutating func haveEqualParts(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
    partsLeft -= 1
    guard partsLeft >= 0 else { throw EvaluationError(.limit, "the values have too many parts to be compared") }
    if !left.hasParts || !right.hasParts { return left.isEqualLeaf(to: right) }
    pairs.append((left, right))
    return true
  }
}

// Order (cel-spec, "Ordering"): of numbers by value, of texts by code point, of bools, of bytes, of points in time and
// durations. Nothing else has an order.
extension Value {
  /// Less than 0 when this value stands before the other, more when behind it; `nil` for NaN, which has no place.
  ///
  /// - Throws: `EvaluationError` for values that have no order.
  package func order(_ other: Value) throws(EvaluationError) -> Int? {
    guard kind == other.kind else {
      guard kind.isNumber, other.kind.isNumber else { throw .noOverload }
      return order(ofNumber: other)
    }
    switch kind {
    case .bool, .uint: return bits < other.bits ? -1 : bits == other.bits ? 0 : 1
    case .int: return int < other.int ? -1 : int == other.int ? 0 : 1
    case .double: return Self.order(double, other.double)
    case .string, .bytes: return bytes < other.bytes ? -1 : bytes == other.bytes ? 0 : 1
    case .timestamp, .duration:
      if bits != other.bits { return int < other.int ? -1 : 1 }
      let (left, right) = (Int32(bitPattern: count), Int32(bitPattern: other.count))
      return left < right ? -1 : left == right ? 0 : 1
    case .error, .null, .list, .map, .type, .optional, .record, .opaque: throw .noOverload
    }
  }

  /// The order of two numbers by value; `nil` where one is NaN.
  func order(ofNumber other: Value) -> Int? {
    switch (kind, other.kind) {
    case (.int, .uint): int < 0 ? -1 : Self.order(UInt64(bitPattern: int), other.uint)
    case (.uint, .int): other.int < 0 ? 1 : Self.order(uint, UInt64(bitPattern: other.int))
    case (.int, .double): Self.order(int, other.double)
    case (.double, .int): Self.order(other.int, double).map { -$0 }
    case (.uint, .double): Self.order(uint, other.double)
    case (.double, .uint): Self.order(other.uint, double).map { -$0 }
    case (.int, .int): Self.order(int, other.int)
    case (.uint, .uint): Self.order(uint, other.uint)
    case (.double, .double): Self.order(double, other.double)
    default: nil
    }
  }

  private static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int? {
    left < right ? -1 : left == right ? 0 : left > right ? 1 : nil
  }

  /// The order of an integer and a double: that of doubles, as the conformance suite and both of Google's engines have
  /// it, so that integers beyond 2^53 count as the nearest double.
  private static func order<Integer: FixedWidthInteger>(_ left: Integer, _ right: Double) -> Int? {
    order(Double(left), right)
  }
}

/// Sorting by keys (cel-go, `ext/lists.go`, `sortListByAssociatedKeys`).
enum ListSorting {
  /// A list's elements in the order of their keys, which are one for one; those with equal keys keep their order.
  ///
  /// - Throws: `EvaluationError` where the keys are not all of one type that has an order.
  static func sorted(
    _ list: ListView, by keys: ListView, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    guard list.count == keys.count else {
      throw .invalidArgument(
        "sorting needs a key for each element, and there are \(keys.count) for \(list.count)")
    }
    guard let first = keys.first else { return try context.list([]) }
    guard hasOrder(first.kind) else { throw .invalidArgument("list elements must be comparable") }
    var work = keys.count
    for key in keys {
      guard key.kind == first.kind else { throw .invalidArgument("list elements must have the same type") }
      if first.kind == .string || first.kind == .bytes { work &+= key.bytes.count }
    }
    let rounds = Int.bitWidth - keys.count.leadingZeroBitCount
    let (total, overflows) = work.multipliedReportingOverflow(by: rounds)
    try context.charge(overflows ? .max : total)
    let order = (0..<keys.count).sorted { left, right in
      let difference = Self.order(keys[left], keys[right])
      return difference == 0 ? left < right : difference < 0
    }
    return try context.list(order.map { list[$0] })
  }

  private static func hasOrder(_ kind: ValueKind) -> Bool {
    switch kind {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: true
    case .error, .null, .list, .map, .type, .optional, .record, .opaque: false
    }
  }

  /// NaN, which has no place among numbers, stands behind them.
  private static func order(_ left: Value, _ right: Value) -> Int {
    // INVARIANT: both are of one kind that has an order, so that comparing them throws nothing.
    if let order = (try? left.order(right)) ?? nil { return order }
    return left.double.isNaN ? (right.double.isNaN ? 0 : 1) : -1
  }
}

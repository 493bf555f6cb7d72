import CEL
import Diagnostics
import Source

/// What grows with time, as it stands now, or a constant to compare it with.
private enum Moment {
  case time(Timestamp)
  case length(Duration)
  case number(Int64)
}

extension CheckedExpression {
  /// Checks a comparison of `now`, or of what grows with it, with a constant.
  ///
  /// What grows has the value of this moment or a greater one from now on, which settles the comparison when the constant
  /// is less, and for `<` and `>=` also when both are equal.
  func checkExpiry(_ id: ExpressionID, clock: Timestamp, _ types: CheckedTypes, into found: inout [Diagnostic]) {
    let node = tree[id]
    let left = operand(node.first)
    let right = operand(node.second)
    let growing: Moment?
    let fixed: Moment?
    var operation = node.operation
    if let moment = moment(left, clock: clock, types) {
      (growing, fixed) = (moment, constant(right, types))
    } else {
      (growing, fixed) = (moment(right, clock: clock, types), constant(left, types))
      operation = operation.mirrored
    }
    guard let growing, let fixed, let result = settled(growing, operation, fixed), !isFaulty(id) else { return }
    found.append(Diagnostic(ExpiredTimestamp(result: result), at: node.span))
  }

  /// What a comparison is from now on, `nil` when that is still open.
  private func settled(_ growing: Moment, _ operation: Operator, _ fixed: Moment) -> Bool? {
    let isPast: Bool
    let isReached: Bool
    switch (growing, fixed) {
    case (.time(let now), .time(let then)): (isPast, isReached) = (then < now, then <= now)
    case (.length(let now), .length(let then)): (isPast, isReached) = (then < now, then <= now)
    case (.number(let now), .number(let then)): (isPast, isReached) = (then < now, then <= now)
    case (.time, _), (.length, _), (.number, _): return nil
    }
    switch operation {
    case .less: return isReached ? false : nil
    case .greaterOrEqual: return isReached ? true : nil
    case .lessOrEqual, .equal: return isPast ? false : nil
    case .greater, .notEqual: return isPast ? true : nil
    case .none, .not, .negate, .or, .and, .in, .add, .subtract, .multiply, .divide, .modulo: return nil
    }
  }

  /// `now`, `now.getFullYear()`, `now` and a duration more or less, or the time since a timestamp.
  private func moment(_ id: ExpressionID, clock: Timestamp, _ types: CheckedTypes) -> Moment? {
    let node = tree[id]
    switch node.kind {
    case .identifier: return isNow(id, types) ? .time(clock) : nil
    case .memberCall:
      // In UTC: in other zones the year begins earlier or later.
      guard tree.isName(node.first, "getFullYear"), tree.lists[Int(node.second)] == 1,
        isNow(operand(tree.lists[Int(node.second) + 1]), types)
      else { return nil }
      return .number(Int64(clock.civilTime.fullYear))
    case .binary:
      let (left, right) = (operand(node.first), operand(node.second))
      if isNow(left, types), let constant = constant(right, types) {
        switch (node.operation, constant) {
        case (.add, .length(let length)): return clock.adding(length).map { .time($0) }
        case (.subtract, .length(let length)): return clock.subtracting(length).map { .time($0) }
        case (.subtract, .time(let start)): return clock.duration(since: start).map { .length($0) }
        default: return nil
        }
      }
      guard node.operation == .add, isNow(right, types), case .length(let length)? = constant(left, types) else {
        return nil
      }
      return clock.adding(length).map { .time($0) }
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .select, .index, .call, .unary, .chain,
      .conditional, .list, .map, .message, .comprehension:
      return nil
    }
  }

  private func isNow(_ id: ExpressionID, _ types: CheckedTypes) -> Bool {
    guard tree[id].kind == .identifier, case .variable(let place) = types.reference(of: id) else { return false }
    return place == names.now
  }

  /// `timestamp("…")`, `timestamp(0)`, `duration("…")` or an integer.
  private func constant(_ id: ExpressionID, _ types: CheckedTypes) -> Moment? {
    let node = tree[id]
    if node.kind == .int { return .number(Int64(bitPattern: node.numberBits)) }
    guard node.kind == .call, tree.lists[Int(node.second)] == 1, case .function = types.reference(of: id) else {
      return nil
    }
    let argument = tree.nodes[Int(tree.lists[Int(node.second) + 1])]
    if tree.isName(node.first, "timestamp") {
      if argument.kind == .int {
        return Timestamp(seconds: Int64(bitPattern: argument.numberBits)).map { .time($0) }
      }
      guard argument.kind == .string else { return nil }
      return (try? Timestamp(parsing: Array(tree.literal(argument)).span)).map { .time($0) }
    }
    guard tree.isName(node.first, "duration"), argument.kind == .string else { return nil }
    return (try? Duration(parsing: Array(tree.literal(argument)).span)).map { .length($0) }
  }
}

extension Operator {
  /// The operator that says the same with its operands changed over; only comparisons have another one.
  var mirrored: Operator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .none, .not, .negate, .or, .and, .equal, .notEqual, .in, .add, .subtract, .multiply, .divide, .modulo: self
    }
  }
}

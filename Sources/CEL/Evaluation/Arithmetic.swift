// The arithmetic operators (cel-spec, "Standard Definitions"): integers do not wrap around, and nothing mixes types.
extension Value {
  static func sum(_ left: Value, _ right: Value, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    switch (left.kind, right.kind) {
    case (.int, .int): return .int(try exact(left.int.addingReportingOverflow(right.int)))
    case (.uint, .uint): return .uint(try exact(left.uint.addingReportingOverflow(right.uint)))
    case (.double, .double): return .double(left.double + right.double)
    case (.string, .string), (.bytes, .bytes): return try context.arena.concatenation(left, right)
    case (.list, .list): return try context.arena.concatenatedList(left, right)
    case (.timestamp, .duration): return .timestamp(try inRange(left.timestamp.adding(right.duration)))
    case (.duration, .timestamp): return .timestamp(try inRange(right.timestamp.adding(left.duration)))
    case (.duration, .duration): return .duration(try inRange(left.duration.adding(right.duration)))
    default: throw .noOverload
    }
  }

  static func difference(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left.kind, right.kind) {
    case (.int, .int): return .int(try exact(left.int.subtractingReportingOverflow(right.int)))
    case (.uint, .uint): return .uint(try exact(left.uint.subtractingReportingOverflow(right.uint)))
    case (.double, .double): return .double(left.double - right.double)
    case (.timestamp, .duration): return .timestamp(try inRange(left.timestamp.subtracting(right.duration)))
    case (.timestamp, .timestamp): return .duration(try inRange(left.timestamp.duration(since: right.timestamp)))
    case (.duration, .duration): return .duration(try inRange(left.duration.subtracting(right.duration)))
    default: throw .noOverload
    }
  }

  static func product(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left.kind, right.kind) {
    case (.int, .int): return .int(try exact(left.int.multipliedReportingOverflow(by: right.int)))
    case (.uint, .uint): return .uint(try exact(left.uint.multipliedReportingOverflow(by: right.uint)))
    case (.double, .double): return .double(left.double * right.double)
    default: throw .noOverload
    }
  }

  static func quotient(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left.kind, right.kind) {
    case (.int, .int):
      guard right.int != 0 else { throw EvaluationError(.divisionByZero) }
      return .int(try exact(left.int.dividedReportingOverflow(by: right.int)))
    case (.uint, .uint):
      guard right.uint != 0 else { throw EvaluationError(.divisionByZero) }
      return .uint(left.uint / right.uint)
    case (.double, .double): return .double(left.double / right.double)
    default: throw .noOverload
    }
  }

  static func remainder(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    switch (left.kind, right.kind) {
    case (.int, .int):
      guard right.int != 0 else { throw EvaluationError(.divisionByZero, "modulus by zero") }
      // `Int64.min % -1` is 0, though the quotient does not exist; cel-go calls it an overflow.
      return .int(try exact(left.int.remainderReportingOverflow(dividingBy: right.int)))
    case (.uint, .uint):
      guard right.uint != 0 else { throw EvaluationError(.divisionByZero, "modulus by zero") }
      return .uint(left.uint % right.uint)
    default: throw .noOverload
    }
  }

  static func negation(_ operand: Value) throws(EvaluationError) -> Value {
    switch operand.kind {
    case .int: return .int(try exact(Int64(0).subtractingReportingOverflow(operand.int)))
    case .double: return .double(-operand.double)
    case .error, .null, .bool, .uint, .string, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record,
      .opaque:
      throw .noOverload
    }
  }

  @inline(__always)
  private static func exact<Number>(
    _ result: (partialValue: Number, overflow: Bool)
  ) throws(EvaluationError) -> Number {
    if result.overflow { throw .overflow("integer overflow") }
    return result.partialValue
  }

  private static func inRange<Result>(_ result: Result?) throws(EvaluationError) -> Result {
    guard let result else { throw .overflow() }
    return result
  }
}

extension Arena {
  /// Two lists, one behind the other.
  func concatenatedList(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    if left.count == 0 { return right }
    if right.count == 0 { return left }
    return try list(Array(left.elements) + Array(right.elements))
  }
}

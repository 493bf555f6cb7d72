// What instructions do, off the fast path of the loop.
extension Evaluator {
  /// The value, unless it is an error, which is raised.
  @inline(__always)
  func checked(_ value: Value) throws(EvaluationError) -> Value {
    if value.kind == .error { throw error(of: value) }
    return value
  }

  /// The error of an operand that is an error or has the wrong type.
  @inline(never)
  func mismatch(_ value: Value) -> EvaluationError { value.kind == .error ? error(of: value) : .noOverload }

  @inline(never)
  func equal(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
    if left.kind == .list || left.kind == .map { try context.charge(Int(left.count)) }
    return try checked(left).isEqual(to: checked(right))
  }

  @inline(__always)
  func isOrdered(_ opcode: Opcode, _ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
    if left.kind == .int, right.kind == .int {
      switch opcode {
      case .less: return left.int < right.int
      case .lessOrEqual: return left.int <= right.int
      case .greater: return left.int > right.int
      default: return left.int >= right.int
      }
    }
    return try isOrderedSlowly(opcode, left, right)
  }

  @inline(never)
  private func isOrderedSlowly(_ opcode: Opcode, _ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
    guard let order = try checked(left).order(checked(right)) else { return false }
    switch opcode {
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    default: return order >= 0
    }
  }

  @inline(never)
  func arithmetic(_ opcode: Opcode, _ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    let (left, right) = (try checked(left), try checked(right))
    switch opcode {
    case .add: return try Value.sum(left, right, context)
    case .subtract: return try Value.difference(left, right)
    case .multiply: return try Value.product(left, right)
    case .divide: return try Value.quotient(left, right)
    default: return try Value.remainder(left, right)
    }
  }

  @inline(__always)
  func select(_ value: Value, path: Int, _ program: Program) throws(EvaluationError) -> Value {
    var value = value
    if value.kind == .error { throw error(of: value) }
    let count = unsafe Int(program.paths[path])
    var place = path &+ 1
    while place <= path &+ count {
      value = unsafe try value.selecting(program.keys[Int(program.paths[place])], context)
      place &+= 1
    }
    return value
  }

  @inline(__always)
  func test(_ opcode: Opcode, _ text: Value, _ part: Value) throws(EvaluationError) -> Bool {
    guard text.kind == .string, part.kind == .string else {
      throw text.kind == .error ? mismatch(text) : mismatch(part)
    }
    switch opcode {
    case .startsWith: return text.bytes.hasPrefix(part.bytes)
    case .endsWith: return text.bytes.hasSuffix(part.bytes)
    default:
      try context.charge(text.bytes.count)
      return text.bytes.firstIndex(of: part.bytes) != nil
    }
  }

  @inline(never)
  func matches(_ text: ByteView, _ program: Program, _ pattern: Int) throws(EvaluationError) -> Bool {
    try context.charge(text.count)
    return try program.matches(text, pattern: pattern)
  }

  /// Calls the first overload that the arguments fit.
  @inline(never)
  func call(
    _ site: Program.CallSite, _ arguments: Arguments, _ functions: FunctionTable
  ) throws(EvaluationError) -> Value {
    try context.chargeSteps(4)
    for argument in arguments where argument.kind == .error { throw error(of: argument) }
    return try functions.call(site, arguments, context)
  }
}

/// Runs programs; kept and reused, it allocates nothing on common paths.
///
/// One evaluator serves one thread at a time. What a run gives lies in its memory until the next run.
///
/// Nothing here holds a property while it calls out: exclusive access to those of each run is not checked.
@safe
package final class Evaluator {
  let context: EvaluationContext
  @exclusivity(unchecked)
  private var registers: UnsafeMutableBufferPointer<Value>
  /// The errors of this run, which values of kind `error` name.
  @exclusivity(unchecked)
  private var errors: [EvaluationError] = []
  /// The errors of the activation's variables, which values of kind `error` name by numbers below -1.
  @exclusivity(unchecked)
  private var variableErrors: [EvaluationError] = []
  @exclusivity(unchecked)
  private var builders: [ValueBuilder] = []

  package init(budget: EvaluationBudget = .standard) {
    context = EvaluationContext(budget: budget)
    unsafe registers = .allocate(capacity: 64)
  }

  deinit { unsafe registers.deallocate() }

  /// Evaluates a program.
  ///
  /// - Parameters:
  ///   - program: What to evaluate.
  ///   - activation: The values of the variables of the environment that the program was made for.
  /// - Returns: The value, which points into the evaluator, the activation or the program.
  /// - Throws: The error that the program ends in.
  package func evaluate(_ program: Program, _ activation: Activation) throws(EvaluationError) -> Value {
    context.reset()
    if unsafe !errors.isEmpty { unsafe errors.removeAll(keepingCapacity: true) }
    if unsafe !variableErrors.isEmpty || !activation.errors.isEmpty { unsafe variableErrors = activation.errors }
    prepare(program, activation)
    let value = run(program)
    if value.kind == .error { throw error(of: value) }
    return value
  }

  /// Evaluates a program, and copies what it gives out of the evaluator's memory.
  ///
  /// - Throws: The error that the program ends in, and that of a value too large to be copied.
  package func result(of program: Program, _ activation: Activation) throws(EvaluationError) -> CELValue {
    try withExtendedLifetime((self, activation, program)) { () throws(EvaluationError) in
      try evaluate(program, activation).copied()
    }
  }

  private func prepare(_ program: Program, _ activation: Activation) {
    let count = program.registerCount
    if unsafe registers.count < count {
      unsafe registers.deallocate()
      unsafe registers = .allocate(capacity: count * 2)
    }
    guard let base = unsafe registers.baseAddress else { return }
    var index = program.temporaryCount
    for number in unsafe 0..<program.variableSlots.count {
      unsafe base[index] = activation.value(at: Int(program.variableSlots[number]))
      index &+= 1
    }
    if let start = unsafe program.constants.baseAddress {
      unsafe (base + index).update(from: start, count: program.constants.count)
    }
    if program.builderCount > 0 {
      while unsafe builders.count < program.builderCount { unsafe builders.append(ValueBuilder()) }
    }
  }

  /// The error that a value of kind `error` names.
  func error(of value: Value) -> EvaluationError {
    let index = value.errorIndex
    if unsafe errors.indices.contains(index) { return unsafe errors[index] }
    let number = -2 - index
    return unsafe variableErrors.indices.contains(number) ? variableErrors[number] : EvaluationError(.unboundVariable)
  }

  private func record(_ error: EvaluationError, at expression: UInt32) -> Value {
    var error = error
    if error.expression == nil { error.expression = ExpressionID(rawValue: expression) }
    unsafe errors.append(error)
    return Value(.error, bits: UInt64(unsafe errors.count - 1))
  }
}

// MARK: - The loop

extension Evaluator {
  private func run(_ program: Program) -> Value {
    guard let registers = unsafe registers.baseAddress else { return .unbound }
    return unsafe run(program, program.code, registers)
  }

  private func run(
    _ program: Program, _ code: UnsafeBufferPointer<Instruction>, _ registers: UnsafeMutablePointer<Value>
  ) -> Value {
    var place = 0
    while true {
      do throws(EvaluationError) {
        while true {
          let instruction = unsafe code[place]
          let target = Int(instruction.target)
          let first = unsafe registers[Int(instruction.first)]
          switch instruction.opcode {
          case .move: unsafe registers[target] = first
          case .end: return first
          case .raiseError:
            let value = unsafe registers[target]
            if value.kind == .error { throw error(of: value) }
          case .jump:
            place = Int(instruction.second)
            continue
          case .jumpIfFalse:
            guard first.kind == .bool else { throw mismatch(first) }
            if !first.isTrue {
              place = Int(instruction.second)
              continue
            }
          case .andStep, .orStep:
            if first.kind == .bool {
              if first.isTrue == (instruction.opcode == .orStep) {
                unsafe registers[target] = first
                place = Int(instruction.second)
                continue
              }
            } else if unsafe registers[target].kind != .error {
              unsafe registers[target] =
                first.kind == .error ? first : record(.noOverload, at: instruction.expression)
            }
          case .not:
            guard first.kind == .bool else { throw mismatch(first) }
            unsafe registers[target] = .bool(!first.isTrue)
          case .negate: unsafe registers[target] = try Value.negation(checked(first))
          case .equal, .notEqual:
            let second = unsafe registers[Int(instruction.second)]
            let isEqual: Bool
            if first.kind == .string, second.kind == .string {
              isEqual = first.bytes == second.bytes
            } else {
              isEqual = try equal(first, second)
            }
            unsafe registers[target] = .bool(isEqual == (instruction.opcode == .equal))
          case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let second = unsafe registers[Int(instruction.second)]
            unsafe registers[target] = .bool(try isOrdered(instruction.opcode, first, second))
          case .add, .subtract, .multiply, .divide, .modulo:
            let second = unsafe registers[Int(instruction.second)]
            unsafe registers[target] = try arithmetic(instruction.opcode, first, second)
          case .isIn:
            let second = try checked(unsafe registers[Int(instruction.second)])
            unsafe registers[target] = .bool(try checked(first).isMember(of: second, context))
          case .isInSet:
            if first.kind == .error { throw error(of: first) }
            unsafe registers[target] = .bool(
              try first.isMember(ofSet: registers[Int(instruction.second)].entries, context))
          case .selectPath:
            unsafe registers[target] = try select(first, path: Int(instruction.second), program)
          case .hasMember:
            let key = unsafe program.keys[Int(instruction.second)]
            unsafe registers[target] = .bool(try checked(first).hasMember(key, context))
          case .selectOptional:
            let key = unsafe program.keys[Int(instruction.second)]
            unsafe registers[target] = try checked(first).selectingOptional(key, context)
          case .index:
            let key = try checked(unsafe registers[Int(instruction.second)])
            unsafe registers[target] = try checked(first).indexed(by: key, context)
          case .indexOptional:
            let key = try checked(unsafe registers[Int(instruction.second)])
            unsafe registers[target] = try checked(first).indexedOptional(by: key, context)
          case .startsWith, .endsWith, .contains:
            let second = unsafe registers[Int(instruction.second)]
            unsafe registers[target] = .bool(try test(instruction.opcode, first, second))
          case .matches:
            guard first.kind == .string else { throw mismatch(first) }
            unsafe registers[target] = .bool(try matches(first.bytes, program, Int(instruction.second)))
          case .call:
            let site = unsafe program.callSites[Int(instruction.second)]
            let arguments = unsafe ListView(
              address: UInt64(UInt(bitPattern: registers + Int(instruction.first))), count: Int(site.argumentCount))
            unsafe registers[target] = try call(site, arguments, program.functions)
          case .optionalOr, .optionalOrValue:
            guard first.kind == .optional else { throw mismatch(first) }
            if let value = first.optionalValue {
              unsafe registers[target] = instruction.opcode == .optionalOr ? first : value
              place = Int(instruction.second)
              continue
            }
          case .beginList, .beginMap: unsafe builders[Int(instruction.second)].reset()
          case .append: unsafe builders[Int(instruction.second)].values.append(try checked(first))
          case .appendOptional:
            guard first.kind == .optional else { throw mismatch(first) }
            if let value = first.optionalValue { unsafe builders[Int(instruction.second)].values.append(value) }
          case .appendField:
            guard first.kind == .optional else { throw mismatch(first) }
            unsafe builders[Int(instruction.second)].values.append(first.optionalValue ?? .unbound)
          case .insert:
            let value = try checked(unsafe registers[Int(instruction.second)])
            try unsafe builders[target].insert(try checked(first), value)
          case .insertOptional:
            let value = try checked(unsafe registers[Int(instruction.second)])
            guard value.kind == .optional else { throw .noOverload }
            if let value = value.optionalValue { try unsafe builders[target].insert(try checked(first), value) }
          case .insertAll: try unsafe builders[Int(instruction.second)].insertAll(try checked(first))
          case .endList: unsafe registers[target] = try context.list(unsafe builders[Int(instruction.second)].values)
          case .endMap: unsafe registers[target] = try context.map(unsafe builders[Int(instruction.second)].entries)
          case .endMessage:
            let site = program.messageSites[Int(instruction.second)]
            unsafe registers[target] = try message(
              site, unsafe builders[Int(first.int)].values, program.records)
          case .beginLoop:
            guard first.kind == .list || first.kind == .map else { throw mismatch(first) }
            unsafe registers[target] = first
            unsafe registers[target + 1] = .int(0)
          case .nextElement, .nextEntry:
            if unsafe !advance(registers + target, isEntry: instruction.opcode == .nextEntry) {
              place = Int(instruction.second)
              continue
            }
            try context.chargeTurn(Int(first.int))
          }
          place &+= 1
        }
      } catch {
        let value = unsafe record(error, at: code[place].expression)
        // Nothing absorbs a budget that is used up.
        guard error.kind != .limit, let region = program.region(at: place) else { return value }
        unsafe registers[Int(region.register)] = value
        place = Int(region.landing)
      }
    }
  }

  /// Moves a loop on: range, place, and the variables stand in registers one behind the other.
  private func advance(_ state: UnsafeMutablePointer<Value>, isEntry: Bool) -> Bool {
    let range = unsafe state[0]
    let index = Int(unsafe state[1].int)
    guard index < Int(range.count) else { return false }
    unsafe state[1] = .int(Int64(index + 1))
    if range.kind == .list {
      let element = range.elements[index]
      if isEntry {
        unsafe state[2] = .int(Int64(index))
        unsafe state[3] = element
      } else {
        unsafe state[2] = element
      }
    } else {
      let entry = range.entries[index]
      unsafe state[2] = entry.key
      if isEntry { unsafe state[3] = entry.value }
    }
    return true
  }
}

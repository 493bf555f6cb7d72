internal import Source

// Calls of functions.
extension ProgramBuilder {
  mutating func visitCall(_ id: UInt32, _ node: Node, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) {
    let list = Int(node.second)
    let count = Int(tree.lists[list])
    let expression = ExpressionID(rawValue: id)
    guard case .function(let function) = checker.reference(of: expression) else {
      let name = tree.text(NameID(rawValue: node.first))
      fail(EvaluationError(.noOverload, "no such function: `\(name)`"), target)
      return
    }
    let skipped = node.kind == .memberCall && checker.isNamespaced(expression) ? 1 : 0
    // Calls that do not check may have any number of arguments.
    let isMethodOfOne = node.kind == .memberCall && skipped == 0 && count == 2
    switch checker.functions.treatments[function] {
    case .optionalOr where isMethodOfOne, .optionalOrValue where isMethodOfOne:
      push(.fallback, id, target)
      push(.visit, tree.lists[list + 1], target)
      return
    case .block where count - skipped == 2:
      visitBlock(id, list + 1 + skipped, target, tree)
      return
    case .plain, .startsWith, .endsWith, .contains, .matches, .extreme, .optionalOr, .optionalOrValue, .block: break
    }
    push(.leave, id, target)
    for number in (skipped..<count).reversed() {
      push(.visit, tree.lists[list + 1 + number], target + UInt32(number - skipped))
    }
  }

  /// `or` and `orValue`, whose argument is computed only where the receiver holds nothing: one of the two is there.
  mutating func continueFallback(_ task: Task, _ tree: SyntaxTree, _ checker: inout Checker) {
    guard let operand = operands.popLast() else { return }
    guard task.count == 0 else {
      move(operand, to: task.target)
      land(task.jump)
      operands.append(.register(task.target))
      return
    }
    guard case .function(let function) = checker.reference(of: ExpressionID(rawValue: task.id)) else { return }
    let opcode: Opcode = checker.functions.treatments[function] == .optionalOr ? .optionalOr : .optionalOrValue
    emit(Instruction(opcode, target: task.target, first: operand.rawValue, second: .max))
    var task = task
    task.jump = next - 1
    task.count = 1
    tasks.append(task)
    push(.visit, tree.lists[Int(tree.nodes[Int(task.id)].second) + 2], task.target)
  }

  mutating func leaveCall(_ id: UInt32, _ node: Node, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) {
    let expression = ExpressionID(rawValue: id)
    guard case .function(let function) = checker.reference(of: expression) else { return }
    let isNamespaced = checker.isNamespaced(expression)
    let isMember = node.kind == .memberCall && !isNamespaced
    let count = Int(tree.lists[Int(node.second)]) - (node.kind == .memberCall && isNamespaced ? 1 : 0)
    let first = operands.count - count
    guard first >= 0 else { return }
    let treatment = checker.functions.treatments[function]
    if let opcode = treatment.opcode, count == 2, !(operands[first].isConstant && operands[first + 1].isConstant) {
      var second = operands[first + 1].rawValue
      if opcode == .matches { second = pattern(operands[first + 1]) ?? .max }
      if second != .max {
        emit(Instruction(opcode, target: target, first: operands[first].rawValue, second: second))
        operands.removeLast(2)
        operands.append(.register(target))
        return
      }
    }
    let candidates = checker.overloads(ofFunction: function)
    let packs = treatment == .extreme && count > 2
    let site = Program.CallSite(
      start: UInt32(truncatingIfNeeded: candidates.lowerBound), end: UInt32(truncatingIfNeeded: candidates.upperBound),
      argumentCount: packs ? 1 : UInt32(truncatingIfNeeded: count), isMember: isMember)
    let isPure = checker.functions.purities[function]
    let result = call(site, argumentsFrom: first, target, packs: packs, isPure: isPure)
    operands.removeLast(count)
    operands.append(result)
  }

  private mutating func pattern(_ argument: Operand) -> UInt32? {
    guard argument.isConstant, constants[argument.index].kind == .string else { return nil }
    patterns.append(constants[argument.index])
    return UInt32(truncatingIfNeeded: patterns.count - 1)
  }

  private mutating func call(
    _ site: Program.CallSite, argumentsFrom first: Int, _ target: UInt32, packs: Bool, isPure: Bool
  ) -> Operand {
    if isPure, (first..<operands.count).allSatisfy({ operands[$0].isConstant }) {
      let values = (first..<operands.count).map { constants[operands[$0].index] }
      let functions = functions
      let result = folded { (context) throws(EvaluationError) in
        let arguments = try context.list(packs ? [context.list(values)] : values)
        return try functions.call(site, arguments.elements, context)
      }
      if let result { return result }
    }
    if packs {
      let builder = openBuilder()
      emit(Instruction(.beginList, second: builder))
      for index in first..<operands.count {
        emit(Instruction(.append, first: operands[index].rawValue, second: builder))
      }
      emit(Instruction(.endList, target: target, second: builder))
      openBuilders -= 1
    } else {
      for index in first..<operands.count { move(operands[index], to: target + UInt32(index - first)) }
    }
    callSites.append(site)
    emit(
      Instruction(.call, target: target, first: target, second: UInt32(truncatingIfNeeded: callSites.count - 1)))
    return .register(target)
  }

  mutating func openBuilder() -> UInt32 {
    openBuilders += 1
    builderCount = max(builderCount, openBuilders)
    return UInt32(truncatingIfNeeded: openBuilders - 1)
  }
}

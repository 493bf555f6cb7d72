internal import Source

// The loops that macros expand to, and `cel.block`.
//
// A loop's registers, from its target on: the result so far, the range, the place in it, the variables.
extension ProgramBuilder {
  mutating func visitLoop(_ id: UInt32, _ loop: Comprehension, _ target: UInt32, _ tree: SyntaxTree) {
    if loop.isBinding(in: tree) {
      var task = Task(step: .binding, id: id, target: target)
      task.outerRegion = openRegion(register: target)
      tasks.append(task)
      push(.visit, loop.accumulatorStart.rawValue, target)
      return
    }
    push(.loopRange, id, target)
    push(.visit, loop.range.rawValue, target + 1)
  }

  /// Goes on with a `cel.bind` whose value is there, or the expression in which it has a name.
  ///
  /// An error of the value is one where the name is used.
  mutating func continueBinding(_ task: Task, _ tree: SyntaxTree) {
    guard let operand = operands.popLast() else { return }
    let loop = tree.comprehensions[Int(tree.nodes[Int(task.id)].first)]
    if task.step == .body {
      locals.removeLast()
      move(operand, to: task.target)
      operands.append(.register(task.target))
      return
    }
    var value = operand
    if operand.rawValue < Operand.variableBit {
      move(operand, to: task.target)
      value = .register(task.target)
    }
    closeRegion(outer: task.outerRegion)
    locals.append((loop.accumulator, value))
    push(.body, task.id, task.target)
    push(.visit, loop.result.rawValue, task.target + 1)
  }

  mutating func continueLoop(_ task: Task, _ tree: SyntaxTree) {
    guard let operand = operands.popLast() else { return }
    var task = task
    let loop = tree.comprehensions[Int(tree.nodes[Int(task.id)].first)]
    switch task.step {
    case .loopRange:
      emit(Instruction(.beginLoop, target: task.target + 1, first: operand.rawValue))
      if loop.collectedPart(in: tree) != nil {
        let builder = openBuilder()
        emit(Instruction(loop.collectsEntries(in: tree) ? .beginMap : .beginList, second: builder))
        beginTurn(task, loop, tree)
      } else {
        push(.loopStart, task.id, task.target)
        push(.visit, loop.accumulatorStart.rawValue, task.target)
      }
    case .loopStart:
      move(operand, to: task.target)
      beginTurn(task, loop, tree)
    case .loopSelected:
      // A condition on the element: when it is false, the next one is up.
      emit(Instruction(.jumpIfFalse, first: operand.rawValue, second: task.start))
      guard let part = loop.collectedPart(in: tree) else { return }
      visitCollected(&task, part, tree)
    case .loopStep: endTurn(task, loop, operand, tree)
    case .loopResult:
      locals.removeLast()
      move(operand, to: task.target)
      operands.append(.register(task.target))
    case .visit, .leave, .chain, .condition, .consequence, .alternative, .fallback, .element, .key, .value, .field,
      .binding, .body, .block:
      break
    }
  }

  /// Opens the loop's body, with the variables in scope.
  private mutating func beginTurn(_ task: Task, _ loop: Comprehension, _ tree: SyntaxTree) {
    var task = task
    task.step = .loopStep
    task.start = next
    let state = task.target + 1
    emit(Instruction(loop.secondVariable == nil ? .nextElement : .nextEntry, target: state, second: .max))
    locals.append((loop.accumulator, .register(task.target)))
    locals.append((loop.variable, .register(state + 2)))
    if let name = loop.secondVariable { locals.append((name, .register(state + 3))) }
    let inside = task.target + 5
    if let part = loop.collectedPart(in: tree) {
      if let condition = part.condition {
        task.step = .loopSelected
        tasks.append(task)
        push(.visit, condition.rawValue, inside)
      } else {
        visitCollected(&task, part, tree)
      }
    } else if let operand = loop.tested(in: tree) {
      task.outerRegion = openRegion(register: inside)
      tasks.append(task)
      push(.visit, operand.rawValue, inside)
    } else {
      tasks.append(task)
      push(.visit, loop.step.rawValue, inside)
    }
  }

  private mutating func visitCollected(_ task: inout Task, _ part: Comprehension.CollectedPart, _ tree: SyntaxTree) {
    task.step = .loopStep
    tasks.append(task)
    // The key first, below the registers that the element needs.
    push(.visit, part.element.rawValue, task.target + (part.key == nil ? 5 : 6))
    if let key = part.key { push(.visit, key.rawValue, task.target + 5) }
  }

  /// The value of a turn is there: it goes into the result, and the next turn follows.
  private mutating func endTurn(_ task: Task, _ loop: Comprehension, _ operand: Operand, _ tree: SyntaxTree) {
    var leaving = UInt32.max
    let part = loop.collectedPart(in: tree)
    if let part {
      let builder = UInt32(truncatingIfNeeded: openBuilders - 1)
      if part.key != nil {
        let key = operands.popLast() ?? operand
        emit(Instruction(.insert, target: builder, first: key.rawValue, second: operand.rawValue))
      } else {
        emit(
          Instruction(loop.collectsEntries(in: tree) ? .insertAll : .append, first: operand.rawValue, second: builder))
      }
    } else if loop.tested(in: tree) != nil {
      let isTemporary = operand.rawValue < Operand.variableBit
      if isTemporary { move(operand, to: task.target + 5) }
      closeRegion(outer: task.outerRegion)
      let opcode: Opcode = tree[loop.step].operation == .and ? .andStep : .orStep
      let first = isTemporary ? task.target + 5 : operand.rawValue
      emit(Instruction(opcode, target: task.target, first: first, second: .max))
      leaving = next - 1
    } else {
      move(operand, to: task.target)
    }
    emit(Instruction(.jump, second: task.start))
    var turn = code[Int(task.start)]
    turn.first = constant(.int(Int64(next - task.start))).rawValue
    turn.second = next
    code[Int(task.start)] = turn
    locals.removeLast(loop.secondVariable == nil ? 1 : 2)
    if part != nil {
      openBuilders -= 1
      let end: Opcode = loop.collectsEntries(in: tree) ? .endMap : .endList
      emit(Instruction(end, target: task.target, second: UInt32(truncatingIfNeeded: openBuilders)))
    } else if loop.tested(in: tree) != nil {
      emit(Instruction(.raiseError, target: task.target))
      land(leaving)
    }
    push(.loopResult, task.id, task.target)
    push(.visit, loop.result.rawValue, task.target + 1)
  }

  // MARK: - Blocks

  /// `cel.block([a, b], e)`: the elements are `@index0`, `@index1` in those behind them and in the expression.
  mutating func visitBlock(_ id: UInt32, _ list: Int, _ target: UInt32, _ tree: SyntaxTree) {
    let elements = tree.nodes[Int(tree.lists[list])]
    guard elements.kind == .list else { return fail(.noOverload, target) }
    var task = Task(step: .block, id: id, target: target)
    task.start = UInt32(truncatingIfNeeded: list)
    continueBlock(task, tree)
  }

  mutating func continueBlock(_ task: Task, _ tree: SyntaxTree) {
    var task = task
    let elements = tree.nodes[Int(tree.lists[Int(task.start)])]
    let count = tree.lists[Int(elements.second)]
    if task.count > count {
      guard let result = operands.popLast() else { return }
      locals.removeLast(Int(count))
      move(result, to: task.target)
      operands.append(.register(task.target))
      return
    }
    if task.count > 0, let operand = operands.popLast() {
      let register = task.target + task.count
      if operand.rawValue < Operand.variableBit { move(operand, to: register) }
      closeRegion(outer: task.outerRegion)
      let name = Array("@index\(task.count - 1)".utf8)
      let place = tree.names.indices.first { tree.nameBytes[tree.names[$0].range].elementsEqual(name) }
      locals.append(
        (
          NameID(rawValue: place.map { UInt32(truncatingIfNeeded: $0) } ?? .max),
          operand.rawValue < Operand.variableBit ? .register(register) : operand
        ))
    }
    task.count += 1
    if task.count > count {
      tasks.append(task)
      push(.visit, tree.lists[Int(task.start) + 1], task.target + count + 1)
      return
    }
    task.outerRegion = openRegion(register: task.target + task.count)
    tasks.append(task)
    push(.visit, tree.lists[Int(elements.second) + Int(task.count)], task.target + task.count)
  }
}

// MARK: - What a loop is

extension Comprehension {
  /// A loop that never runs, but names a value.
  func isBinding(in tree: SyntaxTree) -> Bool {
    let range = tree[self.range]
    return range.kind == .list && tree.lists[Int(range.second)] == 0 && tree[range: condition] == false
  }

  /// What `all` and `exists` test: the second operand of `result && test`.
  func tested(in tree: SyntaxTree) -> ExpressionID? {
    let step = tree[self.step]
    guard step.kind == .chain, step.flags.contains(.isSynthetic), tree.lists[Int(step.second)] == 2,
      isAccumulator(tree.lists[Int(step.second) + 1], in: tree)
    else { return nil }
    return ExpressionID(rawValue: tree.lists[Int(step.second) + 2])
  }

  /// What one turn adds to a list or a map.
  struct CollectedPart {
    var condition: ExpressionID?
    /// The element, the value, or a map of entries.
    var element: ExpressionID
    var key: ExpressionID?
  }

  /// What a turn of `map`, `filter` or `transform…` adds; `nil` for other loops.
  func collectedPart(in tree: SyntaxTree) -> CollectedPart? {
    var step = tree[self.step]
    var condition: ExpressionID?
    if step.kind == .conditional, step.flags.contains(.isSynthetic),
      isAccumulator(tree.lists[Int(step.second) + 3], in: tree)
    {
      condition = ExpressionID(rawValue: tree.lists[Int(step.second) + 1])
      step = tree.nodes[Int(tree.lists[Int(step.second) + 2])]
    }
    guard step.flags.contains(.isSynthetic) else { return nil }
    if step.kind == .binary, step.operation == .add, isAccumulator(step.first, in: tree) {
      let list = tree.nodes[Int(step.second)]
      guard list.kind == .list, list.flags.contains(.isSynthetic), tree.lists[Int(list.second)] == 1 else { return nil }
      return CollectedPart(
        condition: condition, element: ExpressionID(rawValue: tree.lists[Int(list.second) + 1]), key: nil)
    }
    guard step.kind == .call, isAccumulator(tree.lists[Int(step.second) + 1], in: tree) else { return nil }
    let arguments = Int(step.second)
    if tree.lists[arguments] == 3 {
      return CollectedPart(
        condition: condition, element: ExpressionID(rawValue: tree.lists[arguments + 3]),
        key: ExpressionID(rawValue: tree.lists[arguments + 2]))
    }
    return CollectedPart(
      condition: condition, element: ExpressionID(rawValue: tree.lists[arguments + 2]), key: nil)
  }

  func collectsEntries(in tree: SyntaxTree) -> Bool { tree[accumulatorStart].kind == .map }

  private func isAccumulator(_ id: UInt32, in tree: SyntaxTree) -> Bool {
    let node = tree.nodes[Int(id)]
    return node.kind == .identifier && node.flags.contains(.isSynthetic) && node.first == accumulator.rawValue
  }
}

extension SyntaxTree {
  /// The value of a `bool` literal.
  fileprivate subscript(range id: ExpressionID) -> Bool? {
    let node = self[id]
    return node.kind == .bool ? node.first != 0 : nil
  }
}

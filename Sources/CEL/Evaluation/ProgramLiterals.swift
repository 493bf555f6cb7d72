internal import Source

// Lists, maps and messages. Those of constants are constants; all others are collected in a builder.
extension ProgramBuilder {
  mutating func visitLiteral(_ id: UInt32, _ node: Node, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker)
  {
    var task = Task(step: .element, id: id, target: target)
    switch node.kind {
    case .map: task.step = .key
    case .message:
      task.step = .field
      task.start = openBuilder() + 1
      emit(Instruction(.beginList, second: task.start - 1))
      messageSites.append(messageSite(id, node, tree, &checker))
      task.jump = UInt32(truncatingIfNeeded: messageSites.count - 1)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .call, .memberCall,
      .unary, .binary, .chain, .conditional, .list, .comprehension:
      break
    }
    continueLiteral(task, tree, &checker)
  }

  /// One part more is there, or the literal begins; `start` is the builder plus one, 0 while all parts are constants.
  mutating func continueLiteral(_ task: Task, _ tree: SyntaxTree, _ checker: inout Checker) {
    var task = task
    let list = Int(tree.nodes[Int(task.id)].second)
    let count = tree.lists[list]
    func part(_ number: UInt32) -> UInt32 { tree.lists[list + 1 + Int(number)] }
    switch task.step {
    case .element:
      if task.count > 0 { addElement(&task, part(task.count - 1), tree) }
      // Constants, of which most lists are made, need no task.
      while task.start == 0, task.count < count, tree.nodes[Int(part(task.count))].isPlainConstant {
        visitNext(part(task.count), task.target, tree, &checker)
        task.count += 1
      }
      guard task.count < count else { return endList(task) }
      task.count += 1
      tasks.append(task)
      visitNext(part(task.count - 1), task.target, tree, &checker)
    case .key:
      if task.count > 0 { addEntry(&task, part(task.count - 2), part(task.count - 1), tree) }
      guard task.count < count else { return endMap(task) }
      task.step = .value
      tasks.append(task)
      push(.visit, part(task.count), task.target)
    case .value:
      task.step = .key
      task.count += 2
      tasks.append(task)
      push(.visit, part(task.count - 1), task.target + 1)
    case .field:
      if task.count > 0, let value = operands.popLast() {
        let isOptional =
          Self.isOptional(part(task.count - 2), tree) || Self.isOptional(part(task.count - 1), tree)
        emit(Instruction(isOptional ? .appendField : .append, first: value.rawValue, second: task.start - 1))
      }
      guard task.count < count else {
        openBuilders -= 1
        let builder = constant(.int(Int64(task.start) - 1))
        emit(Instruction(.endMessage, target: task.target, first: builder.rawValue, second: task.jump))
        operands.append(.register(task.target))
        return
      }
      task.count += 2
      tasks.append(task)
      push(.visit, part(task.count - 1), task.target)
    case .visit, .leave, .chain, .condition, .consequence, .alternative, .fallback, .binding, .body, .loopStart,
      .loopRange, .loopStep, .loopSelected, .loopResult, .block:
      break
    }
  }

  private static func isOptional(_ id: UInt32, _ tree: SyntaxTree) -> Bool {
    tree.nodes[Int(id)].flags.contains(.isOptionalEntry)
  }

  private mutating func addElement(_ task: inout Task, _ id: UInt32, _ tree: SyntaxTree) {
    guard let element = operands.last else { return }
    let isOptional = Self.isOptional(id, tree)
    if task.start == 0 {
      if element.isConstant, !isOptional { return }
      operands.removeLast()
      let constants = takeOperands(Int(task.count) - 1)
      task.start = openBuilder() + 1
      emit(Instruction(.beginList, second: task.start - 1))
      for constant in constants { emit(Instruction(.append, first: constant.rawValue, second: task.start - 1)) }
    } else {
      operands.removeLast()
    }
    emit(Instruction(isOptional ? .appendOptional : .append, first: element.rawValue, second: task.start - 1))
  }

  private mutating func endList(_ task: Task) {
    if task.start == 0 {
      let first = operands.count - Int(task.count)
      guard first >= 0 else { return }
      let list = try? context.arena.list(count: Int(task.count)) { constants[operands[first + $0].index] }
      operands.removeLast(Int(task.count))
      if let list { operands.append(constant(list)) } else { fail(EvaluationError(.limit), task.target) }
      return
    }
    openBuilders -= 1
    emit(Instruction(.endList, target: task.target, second: task.start - 1))
    operands.append(.register(task.target))
  }

  private mutating func addEntry(_ task: inout Task, _ keyID: UInt32, _ valueID: UInt32, _ tree: SyntaxTree) {
    guard operands.count > 1 else { return }
    let value = operands[operands.count - 1]
    let key = operands[operands.count - 2]
    let isOptional = Self.isOptional(keyID, tree) || Self.isOptional(valueID, tree)
    if task.start == 0 {
      if key.isConstant, value.isConstant, !isOptional { return }
      operands.removeLast(2)
      let constants = takeOperands(Int(task.count) - 2)
      task.start = openBuilder() + 1
      emit(Instruction(.beginMap, second: task.start - 1))
      for index in stride(from: 0, to: constants.count - 1, by: 2) {
        emit(
          Instruction(
            .insert, target: task.start - 1, first: constants[index].rawValue, second: constants[index + 1].rawValue))
      }
    } else {
      operands.removeLast(2)
    }
    emit(
      Instruction(
        isOptional ? .insertOptional : .insert, target: task.start - 1, first: key.rawValue, second: value.rawValue))
  }

  private mutating func endMap(_ task: Task) {
    if task.start > 0 {
      openBuilders -= 1
      emit(Instruction(.endMap, target: task.target, second: task.start - 1))
      operands.append(.register(task.target))
      return
    }
    let parts = takeOperands(Int(task.count))
    let entries = stride(from: 0, to: parts.count - 1, by: 2).map {
      MapView.Entry(key: constants[parts[$0].index], value: constants[parts[$0 + 1].index])
    }
    if let map = folded({ (context) throws(EvaluationError) in try context.map(entries) }) {
      operands.append(map)
      return
    }
    let builder = openBuilder()
    emit(Instruction(.beginMap, second: builder))
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      emit(
        Instruction(.insert, target: builder, first: parts[index].rawValue, second: parts[index + 1].rawValue))
    }
    openBuilders -= 1
    emit(Instruction(.endMap, target: task.target, second: builder))
    operands.append(.register(task.target))
  }

  private mutating func takeOperands(_ count: Int) -> [Operand] {
    let count = min(count, operands.count)
    let taken = ((operands.count - count)..<operands.count).map { operands[$0] }
    operands.removeLast(count)
    return taken
  }

  private func messageSite(
    _ id: UInt32, _ node: Node, _ tree: SyntaxTree, _ checker: inout Checker
  ) -> Program.MessageSite {
    var names: [String] = []
    let list = Int(node.second)
    for index in stride(from: 0, to: Int(tree.lists[list]), by: 2) {
      names.append(tree.text(NameID(rawValue: tree.nodes[Int(tree.lists[list + 1 + index])].first)))
    }
    return Program.MessageSite(
      typeName: tree.text(NameID(rawValue: node.first)), place: checker.recordType(of: ExpressionID(rawValue: id)),
      fields: names)
  }
}

extension Node {
  /// Whether it is a literal that stands for itself in a list.
  fileprivate var isPlainConstant: Bool {
    switch kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes: !flags.contains(.isOptionalEntry)
    case .error, .identifier, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional, .list, .map,
      .message, .comprehension:
      false
    }
  }
}

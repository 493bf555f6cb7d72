internal import RegularExpressions
internal import Source

// The walk that makes a program: each expression leaves one operand.
extension ProgramBuilder {
  mutating func perform(_ task: Task, _ tree: SyntaxTree, _ checker: inout Checker) {
    switch task.step {
    case .visit: visit(task.id, task.target, tree, &checker)
    case .leave: leave(task.id, task.target, tree, &checker)
    case .chain: continueChain(task, tree, &checker)
    case .condition, .consequence, .alternative: continueConditional(task, tree, &checker)
    case .fallback: continueFallback(task, tree, &checker)
    case .element, .key, .value, .field: continueLiteral(task, tree, &checker)
    case .binding, .body: continueBinding(task, tree)
    case .loopStart, .loopRange, .loopStep, .loopSelected, .loopResult: continueLoop(task, tree)
    case .block: continueBlock(task, tree)
    }
  }

  mutating func push(_ step: Task.Step, _ id: UInt32, _ target: UInt32) {
    tasks.append(Task(step: step, id: id, target: target))
  }

  /// Visits what is to be done next: a leaf at once, all else by a task.
  @inline(__always)
  mutating func visitNext(_ id: UInt32, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) {
    if tree.nodes[Int(id)].kind.isLeaf {
      visitLeaf(id, target, tree, &checker)
    } else {
      push(.visit, id, target)
    }
  }

  private mutating func visitLeaf(_ id: UInt32, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) {
    let node = tree.nodes[Int(id)]
    switch node.kind {
    case .null: operands.append(nullConstant())
    case .bool: operands.append(boolConstant(node.first != 0))
    case .int: operands.append(constant(.int(Int64(bitPattern: UInt64(node.second) << 32 | UInt64(node.first)))))
    case .uint: operands.append(constant(.uint(UInt64(node.second) << 32 | UInt64(node.first))))
    case .double:
      operands.append(constant(.double(Double(bitPattern: UInt64(node.second) << 32 | UInt64(node.first)))))
    case .string, .bytes:
      let content = literals.slice(Int(node.first)..<Int(node.first) + Int(node.second))
      operands.append(constant(Value(node.kind == .string ? .string : .bytes, content.bytes)))
    case .identifier:
      let outer = expression
      expression = id
      visitIdentifier(id, node, target, tree, &checker)
      expression = outer
    case .error, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional, .list, .map, .message,
      .comprehension:
      break
    }
  }

  private mutating func visit(_ id: UInt32, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) {
    let node = tree.nodes[Int(id)]
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: visitLeaf(id, target, tree, &checker)
    case .error: fail(EvaluationError(.invalidArgument, "the expression could not be read"), target)
    case .select: visitSelection(id, node, target, tree, &checker)
    case .index, .binary:
      // A leaf on the right waits until the left operand is there.
      push(.leave, id, target)
      if !tree.nodes[Int(node.second)].kind.isLeaf { push(.visit, node.second, target + 1) }
      visitNext(node.first, target, tree, &checker)
    case .unary:
      push(.leave, id, target)
      visitNext(node.first, target, tree, &checker)
    case .call, .memberCall: visitCall(id, node, target, tree, &checker)
    case .chain:
      emit(Instruction(.move, target: target, first: chainStart(node).rawValue))
      tasks.append(Task(step: .chain, id: id, target: target))
    case .conditional:
      push(.condition, id, target)
      visitNext(tree.lists[Int(node.second) + 1], target, tree, &checker)
    case .list, .map, .message: visitLiteral(id, node, target, tree, &checker)
    case .comprehension: visitLoop(id, tree.comprehensions[Int(node.first)], target, tree)
    }
  }

  /// What a chain is before any operand: `true` for `&&`, `false` for `||`.
  private mutating func chainStart(_ node: Node) -> Operand {
    boolConstant(node.operation == .and)
  }

  /// Adds an instruction that always fails.
  mutating func fail(_ error: EvaluationError, _ target: UInt32) {
    emit(Instruction(.move, target: target, first: constant(.unbound).rawValue))
    emit(Instruction(.raiseError, target: target))
    operands.append(.register(target))
  }

  // MARK: - Names

  private mutating func visitIdentifier(
    _ id: UInt32, _ node: Node, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker
  ) {
    if !node.flags.contains(.isAbsolute), let local = local(NameID(rawValue: node.first)) {
      operands.append(local)
      return
    }
    if !appendReferenced(id, &checker) { fail(EvaluationError(.unboundVariable), target) }
  }

  func local(_ name: NameID) -> Operand? { locals.last { $0.name == name }?.operand }

  /// The operand of an expression that is a name as a whole.
  private mutating func appendReferenced(_ id: UInt32, _ checker: inout Checker) -> Bool {
    let expression = ExpressionID(rawValue: id)
    switch checker.reference(of: expression) {
    case .variable(let index): operands.append(variable(slot: index))
    case .member(let index): operands.append(variable(slot: checker.environment.slot(ofMember: index)))
    case .typeName:
      // `dyn` is the checker's alone: no value is of that type.
      guard case .type(let type) = checker.type(of: expression), type != .dyn else { return false }
      guard let value = try? context.arena.type(type.runtimeName) else { return false }
      operands.append(constant(value))
    case .constant(let index):
      guard let value = try? context.arena.value(checker.environment.constants[index].value, records) else {
        return false
      }
      operands.append(constant(value))
    case .none, .local, .function, .attribute: return false
    }
    return true
  }

  private mutating func visitSelection(
    _ id: UInt32, _ node: Node, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker
  ) {
    if node.isPlainSelection, appendReferenced(id, &checker) { return }
    push(.leave, id, target)
    var base = node.first
    if node.isPlainSelection {
      // Selections from selections are one path.
      while true {
        let inner = tree.nodes[Int(base)]
        guard inner.isPlainSelection,
          checker.reference(of: ExpressionID(rawValue: base)) == .none
        else { break }
        base = inner.first
      }
    }
    visitNext(base, target, tree, &checker)
    if tree.nodes[Int(base)].kind.isLeaf {
      tasks.removeLast()
      leave(id, target, tree, &checker)
    }
  }

  /// Adds the path from the base of a selection, whose operand is there, to its member.
  private mutating func leaveSelection(
    _ id: UInt32, _ node: Node, _ target: UInt32, _ base: Operand, _ tree: SyntaxTree, _ checker: inout Checker
  ) {
    if node.flags.contains(.isPresenceTest) {
      if case .member = checker.reference(of: ExpressionID(rawValue: id)) {
        // A declared variable is there.
        operands.append(boolConstant(true))
        return
      }
      emit(Instruction(.hasMember, target: target, first: base.rawValue, second: key(node.second, tree)))
    } else if node.flags.contains(.isOptional) {
      emit(Instruction(.selectOptional, target: target, first: base.rawValue, second: key(node.second, tree)))
    } else {
      if base.isConstant, let member = folded(base, to: id, tree, &checker) {
        operands.append(member)
        return
      }
      let start = paths.count
      paths.append(0)
      var member = node
      while true {
        paths.append(key(member.second, tree))
        let inner = tree.nodes[Int(member.first)]
        guard inner.isPlainSelection,
          checker.reference(of: ExpressionID(rawValue: member.first)) == .none
        else { break }
        member = inner
      }
      paths[start] = UInt32(truncatingIfNeeded: paths.count - start - 1)
      paths.reverse(from: start + 1)
      emit(
        Instruction(
          .selectPath, target: target, first: base.rawValue, second: UInt32(truncatingIfNeeded: start)))
    }
    operands.append(.register(target))
  }

  /// The member that a path leads to from a constant; `nil` where one of its members is not there.
  private mutating func folded(_ base: Operand, to id: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) -> Operand?
  {
    var selections = [id]
    while true {
      let inner = tree.nodes[Int(selections[selections.count - 1])].first
      guard tree.nodes[Int(inner)].isPlainSelection,
        checker.reference(of: ExpressionID(rawValue: inner)) == .none
      else { break }
      selections.append(inner)
    }
    let whole = expression
    defer { expression = whole }
    var result = base
    for selection in selections.reversed() {
      expression = selection
      let place = Int(key(tree.nodes[Int(selection)].second, tree))
      let key = keys[place]
      let value = constants[result.index]
      guard let member = folded({ (context) throws(EvaluationError) in try value.selecting(key, context) }) else {
        return nil
      }
      result = member
    }
    return result
  }

  // MARK: - Operators

  private mutating func leave(_ id: UInt32, _ target: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) {
    let node = tree.nodes[Int(id)]
    switch node.kind {
    case .select:
      guard let base = operands.popLast() else { return }
      leaveSelection(id, node, target, base, tree, &checker)
    case .unary:
      guard let operand = operands.popLast() else { return }
      if operand.isConstant, node.operation == .negate {
        let value = constants[operand.index]
        if let result = folded({ (_) throws(EvaluationError) in try Value.negation(value) }) {
          operands.append(result)
          return
        }
      }
      emit(Instruction(node.operation == .not ? .not : .negate, target: target, first: operand.rawValue))
      operands.append(.register(target))
    case .binary, .index:
      if tree.nodes[Int(node.second)].kind.isLeaf { visitLeaf(node.second, target + 1, tree, &checker) }
      guard let right = operands.popLast(), let left = operands.popLast() else { return }
      leaveBinary(node, target, left, right)
    case .call, .memberCall: leaveCall(id, node, target, tree, &checker)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .chain, .conditional, .list, .map,
      .message, .comprehension:
      break
    }
  }

  private mutating func leaveBinary(_ node: Node, _ target: UInt32, _ left: Operand, _ right: Operand) {
    let opcode = node.kind == .index ? (node.flags.contains(.isOptional) ? Opcode.indexOptional : .index) : node.opcode
    if left.isConstant, right.isConstant {
      let (first, second) = (constants[left.index], constants[right.index])
      if let result = folded({ (context) throws(EvaluationError) in try opcode.computed(first, second, context) }) {
        operands.append(result)
        return
      }
    }
    if opcode == .isIn, right.isConstant, let set = set(of: constants[right.index]) {
      emit(Instruction(.isInSet, target: target, first: left.rawValue, second: set.rawValue))
    } else {
      emit(Instruction(opcode, target: target, first: left.rawValue, second: right.rawValue))
    }
    operands.append(.register(target))
  }

  /// The elements of a list as keys of a map, which finds one at once; `nil` where comparing is as fast, and where
  /// elements are no keys.
  private mutating func set(of list: Value) -> Operand? {
    guard list.kind == .list, list.count > MapView.scanLimit else { return nil }
    var entries: [MapView.Entry] = []
    entries.reserveCapacity(Int(list.count))
    for element in list.elements {
      guard element.kind != .double, element.isKey else { return nil }
      entries.append(MapView.Entry(key: element, value: .null))
    }
    return (try? context.arena.map(entries[...], keepsFirst: true)).map { constant($0) }
  }

  // MARK: - Chains and conditionals

  /// One operand of a chain is done, or the chain begins.
  private mutating func continueChain(_ task: Task, _ tree: SyntaxTree, _ checker: inout Checker) {
    let node = tree.nodes[Int(task.id)]
    var task = task
    if task.count > 0, let operand = operands.popLast() {
      if !operand.isConstant, operand.rawValue & Operand.variableBit == 0 { move(operand, to: task.target + 1) }
      let isTemporary = operand.rawValue < Operand.variableBit
      closeRegion(outer: task.outerRegion)
      let opcode: Opcode = node.operation == .and ? .andStep : .orStep
      let first = isTemporary ? task.target + 1 : operand.rawValue
      emit(Instruction(opcode, target: task.target, first: first, second: task.jump))
      task.jump = next - 1
    }
    if task.count == tree.lists[Int(node.second)] {
      emit(Instruction(.raiseError, target: task.target))
      land(task.jump)
      operands.append(.register(task.target))
      return
    }
    task.outerRegion = openRegion(register: task.target + 1)
    task.count += 1
    tasks.append(task)
    visitNext(tree.lists[Int(node.second) + Int(task.count)], task.target + 1, tree, &checker)
  }

  private mutating func continueConditional(_ task: Task, _ tree: SyntaxTree, _ checker: inout Checker) {
    guard let operand = operands.popLast() else { return }
    var task = task
    let list = Int(tree.nodes[Int(task.id)].second)
    switch task.step {
    case .condition:
      task.start = next
      emit(Instruction(.jumpIfFalse, first: operand.rawValue))
      task.step = .consequence
      tasks.append(task)
      visitNext(tree.lists[list + 2], task.target, tree, &checker)
    case .consequence:
      move(operand, to: task.target)
      task.jump = next
      emit(Instruction(.jump, second: .max))
      setSecond(of: task.start, to: next)
      task.step = .alternative
      tasks.append(task)
      visitNext(tree.lists[list + 3], task.target, tree, &checker)
    case .alternative:
      move(operand, to: task.target)
      land(task.jump)
      operands.append(.register(task.target))
    case .visit, .leave, .chain, .fallback, .element, .key, .value, .field, .binding, .body, .loopStart, .loopRange,
      .loopStep, .loopSelected, .loopResult, .block:
      break
    }
  }
}

extension Node {
  /// What a binary operator does.
  fileprivate var opcode: Opcode {
    switch operation {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .in: .isIn
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .modulo, .none, .not, .negate, .or, .and: .modulo
    }
  }
}

extension Opcode {
  /// What a binary operator makes of two constants.
  fileprivate func computed(
    _ left: Value, _ right: Value, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    switch self {
    case .equal: return .bool(try left.isEqual(to: right))
    case .notEqual: return .bool(try !left.isEqual(to: right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let order = try left.order(right) else { return .bool(false) }
      switch self {
      case .less: return .bool(order < 0)
      case .lessOrEqual: return .bool(order <= 0)
      case .greater: return .bool(order > 0)
      default: return .bool(order >= 0)
      }
    case .isIn: return .bool(try left.isMember(of: right, context))
    case .add: return try Value.sum(left, right, context)
    case .subtract: return try Value.difference(left, right)
    case .multiply: return try Value.product(left, right)
    case .divide: return try Value.quotient(left, right)
    case .modulo: return try Value.remainder(left, right)
    case .index: return try left.indexed(by: right, context)
    case .indexOptional: return try left.indexedOptional(by: right, context)
    default: throw .noOverload
    }
  }
}

internal import Source

// Operators, selections, indexes and literals of lists and maps.
extension Checker {
  mutating func unaryType(_ id: UInt32, _ node: Node) -> TypeID {
    let operand = substitution.shallow(types[Int(node.first)])
    guard node.operation == .negate else {
      if !fitsBool(operand) {
        faults.append(TypeFault(.notBooleanOperand, id, operand: node.first))
      }
      return .bool
    }
    guard operand.isInTable, !operand.isWildcard else { return .dyn }
    switch substitution.table.kind(operand).unwrapped {
    case .int: return .int
    case .double: return .double
    case .error, .dyn, .any, .null, .bool, .uint, .string, .bytes, .timestamp, .duration, .boolWrapper, .intWrapper,
      .uintWrapper, .doubleWrapper, .stringWrapper, .bytesWrapper, .list, .map, .type, .abstract, .message:
      faults.append(TypeFault(.negation, id, operand: node.first))
      return .error
    }
  }

  /// Whether a value of a type may be a `bool`.
  @inline(__always)
  private func fitsBool(_ type: TypeID) -> Bool {
    type == .bool || !type.isInTable || type.isWildcard || substitution.table.kind(type).unwrapped == .bool
  }

  mutating func chainType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let first = Int(node.second) + 1
    for place in first..<(first + Int(tree.lists[Int(node.second)])) {
      let operand = tree.lists[place]
      if !fitsBool(substitution.shallow(types[Int(operand)])) {
        faults.append(TypeFault(.notBooleanOperand, id, operand: operand))
      }
    }
    return .bool
  }

  mutating func conditionalType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let first = Int(node.second) + 1
    if !fitsBool(substitution.shallow(types[Int(tree.lists[first])])) {
      faults.append(TypeFault(.notBooleanOperand, id, operand: tree.lists[first]))
    }
    let left = types[Int(tree.lists[first + 1])]
    let right = types[Int(tree.lists[first + 2])]
    if left == right { return left }
    // A branch that is `null` says that there is no value: what follows depends on which branch was taken.
    if left == .null || right == .null { return .dyn }
    let mark = substitution.mark()
    if substitution.assign(left, to: right) {
      substitution.commit()
      return substitution.mostGeneral(left, right)
    }
    substitution.rollBack(to: mark)
    if mayBeEqual(left, right) { return .dyn }
    faults.append(TypeFault(.branches, id, operand: tree.lists[first + 2]))
    return .error
  }

  mutating func binaryType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let left = substitution.shallow(types[Int(node.first)])
    let right = substitution.shallow(types[Int(node.second)])
    switch node.operation {
    case .equal, .notEqual:
      if mayBeEqual(left, right) {
        noteChoices(id, node, left, right, tree)
      } else {
        faults.append(TypeFault(.incomparable, id))
      }
      return .bool
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if !isOrdered(left, right) { faults.append(TypeFault(.operands, id)) }
      return .bool
    case .in:
      checkMembership(id, node, left, right, tree)
      return .bool
    case .add, .subtract, .multiply, .divide, .modulo:
      guard let type = arithmeticType(node.operation, left, right) else {
        faults.append(TypeFault(.operands, id))
        return .error
      }
      return type
    case .none, .not, .negate, .or, .and: return .error
    }
  }

  /// Whether two values can be equal: when their types fit each other, and when both are numbers, which compare by
  /// value whatever their types (cel-spec, "Equality").
  mutating func mayBeEqual(_ left: TypeID, _ right: TypeID) -> Bool {
    if left == right { return true }
    if left.isInTable, right.isInTable {
      if left.isWildcard || right.isWildcard { return true }
      let kinds = (substitution.table.kind(left), substitution.table.kind(right))
      if kinds.0.isNumber, kinds.1.isNumber { return true }
    }
    let mark = substitution.mark()
    if substitution.assign(left, to: right) {
      substitution.commit()
      return true
    }
    substitution.rollBack(to: mark)
    let left = substitution.resolved(left, isFinal: true)
    let right = substitution.resolved(right, isFinal: true)
    var steps = TypeTable.sizeLimit * 2
    return haveNumbersInPlaceOfEachOther(left, right, &steps)
  }

  /// Whether two types differ only in what numbers they are made of: `[1] == [1.0]` is true.
  private func haveNumbersInPlaceOfEachOther(_ left: TypeID, _ right: TypeID, _ steps: inout Int) -> Bool {
    steps -= 1
    if steps <= 0 || left == right || left.isWildcard || right.isWildcard { return true }
    let leftEntry = substitution.table.entries[left.index]
    let rightEntry = substitution.table.entries[right.index]
    if leftEntry.kind.isNumber, rightEntry.kind.isNumber { return true }
    if leftEntry.kind == .null { return substitution.table.admitsNull(rightEntry) }
    if rightEntry.kind == .null { return substitution.table.admitsNull(leftEntry) }
    guard leftEntry.kind.unwrapped == rightEntry.kind.unwrapped, leftEntry.name == rightEntry.name,
      leftEntry.count == rightEntry.count
    else { return false }
    for part in 0..<Int(leftEntry.count) {
      let leftPart = substitution.table.parts[Int(leftEntry.start) + part]
      let rightPart = substitution.table.parts[Int(rightEntry.start) + part]
      if !haveNumbersInPlaceOfEachOther(leftPart, rightPart, &steps) { return false }
    }
    return true
  }

  @inline(__always)
  private func isOrdered(_ left: TypeID, _ right: TypeID) -> Bool {
    let leftKind = orderedKind(left)
    let rightKind = orderedKind(right)
    guard let leftKind, let rightKind else { return false }
    if leftKind == .dyn || rightKind == .dyn || leftKind == rightKind { return true }
    return leftKind.isNumber && rightKind.isNumber
  }

  /// What a type is among those that have an order; `dyn` when that is not known, `nil` when it has none.
  @inline(__always)
  private func orderedKind(_ type: TypeID) -> TypeKind? {
    guard type.isInTable, !type.isWildcard else { return .dyn }
    let kind = substitution.table.kind(type).unwrapped
    switch kind {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: return kind
    case .error, .dyn, .any, .null, .boolWrapper, .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper,
      .bytesWrapper, .list, .map, .type, .abstract, .message:
      return nil
    }
  }

  private mutating func checkMembership(
    _ id: UInt32, _ node: Node, _ left: TypeID, _ right: TypeID, _ tree: SyntaxTree
  ) {
    guard right.isInTable, !right.isWildcard else { return }
    switch substitution.table.kind(right) {
    case .list, .map:
      if mayBeEqual(left, substitution.table.first(right)) {
        noteMemberChoices(id, node, left, right, tree)
      } else {
        faults.append(TypeFault(.incomparable, id))
      }
    case .error, .dyn, .any, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper,
      .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper, .bytesWrapper, .type, .abstract, .message:
      faults.append(TypeFault(.operands, id))
    }
  }

  /// The type of a sum, difference, product, quotient or remainder; `nil` when there is none.
  private mutating func arithmeticType(_ operation: Operator, _ left: TypeID, _ right: TypeID) -> TypeID? {
    let leftKind = left.isInTable && !left.isWildcard ? substitution.table.kind(left).unwrapped : .dyn
    let rightKind = right.isInTable && !right.isWildcard ? substitution.table.kind(right).unwrapped : .dyn
    if left == .error || right == .error { return .error }
    if leftKind == .dyn, rightKind == .dyn { return .dyn }
    if leftKind == rightKind || leftKind == .dyn || rightKind == .dyn {
      let kind = leftKind == .dyn ? rightKind : leftKind
      let areBothKnown = leftKind == rightKind
      switch kind {
      case .int, .uint: return TypeID(kind)
      case .double: return operation == .modulo ? nil : .double
      case .string, .bytes: return operation == .add ? TypeID(kind) : nil
      case .list:
        guard operation == .add else { return nil }
        guard areBothKnown else { return substitution.table.list(of: .dyn) }
        if left == right, substitution.table.attribute(left) == nil { return left }
        let element = substitution.join(substitution.table.first(left), substitution.table.first(right))
        return substitution.table.list(of: element)
      case .timestamp:
        if operation == .subtract { return areBothKnown || leftKind == .dyn ? .duration : .dyn }
        return operation == .add && !areBothKnown ? .timestamp : nil
      case .duration:
        guard operation == .add || operation == .subtract else { return nil }
        return areBothKnown || (operation == .subtract && leftKind == .duration) ? .duration : .dyn
      case .error, .dyn, .any, .null, .bool, .boolWrapper, .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper,
        .bytesWrapper, .map, .type, .abstract, .message:
        return nil
      }
    }
    if leftKind == .timestamp, rightKind == .duration, operation == .add || operation == .subtract { return .timestamp }
    if leftKind == .duration, rightKind == .timestamp, operation == .add { return .timestamp }
    return nil
  }
}

// MARK: - Selections and indexes

extension Checker {
  mutating func selectionType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let operand = substitution.shallow(types[Int(node.first)])
    if operand == .error { return node.flags.contains(.isPresenceTest) ? .bool : .error }
    if operand == .dyn, node.flags.isEmpty { return knownMemberType(id, node, tree) }
    // A selection from an optional goes into its value.
    let optionalValue = substitution.table.optionalValue(operand)
    guard let type = memberType(optionalValue.map { substitution.shallow($0) } ?? operand, id, node, tree) else {
      faults.append(TypeFault(.selection, id, operand: node.first))
      return node.flags.contains(.isPresenceTest) ? .bool : .error
    }
    if node.flags.contains(.isPresenceTest) { return .bool }
    if type == .error { return .error }
    return optionalValue != nil || node.flags.contains(.isOptional) ? substitution.table.optional(of: type) : type
  }

  private mutating func memberType(_ operand: TypeID, _ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID? {
    guard operand.isInTable, !operand.isWildcard else { return knownMemberType(id, node, tree) }
    switch substitution.table.kind(operand) {
    case .map:
      guard let owner = substitution.table.attribute(operand), owner != .some else {
        return substitution.table.second(operand)
      }
      let name = tree.names[Int(node.second)].range
      if let type = memberType(tree.nameBytes, in: name, of: owner, at: id, operand: operand) { return type }
      faults.append(TypeFault(.unknownAttribute, id, operand: node.first))
      return .error
    case .message: return fieldType(of: operand, id, node, tree)
    case .error, .dyn, .any: return .dyn
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper, .intWrapper,
      .uintWrapper,
      .doubleWrapper, .stringWrapper, .bytesWrapper, .list, .type, .abstract:
      return nil
    }
  }

  mutating func indexType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    var operand = substitution.shallow(types[Int(node.first)])
    let index = substitution.shallow(types[Int(node.second)])
    if operand == .error { return .error }
    let value = substitution.table.optionalValue(operand)
    if let value { operand = substitution.shallow(value) }
    if let owner = substitution.table.attribute(operand), owner != .some, substitution.table.kind(operand) == .map,
      tree.nodes[Int(node.second)].kind == .string
    {
      let literal = tree.nodes[Int(node.second)]
      let range = Int(literal.first)..<(Int(literal.first) + Int(literal.second))
      guard let type = memberType(tree.literalBytes, in: range, of: owner, at: id, operand: operand) else {
        faults.append(TypeFault(.unknownAttribute, id, operand: node.first))
        return .error
      }
      return value != nil || node.flags.contains(.isOptional) ? substitution.table.optional(of: type) : type
    }
    guard let type = elementType(operand, index) else {
      faults.append(TypeFault(.indexing, id))
      return .error
    }
    return value != nil || node.flags.contains(.isOptional) ? substitution.table.optional(of: type) : type
  }

  private mutating func elementType(_ operand: TypeID, _ index: TypeID) -> TypeID? {
    guard operand.isInTable, !operand.isWildcard else { return .dyn }
    switch substitution.table.kind(operand) {
    case .list:
      guard index.isInTable, !index.isWildcard else { return substitution.table.first(operand) }
      return substitution.table.kind(index).isNumber ? substitution.table.first(operand) : nil
    case .map:
      return mayBeEqual(index, substitution.table.first(operand)) ? substitution.table.second(operand) : nil
    case .error, .dyn, .any, .message: return .dyn
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper, .intWrapper,
      .uintWrapper,
      .doubleWrapper, .stringWrapper, .bytesWrapper, .type, .abstract:
      return nil
    }
  }
}

// MARK: - Lists and maps

extension Checker {
  mutating func listType(_ node: Node, _ tree: SyntaxTree) -> TypeID {
    let first = Int(node.second) + 1
    var element = TypeID.unknown
    for place in first..<(first + Int(tree.lists[Int(node.second)])) {
      element = joined(element, tree.lists[place], tree)
    }
    if element == .unknown { element = substitution.makeVariable(isFlexible: true) }
    return substitution.table.list(of: element)
  }

  mutating func mapType(_ node: Node, _ tree: SyntaxTree) -> TypeID {
    let first = Int(node.second) + 1
    var key = TypeID.unknown
    var value = TypeID.unknown
    for place in first..<(first + Int(tree.lists[Int(node.second)])) {
      if (place - first) & 1 == 0 {
        key = joined(key, tree.lists[place], tree)
      } else {
        value = joined(value, tree.lists[place], tree)
      }
    }
    if key == .unknown { key = substitution.makeVariable(isFlexible: true) }
    if value == .unknown { value = substitution.makeVariable(isFlexible: true) }
    return substitution.table.map(from: key, to: value)
  }

  /// The type of the elements so far and one more; `unknown` before the first.
  private mutating func joined(_ type: TypeID, _ id: UInt32, _ tree: SyntaxTree) -> TypeID {
    var next = types[Int(id)]
    if tree.nodes[Int(id)].flags.contains(.isOptionalEntry) { next = entryType(id) }
    if next == type || type == .unknown { return next }
    return type == .dyn ? .dyn : substitution.join(type, next)
  }

  /// What an optional entry adds when it is there.
  mutating func entryType(_ id: UInt32) -> TypeID {
    let type = substitution.shallow(types[Int(id)])
    guard type.isInTable, !type.isWildcard else { return .dyn }
    if let value = substitution.table.optionalValue(type) { return value }
    faults.append(TypeFault(.optionalEntry, id, operand: id))
    return .error
  }
}

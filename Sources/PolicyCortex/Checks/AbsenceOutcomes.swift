import CEL

/// What an expression may come to.
struct Outcomes: OptionSet {
  let rawValue: UInt8

  static let isTrue = Outcomes(rawValue: 1)
  static let isFalse = Outcomes(rawValue: 2)
  static let isNull = Outcomes(rawValue: 4)
  static let isOther = Outcomes(rawValue: 8)
  static let fails = Outcomes(rawValue: 16)
  /// It reads the attribute in a way that is not understood here, and may say anything of it.
  static let asks = Outcomes(rawValue: 32)

  static let anything: Outcomes = [.isTrue, .isFalse, .isNull, .isOther, .fails]
  static let unknown: Outcomes = [.anything, .asks]
}

/// A name or a selection.
struct PathStep {
  let node: UInt32
  /// What it ends with; see `name(of:in:)`.
  let name: UInt32
  /// Whether it is only the start of a longer path.
  let goesOn: Bool
  /// Whether it is the name `variables`.
  let isVariables: Bool

  /// A number for what a path ends with, the same for two that lead to one place; `nil` for what is no path.
  static func name(of node: Node, in tree: SyntaxTree) -> UInt32? {
    switch node.kind {
    case .identifier: return node.first
    case .select: return node.second
    case .index:
      let key = tree.nodes[Int(node.second)]
      guard key.kind == .string else { return .max }
      let text = tree.literal(key)
      let name = tree.names.firstIndex { tree.nameBytes[$0.range] == text }
      return name.map { UInt32(truncatingIfNeeded: $0) } ?? .max
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .call, .memberCall, .unary, .binary, .chain,
      .conditional, .list, .map, .message, .comprehension:
      return nil
    }
  }
}

// What parts of an expression come to where an attribute is absent, whatever the rest of the input is.
extension CheckedExpression {
  /// What an operand may come to where an attribute, given by a path to it, is absent and all beyond it too.
  ///
  /// What operands come to that do not mention the attribute is found once for all attributes.
  ///
  /// - Parameters:
  ///   - id: The operand.
  ///   - absent: The path.
  ///   - nodes: The `mentions(of: absent)`.
  /// - Returns: What it may come to.
  mutating func outcomes(ofOperand id: UInt32, without absent: UInt32, mentionedBy nodes: [UInt32]) -> Outcomes {
    let first = firstNode(of: operand(id))
    if nodes.contains(where: { $0 >= first && $0 <= id }) { return outcomes(of: id, without: absent) }
    if let known = plainOutcomes[id] { return known }
    let found = outcomes(of: id, without: absent)
    plainOutcomes[id] = found
    return found
  }

  /// The nodes that may tell whether an attribute is absent; `nil` where the expression is too large to look.
  mutating func mentions(of absent: UInt32) -> [UInt32]? {
    if let known = mentions.last(where: { tree.areSamePlaces($0.absent, absent) }) { return known.nodes }
    // Most are passed at a glance.
    guard look(steps.count / 8 + 1) else { return nil }
    var names: [UInt32] = []
    var path = absent
    while names.count < steps.count, let name = PathStep.name(of: tree.nodes[Int(path)], in: tree) {
      names.append(name)
      if tree.nodes[Int(path)].kind == .identifier { break }
      path = tree.nodes[Int(path)].first
    }
    var nodes: [UInt32] = []
    for step in steps where step.isVariables || names.contains(step.name) {
      if step.isVariables || step.name == names[0] && tree.areSamePlaces(step.node, absent)
        || !step.goesOn && tree.isPath(absent, atOrBeyond: step.node)
      {
        nodes.append(step.node)
      }
    }
    mentions.append((absent, nodes))
    return nodes
  }

  /// Lists the names and selections of the expression.
  mutating func pathSteps() -> [PathStep] {
    var steps: [PathStep] = []
    for index in tree.nodes.indices {
      guard let name = PathStep.name(of: tree.nodes[index], in: tree) else { continue }
      let id = UInt32(truncatingIfNeeded: index)
      steps.append(PathStep(node: id, name: name, goesOn: goesOn(from: id), isVariables: isVariables(id)))
    }
    return steps
  }

  /// Whether a name or a selection may tell whether an attribute is absent.
  ///
  /// Whoever looks at an object as a whole, `"b" in a` or `size(a)`, may ask for its attributes.
  private mutating func mayTell(_ place: UInt32, of absent: UInt32, allowsWhole: Bool) -> Bool {
    isVariables(place) || tree.areSamePlaces(place, absent)
      || !allowsWhole && !goesOn(from: place) && tree.isPath(absent, atOrBeyond: place)
  }

  /// What an expression may come to where an attribute, given by a path to it, is absent and all beyond it too.
  mutating func outcomes(of id: UInt32, without absent: UInt32, depth: Int = 0) -> Outcomes {
    guard depth < 40, look() else { return .unknown }
    let node = tree.nodes[Int(id)]
    switch node.kind {
    case .null: return .isNull
    case .bool: return node.first != 0 ? .isTrue : .isFalse
    case .int, .uint, .double, .string, .bytes: return .isOther
    case .select where node.flags.contains(.isPresenceTest):
      if tree.isPath(id, atOrBeyond: absent) { return .isFalse }
      return tree.pathRoot(of: node.first) != nil ? [.isTrue, .isFalse] : unknown(id, absent)
    case .identifier, .select, .index:
      if tree.pathRoot(of: id) != nil {
        if tree.isPath(id, atOrBeyond: absent) { return .isNull }
        return unknown(id, absent, allowsWhole: true)
      }
      return unknown(id, absent)
    case .unary:
      let operand = outcomes(of: node.first, without: absent, depth: depth + 1)
      if operand == .isNull || operand == .fails { return .fails }
      guard node.operation == .not else { return operand.union(.anything) }
      switch operand {
      case .isTrue: return .isFalse
      case .isFalse: return .isTrue
      default: return operand.union(.anything)
      }
    case .binary: return binaryOutcomes(id, node, absent, depth)
    case .chain:
      let neutral: Outcomes = node.operation == .and ? .isTrue : .isFalse
      let decisive: Outcomes = node.operation == .and ? .isFalse : .isTrue
      var result = neutral
      for operand in tree.list(node.second) {
        let one = outcomes(of: operand.rawValue, without: absent, depth: depth + 1)
        if one == decisive { return decisive }
        if one == neutral { continue }
        if !one.contains(neutral) { result.remove(neutral) }
        // What is no boolean is an error there.
        result.formUnion(one.intersection([decisive, .asks]))
        if !one.isDisjoint(with: [.isNull, .isOther, .fails]) { result.insert(.fails) }
      }
      return result
    case .conditional:
      let parts = Array(tree.list(node.second))
      guard parts.count == 3 else { return .unknown }
      let condition = outcomes(of: parts[0].rawValue, without: absent, depth: depth + 1)
      var result = condition.intersection([.fails, .asks])
      if !condition.isDisjoint(with: [.isNull, .isOther]) { result.insert(.fails) }
      if condition.contains(.isTrue) {
        result.formUnion(outcomes(of: parts[1].rawValue, without: absent, depth: depth + 1))
      }
      if condition.contains(.isFalse) {
        result.formUnion(outcomes(of: parts[2].rawValue, without: absent, depth: depth + 1))
      }
      return result
    case .call, .memberCall: return callOutcomes(id, node, absent, depth)
    case .comprehension:
      let range = tree.comprehensions[Int(node.first)].range.rawValue
      return outcomes(of: range, without: absent, depth: depth + 1) == .isNull ? .fails : unknown(id, absent)
    case .list, .map, .message, .error: return unknown(id, absent)
    }
  }

  private mutating func binaryOutcomes(_ id: UInt32, _ node: Node, _ absent: UInt32, _ depth: Int) -> Outcomes {
    let left = outcomes(of: node.first, without: absent, depth: depth + 1)
    let right = outcomes(of: node.second, without: absent, depth: depth + 1)
    if left == .fails || right == .fails { return .fails }
    switch node.operation {
    case .equal, .notEqual:
      let isEqual: Outcomes = node.operation == .equal ? .isTrue : .isFalse
      let isUnequal: Outcomes = node.operation == .equal ? .isFalse : .isTrue
      let values: Outcomes = [.isTrue, .isFalse, .isOther]
      if left == .isNull, right == .isNull { return isEqual }
      if left == .isNull, right.isSubset(of: values) || right == .isNull { return isUnequal }
      if right == .isNull, left.isSubset(of: values) { return isUnequal }
      // An object that is not null may lack the attribute all the same.
      let isComparedWithNull = tree.nodes[Int(node.first)].kind == .null || tree.nodes[Int(node.second)].kind == .null
      return isComparedWithNull ? left.union(right).union(.anything) : unknown(id, absent)
    case .in:
      if right == .isNull { return .fails }
      let range = tree.nodes[Int(node.second)]
      if left == .isNull, range.kind == .list, tree.list(range.second).allSatisfy({ isValueLiteral($0) }) {
        return .isFalse
      }
      return unknown(id, absent)
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply, .divide, .modulo:
      return left == .isNull || right == .isNull ? .fails : unknown(id, absent)
    case .none, .not, .negate, .or, .and: return .unknown
    }
  }

  private mutating func callOutcomes(_ id: UInt32, _ node: Node, _ absent: UInt32, _ depth: Int) -> Outcomes {
    let operands = Array(tree.list(node.second))
    if node.kind == .memberCall, let receiver = operands.first, tree[receiver].flags.contains(.isOptional),
      tree.isPath(receiver.rawValue, atOrBeyond: absent)
    {
      if operands.count == 1, tree.isName(node.first, "hasValue") { return .isFalse }
      if operands.count == 2, tree.isName(node.first, "orValue") {
        return outcomes(of: operands[1].rawValue, without: absent, depth: depth + 1)
      }
      return .unknown
    }
    for (place, argument) in operands.enumerated() {
      let value = outcomes(of: argument.rawValue, without: absent, depth: depth + 1)
      if value == .fails || value == .isNull && rejectsNull(operand(id), at: place) { return .fails }
    }
    return unknown(id, absent)
  }

  private func isValueLiteral(_ id: ExpressionID) -> Bool { tree[id].kind.isLiteral && tree[id].kind != .null }

  /// Anything, and whether the expression may ask for the attribute.
  private mutating func unknown(_ id: UInt32, _ absent: UInt32, allowsWhole: Bool = false) -> Outcomes {
    let first = min(firstNode(of: operand(id)), id)
    guard look(Int(id - first) + 1) else { return .unknown }
    for place in first...id {
      let node = tree.nodes[Int(place)]
      guard node.kind == .identifier || node.kind == .select || node.kind == .index else { continue }
      if mayTell(place, of: absent, allowsWhole: allowsWhole && place == id) { return .unknown }
    }
    return .anything
  }

  /// Whether a node is the name `variables`: what they ask for is not looked into.
  private func isVariables(_ id: UInt32) -> Bool {
    guard tree.nodes[Int(id)].kind == .identifier,
      case .variable(let place)? = readings.first?.reference(of: operand(id))
    else { return false }
    return place == names.variables
  }

  /// Whether a path is only the start of a longer one.
  private mutating func goesOn(from id: UInt32) -> Bool {
    guard let parent = parent(of: operand(id)) else { return false }
    let node = tree[parent]
    switch node.kind {
    case .select: return true
    case .index: return node.first == id && tree.nodes[Int(node.second)].kind.isLiteral
    case .binary:
      return (node.operation == .equal || node.operation == .notEqual)
        && (tree.nodes[Int(node.first)].kind == .null || tree.nodes[Int(node.second)].kind == .null)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .error, .call, .memberCall, .unary, .chain,
      .conditional, .list, .map, .message, .comprehension:
      return false
    }
  }
}

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

/// An attribute that is absent, and what may tell of it.
struct Absence {
  /// A path to it.
  let path: UInt32
  /// The names and selections that may tell whether it is absent, among the expression's `mentions`.
  let mentions: Range<Int>
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
  /// What an operand may come to where an attribute is absent and all beyond it too.
  ///
  /// What operands come to that do not mention the attribute is found once for all attributes.
  mutating func outcomes(ofOperand id: UInt32, without absence: Absence) -> Outcomes {
    if mentions(absence, inside: id) { return outcomes(of: id, without: absence) }
    if plainOutcomes.isEmpty { plainOutcomes = [Outcomes](repeating: [], count: tree.nodes.count) }
    let known = plainOutcomes[Int(id)]
    if !known.isEmpty { return known }
    let found = outcomes(of: id, without: absence)
    plainOutcomes[Int(id)] = found
    return found
  }

  /// Makes ready to ask what comes of the absence of the attribute that a path leads to; `nil` where the expression is too
  /// large to look.
  mutating func absence(of path: UInt32) -> Absence? {
    if let known = absences.last(where: { tree.areSamePlaces($0.path, path) }) { return known }
    // Most are passed at a glance.
    guard look(steps.count / 8 + 1) else { return nil }
    let start = mentions.count
    for step in steps where mayTell(step, of: path) { mentions.append(step.node) }
    let absence = Absence(path: path, mentions: start..<mentions.count)
    absences.append(absence)
    return absence
  }

  /// Whether a name or a selection may tell whether an attribute is absent.
  ///
  /// Whoever looks at an object as a whole, `"b" in a` or `size(a)`, may ask for its attributes.
  private func mayTell(_ step: PathStep, of absent: UInt32) -> Bool {
    if step.isVariables { return true }
    // Names tell most apart.
    var path = absent
    var isLast = true
    for _ in 0..<tree.nodes.count {
      guard let name = PathStep.name(of: tree.nodes[Int(path)], in: tree) else { return false }
      if name == step.name {
        if isLast, tree.areSamePlaces(step.node, absent) { return true }
        if !step.goesOn, tree.isPath(absent, atOrBeyond: step.node) { return true }
      }
      if tree.nodes[Int(path)].kind == .identifier { return false }
      path = tree.nodes[Int(path)].first
      isLast = false
    }
    return false
  }

  /// Whether one of the nodes that an operand is made of may tell whether the attribute is absent.
  private mutating func mentions(_ absence: Absence, inside id: UInt32, withItself: Bool = true) -> Bool {
    let first = firstNode(of: operand(id))
    let end = withItself ? id + 1 : id
    // They are in the order of the nodes.
    var low = absence.mentions.lowerBound
    var high = absence.mentions.upperBound
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle] < first { low = middle + 1 } else { high = middle }
    }
    return low < absence.mentions.upperBound && mentions[low] < end
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

  /// What an expression may come to where an attribute is absent and all beyond it too.
  mutating func outcomes(of id: UInt32, without absence: Absence, depth: Int = 0) -> Outcomes {
    guard depth < 40, look() else { return .unknown }
    let node = tree.nodes[Int(id)]
    switch node.kind {
    case .null: return .isNull
    case .bool: return node.first != 0 ? .isTrue : .isFalse
    case .int, .uint, .double, .string, .bytes: return .isOther
    case .select where node.flags.contains(.isPresenceTest):
      if tree.isPath(id, atOrBeyond: absence.path) { return .isFalse }
      return tree.pathRoot(of: node.first) != nil ? [.isTrue, .isFalse] : unknown(id, absence)
    case .identifier, .select, .index:
      if tree.pathRoot(of: id) != nil {
        if tree.isPath(id, atOrBeyond: absence.path) { return .isNull }
        // An object that the attribute is beyond says nothing of it where it is compared as a whole.
        if isVariables(id) || tree.areSamePlaces(id, absence.path) { return .unknown }
        return mentions(absence, inside: id, withItself: false) ? .unknown : .anything
      }
      return unknown(id, absence)
    case .unary:
      let operand = outcomes(of: node.first, without: absence, depth: depth + 1)
      if operand == .isNull || operand == .fails { return .fails }
      guard node.operation == .not else { return operand.union(.anything) }
      switch operand {
      case .isTrue: return .isFalse
      case .isFalse: return .isTrue
      default: return operand.union(.anything)
      }
    case .binary: return binaryOutcomes(id, node, absence, depth)
    case .chain:
      let neutral: Outcomes = node.operation == .and ? .isTrue : .isFalse
      let decisive: Outcomes = node.operation == .and ? .isFalse : .isTrue
      var result = neutral
      for operand in tree.list(node.second) {
        let one = outcomes(of: operand.rawValue, without: absence, depth: depth + 1)
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
      let condition = outcomes(of: parts[0].rawValue, without: absence, depth: depth + 1)
      var result = condition.intersection([.fails, .asks])
      if !condition.isDisjoint(with: [.isNull, .isOther]) { result.insert(.fails) }
      if condition.contains(.isTrue) {
        result.formUnion(outcomes(of: parts[1].rawValue, without: absence, depth: depth + 1))
      }
      if condition.contains(.isFalse) {
        result.formUnion(outcomes(of: parts[2].rawValue, without: absence, depth: depth + 1))
      }
      return result
    case .call, .memberCall: return callOutcomes(id, node, absence, depth)
    case .comprehension:
      let range = tree.comprehensions[Int(node.first)].range.rawValue
      return outcomes(of: range, without: absence, depth: depth + 1) == .isNull ? .fails : unknown(id, absence)
    case .list, .map, .message, .error: return unknown(id, absence)
    }
  }

  private mutating func binaryOutcomes(_ id: UInt32, _ node: Node, _ absence: Absence, _ depth: Int) -> Outcomes {
    let left = outcomes(of: node.first, without: absence, depth: depth + 1)
    let right = outcomes(of: node.second, without: absence, depth: depth + 1)
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
      return isComparedWithNull ? left.union(right).union(.anything) : unknown(id, absence)
    case .in:
      if right == .isNull { return .fails }
      let range = tree.nodes[Int(node.second)]
      if left == .isNull, range.kind == .list, tree.list(range.second).allSatisfy({ isValueLiteral($0) }) {
        return .isFalse
      }
      return unknown(id, absence)
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply, .divide, .modulo:
      return left == .isNull || right == .isNull ? .fails : unknown(id, absence)
    case .none, .not, .negate, .or, .and: return .unknown
    }
  }

  private mutating func callOutcomes(_ id: UInt32, _ node: Node, _ absence: Absence, _ depth: Int) -> Outcomes {
    let operands = Array(tree.list(node.second))
    if node.kind == .memberCall, let receiver = operands.first, tree[receiver].flags.contains(.isOptional),
      tree.isPath(receiver.rawValue, atOrBeyond: absence.path)
    {
      if operands.count == 1, tree.isName(node.first, "hasValue") { return .isFalse }
      if operands.count == 2, tree.isName(node.first, "orValue") {
        return outcomes(of: operands[1].rawValue, without: absence, depth: depth + 1)
      }
      return .unknown
    }
    for (place, argument) in operands.enumerated() {
      let value = outcomes(of: argument.rawValue, without: absence, depth: depth + 1)
      if value == .fails || value == .isNull && rejectsNull(operand(id), at: place) { return .fails }
    }
    return unknown(id, absence)
  }

  private func isValueLiteral(_ id: ExpressionID) -> Bool { tree[id].kind.isLiteral && tree[id].kind != .null }

  /// Anything, and whether the expression may ask for the attribute.
  private mutating func unknown(_ id: UInt32, _ absence: Absence) -> Outcomes {
    mentions(absence, inside: id) ? .unknown : .anything
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

import CEL
import Diagnostics

/// Whether a node compares two members for equality.
@inline(__always)
func comparesMembers(_ node: Node, _ tree: SyntaxTree) -> Bool {
  (node.operation == .equal || node.operation == .notEqual) && tree.isMember(tree.nodes[Int(node.first)])
    && tree.isMember(tree.nodes[Int(node.second)])
}

extension CheckedExpression {
  /// Checks a comparison of two attributes in a condition: where both are absent they are equal.
  ///
  /// Variables are left alone: the rule that uses one may have asked for presence before.
  mutating func checkAbsentComparison(_ id: ExpressionID, _ types: CheckedTypes, into found: inout [Diagnostic]) {
    let node = tree[id]
    guard role.isCondition, mayBeAbsent(node.first, types), mayBeAbsent(node.second, types),
      !tree.areSamePaths(node.first, node.second), !isFaulty(id), !isGuarded(id, types)
    else { return }
    let message = AbsentDecides(
      left: excerpt(tree.nodes[Int(node.first)].span), right: excerpt(tree.nodes[Int(node.second)].span),
      isEquality: node.operation == .equal)
    found.append(Diagnostic(message, at: node.span))
  }

  /// Whether an operand is an attribute of the input that may be absent.
  ///
  /// One that a resource type requires, with all that leads to it, is not.
  private mutating func mayBeAbsent(_ id: UInt32, _ types: CheckedTypes) -> Bool {
    guard isInputPath(id, types) else { return false }
    for types in readings where isNeverNull(id, in: types) { return false }
    return true
  }

  /// Whether an expression around a comparison asks for one of its attributes: an operand beside it, or the condition of
  /// the branch that it stands in.
  ///
  /// What is not understood counts as asking, so that no comparison is reported whose absence was thought of.
  private mutating func isGuarded(_ comparison: ExpressionID, _ types: CheckedTypes) -> Bool {
    let (left, right) = (tree[comparison].first, tree[comparison].second)
    var child = comparison
    while let parent = parent(of: child) {
      let node = tree[parent]
      switch node.kind {
      case .chain:
        var previous: UInt32?
        for operand in tree.list(node.second) {
          if operand != child, !tree[operand].flags.contains(.isSynthetic) || tree[operand].kind != .identifier {
            let first = previous.map { $0 + 1 } ?? firstNode(of: operand)
            if asks(operand, from: first, left, right, operation: node.operation, types) { return true }
          }
          previous = operand.rawValue
        }
      case .conditional:
        if let condition = tree.list(node.second).first, condition != child,
          asks(condition, from: firstNode(of: condition), left, right, operation: .none, types)
        {
          return true
        }
      case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .call,
        .memberCall, .unary, .binary, .list, .map, .message, .comprehension:
        break
      }
      guard look() else { return true }
      child = parent
    }
    return false
  }

  /// The first of the nodes that make up an expression: they stand together, and it is the last of them.
  mutating func firstNode(of id: ExpressionID) -> UInt32 {
    var node = tree[id]
    var first = id.rawValue
    while look() {
      switch node.kind {
      case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: return first
      case .select, .index, .unary, .binary: first = node.first
      case .error, .call, .memberCall, .chain, .conditional, .list, .map, .message:
        guard let operand = tree.list(node.second).first else { return first }
        first = operand.rawValue
      case .comprehension: first = tree.comprehensions[Int(node.first)].range.rawValue
      }
      node = tree.nodes[Int(first)]
    }
    return first
  }

  /// Whether an operand may settle that one of two attributes is there, or what follows when it is not.
  private mutating func asks(
    _ operand: ExpressionID, from first: UInt32, _ left: UInt32, _ right: UInt32, operation: Operator,
    _ types: CheckedTypes
  ) -> Bool {
    if saysNothingOfAbsence(operand, operation) { return false }
    let first = min(first, operand.rawValue)
    guard look(Int(operand.rawValue - first) + 1) else { return true }
    for id in first...operand.rawValue {
      let node = tree.nodes[Int(id)]
      if node.kind == .identifier, case .variable(let place) = types.reference(of: self.operand(id)),
        place == names.variables
      {
        return true
      }
      if node.kind == .select, node.flags.contains(.isPresenceTest) {
        if isPresenceTest(node, of: left) || isPresenceTest(node, of: right) { return true }
      } else if tree.areSamePaths(id, left) || tree.areSamePaths(id, right) {
        return true
      }
    }
    return false
  }

  private func isPresenceTest(_ test: Node, of path: UInt32) -> Bool {
    let node = tree.nodes[Int(path)]
    switch node.kind {
    case .select: return node.second == test.second && tree.areSamePaths(node.first, test.first)
    case .index:
      let name = tree.nameBytes[tree.names[Int(test.second)].range]
      return tree.areSamePaths(node.first, test.first) && tree.literal(tree.nodes[Int(node.second)]) == name
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .call, .memberCall, .unary, .binary,
      .chain, .conditional, .list, .map, .message, .comprehension:
      return false
    }
  }

  /// Whether an operand is true for an absent attribute as for most others, so that it settles nothing: `a != "x"` beside
  /// `&&`, `a == "x"` beside `||`, and other comparisons of two attributes.
  private func saysNothingOfAbsence(_ id: ExpressionID, _ operation: Operator) -> Bool {
    let node = tree[id]
    guard node.kind == .binary, node.operation == .equal || node.operation == .notEqual else { return false }
    if comparesMembers(node, tree) { return true }
    let (left, right) = (tree.nodes[Int(node.first)].kind, tree.nodes[Int(node.second)].kind)
    guard left.isLiteral != right.isLiteral, left != .null, right != .null else { return false }
    return operation == (node.operation == .notEqual ? .and : .or)
  }
}

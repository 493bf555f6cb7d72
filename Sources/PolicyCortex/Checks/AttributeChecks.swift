import CEL
import Diagnostics

/// The checks that need to know the resource type: what they have to say rests on the attributes that nodes read.
///
/// Where no schema is given there are no candidates, and nothing is looked at.
struct AttributeChecks: Sendable {
  private var rejections: [UInt32] = []
  private var deprecated: [UInt32] = []
  private var comparisons: [UInt32] = []
  private var questions: [UInt32] = []

  var hasCandidates: Bool {
    !rejections.isEmpty || !deprecated.isEmpty || !comparisons.isEmpty || !questions.isEmpty
  }

  /// Finds the nodes that there may be something to say of.
  mutating func findCandidates(in tree: SyntaxTree, _ types: CheckedTypes) {
    rejections.removeAll(keepingCapacity: true)
    deprecated.removeAll(keepingCapacity: true)
    comparisons.removeAll(keepingCapacity: true)
    questions.removeAll(keepingCapacity: true)
    guard types.hasAttributes else { return }
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      let id = UInt32(truncatingIfNeeded: index)
      switch node.kind {
      case .select, .index:
        guard let attribute = types.selectedAttribute(of: ExpressionID(index)) else { continue }
        let flags = types.flags(of: attribute)
        if flags.contains(.isDeprecated) { deprecated.append(id) }
        if id == tree.root.rawValue, mayBeAbsent(id, tree, types) { rejections.append(id) }
      case .binary:
        if comparesNumber(node, tree) { comparisons.append(id) }
        if node.operation != .equal, node.operation != .notEqual,
          mayBeAbsent(node.first, tree, types) || mayBeAbsent(node.second, tree, types)
        {
          rejections.append(id)
        }
      case .chain:
        if tree.list(node.second).contains(where: { mayAsk(tree[$0], tree) }) { questions.append(id) }
        if tree.list(node.second).contains(where: { mayBeAbsent($0.rawValue, tree, types) }) { rejections.append(id) }
      case .conditional, .call, .memberCall:
        if tree.list(node.second).contains(where: { mayBeAbsent($0.rawValue, tree, types) }) { rejections.append(id) }
      case .unary: if mayBeAbsent(node.first, tree, types) { rejections.append(id) }
      case .comprehension:
        if mayBeAbsent(tree.comprehensions[Int(node.first)].range.rawValue, tree, types) { rejections.append(id) }
      case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .list, .map, .message: continue
      }
    }
  }

  /// Whether an operand may be a question for the existence of something: `has(a.b)`, `!has(a.b)`, `a != null`.
  private func mayAsk(_ operand: Node, _ tree: SyntaxTree) -> Bool {
    switch operand.kind {
    case .select: operand.flags.contains(.isPresenceTest)
    case .unary: tree.nodes[Int(operand.first)].kind == .select
    case .binary: tree.nodes[Int(operand.first)].kind == .null || tree.nodes[Int(operand.second)].kind == .null
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .index, .call, .memberCall, .chain,
      .conditional, .list, .map, .message, .comprehension:
      false
    }
  }

  /// Whether an operand is a path with an attribute in it that is not required.
  private func mayBeAbsent(_ operand: UInt32, _ tree: SyntaxTree, _ types: CheckedTypes) -> Bool {
    var id = operand
    for _ in 0..<Self.pathLimit {
      let node = tree.nodes[Int(id)]
      guard node.kind == .select || node.kind == .index else { return false }
      if let attribute = types.selectedAttribute(of: ExpressionID(rawValue: id)),
        !types.flags(of: attribute).contains(.isRequired)
      {
        return true
      }
      id = node.first
    }
    return false
  }

  /// Longer paths are not looked at, as in `SyntaxTree.pathRoot`.
  private static let pathLimit = 32

  /// Looks at the candidates.
  func check(_ expression: inout CheckedExpression, _ types: CheckedTypes, into found: inout [Diagnostic]) {
    for id in deprecated { expression.checkDeprecation(expression.operand(id), into: &found) }
    for id in comparisons { expression.checkRange(expression.operand(id), into: &found) }
    guard expression.role.isCondition else { return }
    for id in questions { expression.checkRequiredExistence(expression.operand(id), types, into: &found) }
    guard !expression.hasBindings else { return }
    var answered: [(path: UInt32, scope: ExpressionID)] = []
    for id in rejections where !expression.isFaulty(expression.operand(id)) {
      for use in expression.nullRejections(of: expression.operand(id)) where expression.isUnguarded(use, types) {
        // Once one use is guarded, so are those that the same question comes before.
        let isAnswered = answered.suffix(8).contains {
          expression.tree.areSamePlaces($0.path, use.path) && expression.isPart(use.user, of: $0.scope)
        }
        if isAnswered { continue }
        answered.append((use.path, expression.report(unguarded: use, types, into: &found)))
      }
    }
  }
}

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
  mutating func findCandidates(in tree: SyntaxTree, _ types: inout Checker) {
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
        if id == tree.root.rawValue { rejections.append(id) }
      case .binary:
        if comparesNumber(node, tree) { comparisons.append(id) }
        if node.operation != .equal, node.operation != .notEqual { rejections.append(id) }
      case .chain:
        questions.append(id)
        rejections.append(id)
      case .unary, .conditional, .call, .memberCall, .comprehension: rejections.append(id)
      case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .list, .map, .message: continue
      }
    }
  }

  /// Looks at the candidates.
  func check(_ expression: inout CheckedExpression, _ types: Checker, into found: inout [Diagnostic]) {
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

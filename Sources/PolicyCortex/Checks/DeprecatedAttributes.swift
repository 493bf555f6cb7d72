import CEL
import Diagnostics
import Source

extension CheckedExpression {
  /// Checks a selection of an attribute that may be deprecated under every resource type.
  func checkDeprecation(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let node = tree[id]
    guard !isFaulty(id),
      readings.allSatisfy({ types in
        types.selectedAttribute(of: id).map { types.flags(of: $0).contains(.isDeprecated) } ?? false
      }), let types = readings.first, let attribute = types.selectedAttribute(of: id),
      let path = types.facts(of: attribute)?.path
    else { return }
    let diagnostic = Diagnostic(DeprecatedAttribute(attribute: path), at: nameSpan(node))
    // A macro that uses its argument twice reads it once.
    let isKnown = found.contains { $0.code == diagnostic.code && $0.span == diagnostic.span }
    if !isKnown { found.append(diagnostic) }
  }

  /// The name that a selection ends with; all of `has(…)`, whose name stands inside.
  private func nameSpan(_ node: Node) -> SourceSpan {
    if node.kind == .index { return tree.nodes[Int(node.second)].span }
    if node.flags.contains(.isPresenceTest) { return node.span }
    let length = tree.names[Int(node.second)].range.count + (node.flags.contains(.isQuoted) ? 2 : 0)
    return SourceSpan(max(node.span.start, node.span.end - length), node.span.end)
  }
}

import CEL
import Diagnostics

/// Whether a node is `x in []` or `x in {}`.
@inline(__always)
func isEmptyMembership(_ node: Node, _ tree: SyntaxTree) -> Bool {
  node.operation == .in && isEmptyLiteral(tree.nodes[Int(node.second)], tree)
}

/// Whether a loop runs over `[]` or `{}` as its author wrote it; bindings are loops of the same form, made by a macro.
@inline(__always)
func isEmptyLoop(_ node: Node, _ tree: SyntaxTree) -> Bool {
  isEmptyLiteral(tree[tree.comprehensions[Int(node.first)].range], tree)
}

@inline(__always)
private func isEmptyLiteral(_ node: Node, _ tree: SyntaxTree) -> Bool {
  switch node.kind {
  case .list, .map: tree.lists[Int(node.second)] == 0 && !node.flags.contains(.isSynthetic)
  case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .call, .memberCall,
    .unary, .binary, .chain, .conditional, .message, .comprehension:
    false
  }
}

extension CheckedExpression {
  func checkEmptyMembership(_ id: ExpressionID, into found: inout [Diagnostic]) {
    guard !isFaulty(id) else { return }
    let container = operand(tree[id].second)
    let message = EmptyMembership(container: source(tree[container].span), isLoop: false)
    found.append(Diagnostic(message, at: tree[id].span))
  }

  func checkEmptyLoop(_ id: ExpressionID, into found: inout [Diagnostic]) {
    guard !isFaulty(id) else { return }
    let range = tree.comprehensions[Int(tree[id].first)].range
    found.append(Diagnostic(EmptyMembership(container: source(tree[range].span), isLoop: true), at: tree[range].span))
  }
}

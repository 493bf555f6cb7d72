import CEL
import Diagnostics
import Source

/// Whether a disjunction has two neighbours that compare one attribute with literals: `x == "a" || x == "b"`.
func hasEqualityRow(_ node: Node, _ tree: SyntaxTree) -> Bool {
  guard node.operation == .or else { return false }
  let first = Int(node.second) + 1
  var previous: Node?
  for place in first..<(first + Int(tree.lists[Int(node.second)])) {
    let operand = tree.nodes[Int(tree.lists[place])]
    guard isEqualityWithLiteral(operand, tree) else {
      previous = nil
      continue
    }
    if let previous, isSameRow(previous, operand, tree) { return true }
    previous = operand
  }
  return false
}

/// Whether a node is `x == "a"` or `x == 1` for a path `x`.
@inline(__always)
private func isEqualityWithLiteral(_ node: Node, _ tree: SyntaxTree) -> Bool {
  guard node.kind == .binary, node.operation == .equal else { return false }
  let literal = tree.nodes[Int(node.second)].kind
  return (literal == .string || literal == .int) && tree.isMember(tree.nodes[Int(node.first)])
}

private func isSameRow(_ left: Node, _ right: Node, _ tree: SyntaxTree) -> Bool {
  tree.nodes[Int(left.second)].kind == tree.nodes[Int(right.second)].kind && tree.pathRoot(of: left.first) != nil
    && tree.areSamePaths(left.first, right.first)
}

extension CheckedExpression {
  /// `x == "a" || x == "b"` is `x in ["a", "b"]`, which fails where they do and nowhere else.
  mutating func checkEqualityRows(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let operands = tree.list(tree[id].second).map { tree[$0] }
    guard look(operands.count) else { return }
    let places = writtenChain(id).operands
    guard places.count == operands.count else { return }
    var start = 0
    while start < operands.count {
      var end = start + 1
      if isEqualityWithLiteral(operands[start], tree) {
        while end < operands.count, isEqualityWithLiteral(operands[end], tree),
          isSameRow(operands[start], operands[end], tree)
        { end += 1 }
      }
      if end - start > 1 {
        report(operands[start..<end], at: places[start].union(places[end - 1]), into: &found)
      }
      start = end
    }
  }

  private func report(_ row: ArraySlice<Node>, at span: SourceSpan, into found: inout [Diagnostic]) {
    guard let first = row.first, !isFaulty(span) else { return }
    let path = source(tree.nodes[Int(first.first)].span)
    let list = "[" + row.map { source(tree.nodes[Int($0.second)].span) }.joined(separator: ", ") + "]"
    let meant = "\(path) in \(list)"
    let canReplace = !meant.utf8.contains { $0 == 0x0A || $0 == 0x0D } && !hasComment(in: span)
    let fixIt = FixIt("write it with `in`", edits: [SourceEdit(span: span, text: meant)], applicability: .safe)
    let attribute = excerpt(tree.nodes[Int(first.first)].span)
    let message = SimplifiableCondition(
      "`\(attribute) in […]` compares with all \(row.count) at once", fixIt: canReplace ? fixIt : nil)
    found.append(Diagnostic(message, at: span))
  }
}

import CEL
import Diagnostics
import Source

/// Whether a node is `!a in b` or `!a == b`; where the right side is negated too, both sides are meant.
@inline(__always)
func hasNegatedLeft(_ node: Node, _ tree: SyntaxTree) -> Bool {
  let left = tree.nodes[Int(node.first)]
  guard left.kind == .unary, left.operation == .not, left.span.start == node.span.start else { return false }
  let right = tree.nodes[Int(node.second)]
  return !(right.kind == .unary && right.operation == .not)
}

/// Whether a node is a disjunction that has a conjunction, in parentheses or not, for an operand.
func hasConjunction(_ node: Node, _ tree: SyntaxTree) -> Bool {
  node.operation == .or
    && tree.list(node.second).contains { tree[$0].kind == .chain && !tree[$0].flags.contains(.isSynthetic) }
}

extension CheckedExpression {
  func checkNegatedLeft(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let left = operand(tree[id].first)
    // `not` binds looser than comparisons, and stands in parentheses here.
    guard text[tree[left].span.start] == UInt8(ascii: "!"), !isFaulty(id) else { return }
    let negation = written(id).left
    let negated = operand(tree[left].first)
    let fixIt = FixIt(
      "write `(\(excerpt(negation)))`", edits: parentheses(around: negation), applicability: .safe)
    let start = skippingBlanks(from: negation.start + 1, before: negation.end)
    let message = SuspiciousPrecedence(
      negated: excerpt(tree[negated].span), comparison: excerpt(SourceSpan(start, tree[id].span.end)), fixIt: fixIt)
    found.append(Diagnostic(message, at: tree[id].span))
  }

  /// Checks a disjunction where words stand for operators: those who write `&&` know how it binds.
  mutating func checkConjunctions(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let operands = Array(tree.list(tree[id].second))
    guard look(operands.count), !isFaulty(id) else { return }
    let outer = writtenChain(id)
    guard outer.operands.count == operands.count else { return }
    for (place, operand) in operands.enumerated() where tree[operand].kind == .chain {
      let span = outer.operands[place]
      guard !isParenthesized(operand, written: span), look(Int(tree.lists[Int(tree[operand].second)])) else { continue }
      let inner = writtenChain(operand).operators
      let beside = [place - 1, place].filter(outer.operators.indices.contains).map { outer.operators[$0] }
      guard let and = inner.first(where: isWord) ?? inner.first, let or = beside.first(where: isWord) ?? beside.first,
        isWord(and) || isWord(or)
      else { continue }
      let fixIt = FixIt("put parentheses around it", edits: parentheses(around: span), applicability: .safe)
      let message = SuspiciousPrecedence(conjunction: source(and), disjunction: source(or), fixIt: fixIt)
      found.append(Diagnostic(message, at: span))
    }
  }

  private func isWord(_ operation: SourceSpan) -> Bool {
    text[operation.start] == UInt8(ascii: "a") || text[operation.start] == UInt8(ascii: "o")
  }

  private func parentheses(around span: SourceSpan) -> [SourceEdit] {
    [SourceEdit(span: SourceSpan(at: span.start), text: "("), SourceEdit(span: SourceSpan(at: span.end), text: ")")]
  }
}

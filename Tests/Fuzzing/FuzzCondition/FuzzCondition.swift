import CEL
import Diagnostics
import Invariants
import Source

/// The condition parser, in both languages: trees and diagnostics hold together, and what is read is written and read again.
func checkCondition(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  checkCondition(text, .cel)
  checkCondition(text, .policy)
  checkTokens(text)
}

private func checkCondition(_ text: String, _ options: ParserOptions) {
  let (tree, diagnostics) = parseExpression(text, options: options)
  checkDiagnostics(diagnostics, textCount: text.utf8.count)
  checkTree(tree, textCount: text.utf8.count)
  _ = describe(tree)
  let written = unparse(tree)

  guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
  for node in tree.nodes { invariant(node.kind != .error, "an error node without an error in `\(text)`") }
  let (again, complaints) = parseExpression(written, options: .cel)
  let errors = complaints.filter { $0.severity == .error }
  invariant(errors.isEmpty, "`\(text)` was written as `\(written)`: \(errors.map(\.message))")
  if let difference = difference(tree, again) {
    invariant(false, "`\(text)` was written as `\(written)`: \(difference)")
  }
}

/// Operands come before what uses them, and every node stands in the text.
private func checkTree(_ tree: SyntaxTree, textCount count: Int) {
  invariant(tree.root.index < tree.nodes.count, "the root is not in the tree")
  for (index, node) in tree.nodes.enumerated() {
    invariant(node.span.end <= count, "node \(index) ends at \(node.span.end) of \(count)")
    for operand in operands(of: node, in: tree) {
      invariant(operand.index < index, "node \(index) uses node \(operand.index)")
    }
  }
}

private func operands(of node: Node, in tree: SyntaxTree) -> [ExpressionID] {
  switch node.kind {
  case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: []
  case .select, .unary: [ExpressionID(rawValue: node.first)]
  case .index, .binary: [ExpressionID(rawValue: node.first), ExpressionID(rawValue: node.second)]
  case .call, .memberCall, .chain, .conditional, .list, .map, .message: Array(tree.list(node.second))
  case .comprehension:
    [tree.comprehensions[Int(node.first)]].flatMap {
      [$0.range, $0.accumulatorStart, $0.condition, $0.step, $0.result]
    }
  }
}

/// Tokens follow one another and end with the text.
private func checkTokens(_ text: String) {
  var end = 0
  for token in tokens(of: text) {
    invariant(token.span.start >= end, "a token starts at \(token.span.start), before \(end)")
    end = token.span.end
  }
  invariant(end <= text.utf8.count, "the tokens end at \(end) of \(text.utf8.count)")
}

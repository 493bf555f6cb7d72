import CEL
import Diagnostics
import Source

/// Whether one side of a comparison is a call such as `x.lowerAscii()`, and the other has literals.
@inline(__always)
func comparesLetterCase(_ node: Node, _ tree: SyntaxTree) -> Bool {
  let left = tree.nodes[Int(node.first)]
  let right = tree.nodes[Int(node.second)]
  switch node.operation {
  case .equal, .notEqual:
    return left.kind == .memberCall && right.kind == .string && letterCase(left, tree) != nil
      || right.kind == .memberCall && left.kind == .string && letterCase(right, tree) != nil
  case .in: return left.kind == .memberCall && right.kind == .list && letterCase(left, tree) != nil
  case .none, .not, .negate, .or, .and, .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply,
    .divide, .modulo:
    return false
  }
}

/// Whether a node is `x.lowerAscii().startsWith("…")` or a call of its kin.
@inline(__always)
func searchesLetterCase(_ node: Node, _ tree: SyntaxTree) -> Bool {
  let list = Int(node.second)
  guard tree.lists[list] == 2, tree.nodes[Int(tree.lists[list + 1])].kind == .memberCall,
    tree.nodes[Int(tree.lists[list + 2])].kind == .string
  else { return false }
  let isSearch =
    tree.isName(node.first, "startsWith") || tree.isName(node.first, "endsWith") || tree.isName(node.first, "contains")
  return isSearch && letterCase(tree.nodes[Int(tree.lists[list + 1])], tree) != nil
}

/// Whether a method call gives capital letters only; `nil` when it gives letters of both cases.
private func letterCase(_ call: Node, _ tree: SyntaxTree) -> Bool? {
  guard tree.lists[Int(call.second)] == 1 else { return nil }
  if tree.isName(call.first, "lowerAscii") { return false }
  return tree.isName(call.first, "upperAscii") ? true : nil
}

extension CheckedExpression {
  func checkComparedLetterCase(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let node = tree[id]
    let isLeft = tree.nodes[Int(node.first)].kind == .memberCall
    let call = tree.nodes[Int(isLeft ? node.first : node.second)]
    let other = operand(isLeft ? node.second : node.first)
    if tree[other].kind == .list {
      for element in tree.list(tree[other].second) { checkLetterCase(of: element, against: call, into: &found) }
    } else {
      checkLetterCase(of: other, against: call, into: &found)
    }
  }

  func checkSearchedLetterCase(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let list = Int(tree[id].second)
    let call = tree.nodes[Int(tree.lists[list + 1])]
    checkLetterCase(of: operand(tree.lists[list + 2]), against: call, into: &found)
  }

  private func checkLetterCase(of id: ExpressionID, against call: Node, into found: inout [Diagnostic]) {
    let literal = tree[id]
    guard literal.kind == .string, let isUpper = letterCase(call, tree), !isFaulty(id), !isFaulty(call.span) else {
      return
    }
    let wrong: ClosedRange<UInt8> = isUpper ? 0x61...0x7A : 0x41...0x5A
    guard tree.literal(literal).contains(where: wrong.contains) else { return }
    let written = source(literal.span)
    // Letters of an escape mean something else.
    let meant = written.contains("\\") ? nil : isUpper ? written.asciiUppercased : written.asciiLowercased
    let message = CaseMismatch(
      literal: excerpt(literal.span), function: isUpper ? "upperAscii" : "lowerAscii", hasCapitals: !isUpper,
      meant: meant)
    found.append(Diagnostic(message, at: literal.span))
  }
}

extension String {
  /// With small letters for `A` to `Z`, and all else as it is.
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// With capital letters for `a` to `z`, and all else as it is.
  fileprivate var asciiUppercased: String {
    String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 & ~0x20 : $0 }, as: UTF8.self)
  }
}

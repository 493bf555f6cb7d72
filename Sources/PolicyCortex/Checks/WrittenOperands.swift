import CEL
import Source

// Where operators and operands stand as they are written, which nodes do not keep: a node's span is without the
// parentheses around it, and its parent's takes them in.
extension CheckedExpression {
  /// The operator of a binary node, and its operands with the parentheses around them.
  func written(_ id: ExpressionID) -> (left: SourceSpan, operation: SourceSpan, right: SourceSpan) {
    let node = tree[id]
    let left = behind(tree.nodes[Int(node.first)].span.end, before: node.span.end)
    let operatorEnd = min(left.next + length(ofOperatorAt: left.next), node.span.end)
    return (
      SourceSpan(node.span.start, left.end), SourceSpan(left.next, operatorEnd),
      SourceSpan(skippingBlanks(from: operatorEnd, before: node.span.end), node.span.end)
    )
  }

  /// The operands of a chain with the parentheses around them, and the operators between them.
  func writtenChain(_ id: ExpressionID) -> (operands: [SourceSpan], operators: [SourceSpan]) {
    let node = tree[id]
    var operands: [SourceSpan] = []
    var operators: [SourceSpan] = []
    var start = node.span.start
    for operand in tree.list(node.second) {
      let operand = behind(tree[operand].span.end, before: node.span.end)
      operands.append(SourceSpan(start, operand.end))
      guard operand.next < node.span.end else { break }
      let end = min(operand.next + length(ofOperatorAt: operand.next), node.span.end)
      operators.append(SourceSpan(operand.next, end))
      start = skippingBlanks(from: end, before: node.span.end)
    }
    return (operands, operators)
  }

  /// Where an operand ends with the parentheses behind it, and where the next token starts.
  private func behind(_ start: Int, before limit: Int) -> (end: Int, next: Int) {
    var end = start
    var next = skippingBlanks(from: start, before: limit)
    while next < limit, text[next] == UInt8(ascii: ")") {
      end = next + 1
      next = skippingBlanks(from: end, before: limit)
    }
    return (end, next)
  }

  /// The first place from `start` on that is neither blank nor comment.
  func skippingBlanks(from start: Int, before limit: Int) -> Int {
    var index = start
    while index < limit {
      switch text[index] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: index += 1
      case UInt8(ascii: "/") where index + 1 < limit && text[index + 1] == UInt8(ascii: "/"):
        while index < limit, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
      default: return index
      }
    }
    return limit
  }

  private func length(ofOperatorAt place: Int) -> Int {
    guard place < text.count else { return 0 }
    let next = place + 1 < text.count ? text[place + 1] : 0
    switch text[place] {
    case UInt8(ascii: "a"): return 3
    case UInt8(ascii: "o"), UInt8(ascii: "i"), UInt8(ascii: "&"), UInt8(ascii: "|"): return 2
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      return next == UInt8(ascii: "=") ? 2 : 1
    default: return 1
    }
  }

  /// Whether an operand has parentheses around it.
  func isParenthesized(_ operand: ExpressionID, written span: SourceSpan) -> Bool { tree[operand].span != span }
}

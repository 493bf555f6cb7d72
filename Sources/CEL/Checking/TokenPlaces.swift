internal import Source

/// Finds the places of operators and names, which nodes do not keep, in the text that a tree was read from.
///
/// Only what was reported is looked for, so it may take the time to read the text between two operands again.
struct TokenPlaces {
  let tree: SyntaxTree
  private let text: [UInt8]

  init(_ tree: SyntaxTree, _ text: UnsafeBufferPointer<UInt8>) {
    self.tree = tree
    unsafe self.text = Array(text)
  }

  /// What a range of the text holds.
  func text(_ span: SourceSpan) -> String {
    let end = min(span.end, text.count)
    guard span.start < end else { return "" }
    return String(decoding: text[span.start..<end], as: UTF8.self)
  }

  /// The place of the operator between two operands.
  func binaryOperator(_ node: Node) -> SourceSpan {
    guard !node.flags.contains(.isSynthetic) else { return node.span }
    let right = tree.nodes[Int(node.second)].span
    let start = skippingBlanks(from: tree.nodes[Int(node.first)].span.end, over: UInt8(ascii: ")"))
    var end = start
    while end < min(right.start, text.count), isOperator(at: end, after: start) { end += 1 }
    return end > start ? SourceSpan(start, end) : node.span
  }

  /// The place of a call's name, without its namespace.
  func callName(_ node: Node) -> SourceSpan {
    guard !node.flags.contains(.isSynthetic) else { return node.span }
    var start = node.span.start
    if node.kind == .memberCall {
      start = skippingBlanks(from: tree.nodes[Int(tree.lists[Int(node.second) + 1])].span.end, over: UInt8(ascii: ")"))
    }
    start = skippingBlanks(from: start, over: UInt8(ascii: "."))
    let length = tree.names[Int(node.first)].count
    return start + length <= node.span.end ? SourceSpan(start, start + length) : node.span
  }

  /// The place of the type's name that a literal starts with.
  func typeName(_ node: Node) -> SourceSpan {
    var end = node.span.start
    var index = end
    while index < min(node.span.end, text.count), text[index] != UInt8(ascii: "{") {
      index += 1
      end = index
      index = skippingBlanks(from: index, over: UInt8(ascii: "."))
    }
    return end > node.span.start ? SourceSpan(node.span.start, end) : node.span
  }

  /// The first place from `start` on that is neither blank, comment nor a certain byte.
  func skippingBlanks(from start: Int, over skipped: UInt8) -> Int {
    var index = start
    while index < text.count {
      switch text[index] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D, skipped: index += 1
      case UInt8(ascii: "/"):
        guard index + 1 < text.count, text[index + 1] == UInt8(ascii: "/") else { return index }
        while index < text.count && text[index] != 0x0A { index += 1 }
      default: return index
      }
    }
    return index
  }

  private func isOperator(at index: Int, after start: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"):
      // `1 +-1`: the operator ends where the operand's sign begins; so does `a<!b`.
      return index == start || text[index] == UInt8(ascii: "=")
    case UInt8(ascii: "i"): return index == start
    case UInt8(ascii: "n"): return index == start + 1 && text[start] == UInt8(ascii: "i")
    default: return false
    }
  }
}

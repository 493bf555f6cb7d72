internal import Source

/// Finds the place of an expression that is its own and no part's: its operator, or its name.
///
/// The value of a part of a condition is shown under it.
package struct ExpressionAnchors {
  private let places: TokenPlaces

  package init(_ tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>) { places = unsafe TokenPlaces(tree, text) }

  /// The place of an expression, in bytes of the condition's text.
  package func anchor(of id: ExpressionID) -> Int {
    let tree = places.tree
    let node = tree[id]
    if let call = tree.macroCall(of: id) { return places.callName(tree[call.call]).start }
    switch node.kind {
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .unary, .list, .map, .message,
      .comprehension:
      return node.span.start
    case .select:
      let length = tree.names[Int(node.second)].count + (node.flags.contains(.isQuoted) ? 2 : 0)
      return max(node.span.start, node.span.end - length)
    case .index: return behind(node.first)
    case .call, .memberCall: return places.callName(node).start
    case .binary: return places.binaryOperator(node).start
    case .chain, .conditional: return tree.list(node.second).first.map { behind($0.rawValue) } ?? node.span.start
    }
  }

  /// The next token behind an operand and its closing parentheses.
  private func behind(_ operand: UInt32) -> Int {
    places.skippingBlanks(from: places.tree.nodes[Int(operand)].span.end, over: UInt8(ascii: ")"))
  }
}

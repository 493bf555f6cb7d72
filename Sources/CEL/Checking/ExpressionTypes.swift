package import Source

extension Checker {
  /// The types of the last tree's expressions as they were written: what macros make of them is left out, and so is what
  /// has no type (names of namespaces, fields and loop variables where they are declared).
  ///
  /// - Returns: By place, what contains others before them.
  package mutating func writtenTypes(_ tree: SyntaxTree) -> [(span: SourceSpan, type: CELType)] {
    var written: [(span: SourceSpan, type: CELType)] = []
    let calls = Set(tree.macroCalls.map(\.call))
    for index in tree.nodes.indices.reversed() {
      let id = ExpressionID(index)
      let node = tree.nodes[index]
      guard types.indices.contains(index), types[index] != .unknown, !node.flags.contains(.isDeclaration),
        !calls.contains(id), !node.flags.contains(.isSynthetic) || tree.macroCall(of: id) != nil
      else { continue }
      written.append((node.span, type(of: id)))
    }
    // A node's parts have smaller ids, so that of two with one place the outer comes first.
    return written.enumerated().sorted {
      ($0.element.span.start, -$0.element.span.end, $0.offset) < (
        $1.element.span.start, -$1.element.span.end, $1.offset
      )
    }.map(\.element)
  }
}

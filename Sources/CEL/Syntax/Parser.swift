package import Diagnostics
internal import Source

/// Reads a condition into a syntax tree, and finds every independent error on the way.
///
/// A parser is meant to be kept: its arrays are reused, so that a warmed-up one allocates nothing on clean input.
package struct Parser {
  package let options: ParserOptions
  /// What the last `parse` read; never without a root.
  package internal(set) var tree = SyntaxTree()
  /// What the last `parse` found, in offsets of its text and in order of their places.
  package internal(set) var diagnostics: [Diagnostic] = []
  var names = NameTable()

  package init(options: ParserOptions = .cel) { self.options = options }

  /// Reads a text; what was read before is gone.
  package mutating func parse(_ text: UnsafeBufferPointer<UInt8>) {
    tree.nodes.removeAll(keepingCapacity: true)
    tree.root = append(Node(.error, SourceSpan(0, text.count)))
  }
}

// What macro expansions are built with.
extension Parser {
  /// Adds a node behind all others.
  mutating func append(_ node: Node) -> ExpressionID {
    tree.nodes.append(node)
    return ExpressionID(tree.nodes.count - 1)
  }

  /// The id of a name, which is added to the tree when it is new.
  mutating func intern(_ name: StaticString) -> NameID { intern(Array("\(name)".utf8)) }

  /// The id of a name, which is added to the tree when it is new.
  mutating func intern(_ name: [UInt8]) -> NameID { names.intern(name, name.indices, in: &tree) }

  /// Adds an operand list; the result is what a node's `second` holds.
  mutating func makeList(_ items: [ExpressionID]) -> UInt32 {
    let start = UInt32(truncatingIfNeeded: tree.lists.count)
    tree.lists.append(UInt32(truncatingIfNeeded: items.count))
    for item in items { tree.lists.append(item.rawValue) }
    return start
  }

  /// Reports an error or advice at a place of the condition.
  mutating func report(_ message: some DiagnosticMessage, at span: SourceSpan, related: [RelatedPlace] = []) {
    diagnostics.append(Diagnostic(message, at: span, related: related))
  }
}

/// Reads one text with a parser of its own.
package func parseExpression(
  _ text: String, options: ParserOptions = .cel
) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
  var parser = Parser(options: options)
  var text = text
  text.withUTF8 { unsafe parser.parse($0) }
  return (parser.tree, parser.diagnostics)
}

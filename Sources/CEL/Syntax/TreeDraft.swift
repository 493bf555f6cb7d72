internal import Source

/// A tree that is being built, in memory that is kept from one expression to the next; see `SyntaxTree` for its parts.
struct TreeDraft {
  var nodes = Stack<Node>(capacity: 128)
  /// INVARIANT: `lists[0]` is 0, so 0 is an empty list.
  var lists = Stack<UInt32>(capacity: 128)
  var comprehensions: [Comprehension] = []
  var macroCalls: [MacroCall] = []
  var literalBytes = Stack<UInt8>(capacity: 512)
  var nameBytes = Stack<UInt8>(capacity: 512)
  var names = Stack<SourceSpan>(capacity: 64)

  subscript(id: ExpressionID) -> Node { nodes[id.index] }

  /// A name's text.
  func text(_ name: NameID) -> String { String(decoding: bytes(of: name.rawValue), as: UTF8.self) }

  /// The bytes of a name, by its number.
  @inline(__always)
  func bytes(of name: UInt32) -> Slice<Stack<UInt8>> { nameBytes[names[Int(name)].range] }

  /// Forgets everything but the memory.
  mutating func removeAll() {
    nodes.removeAll()
    lists.removeAll()
    lists.append(0)
    if !comprehensions.isEmpty { comprehensions.removeAll(keepingCapacity: true) }
    if !macroCalls.isEmpty { macroCalls.removeAll(keepingCapacity: true) }
    literalBytes.removeAll()
    nameBytes.removeAll()
    names.removeAll()
  }

  /// Puts what was built into a tree, in place of what was there.
  mutating func replaceContent(of tree: inout SyntaxTree) {
    nodes.replaceElements(of: &tree.nodes)
    lists.replaceElements(of: &tree.lists)
    literalBytes.replaceElements(of: &tree.literalBytes)
    nameBytes.replaceElements(of: &tree.nameBytes)
    names.replaceElements(of: &tree.names)
    // What goes the other way is forgotten before the next expression.
    swap(&comprehensions, &tree.comprehensions)
    swap(&macroCalls, &tree.macroCalls)
  }
}

package import Source

/// A JSON or YAML document read into one tree in which every node knows where it came from.
///
/// Nodes, decoded texts and source-map segments lie in four arrays: reading, walking and freeing a document of any depth
/// needs no recursion and hardly an allocation.
package struct Document: Sendable {
  package let source: SourceText
  package var format: DocumentFormat
  /// INVARIANT: pre-order; see `DocumentNode`.
  package var nodes: [DocumentNode] = []
  package var decodedTexts: [DecodedText] = []
  package var decodedBytes: [UInt8] = []
  package var segments: [SourceMapSegment] = []
  /// The top value of each document of the stream; JSON has one at most.
  package var roots: [NodeID] = []
  /// Keys that stand in their object already, each with the first of its name.
  ///
  /// The decoder reports them.
  package var duplicateKeys: [(key: NodeID, first: NodeID)] = []
  /// YAML's comments that start with `policycortex:`, from the `#` to the line's end, in order.
  package var directives: [SourceSpan] = []

  package init(source: SourceText, format: DocumentFormat) {
    self.source = source
    self.format = format
  }

  @inlinable
  package subscript(id: NodeID) -> DocumentNode { nodes[id.index] }

  /// The node that an alias stands for, or the node itself.
  ///
  /// INVARIANT: aliases refer backwards, so this ends.
  package func resolved(_ id: NodeID) -> NodeID {
    var id = id
    while nodes[id.index].kind == .alias { id = NodeID(Int(nodes[id.index].link)) }
    return id
  }

  /// The index of the next sibling of a node.
  @inlinable
  package func next(after index: Int) -> Int {
    switch nodes[index].kind {
    case .array, .object: Int(nodes[index].link)
    default: index + 1
    }
  }

  /// Visits the elements of an array in order, aliases unresolved.
  package func forEachElement(of array: NodeID, _ body: (_ index: Int, _ value: NodeID) -> Void) {
    guard nodes[array.index].kind == .array else { return }
    let end = Int(nodes[array.index].link)
    var child = array.index + 1
    var index = 0
    while child < end {
      body(index, NodeID(child))
      child = next(after: child)
      index += 1
    }
  }

  /// Visits the members of an object in order, duplicates included, aliases unresolved.
  package func forEachMember(of object: NodeID, _ body: (_ key: NodeID, _ value: NodeID) -> Void) {
    guard nodes[object.index].kind == .object else { return }
    let end = Int(nodes[object.index].link)
    var child = object.index + 1
    while child < end {
      let value = next(after: child)
      guard value < end else { return }
      body(NodeID(child), NodeID(value))
      child = next(after: value)
    }
  }

  /// Calls the body with the decoded UTF-8 bytes of a scalar: a string's content, a number as it is written.
  package func withBytes<Result>(of id: NodeID, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
    -> Result
  {
    let node = nodes[resolved(id).index]
    if node.link != DocumentNode.verbatim, node.kind == .string || node.kind == .integer || node.kind == .float {
      let range = decodedTexts[Int(node.link)].bytes.range
      return try unsafe decodedBytes.withUnsafeBufferPointer {
        try unsafe body(UnsafeBufferPointer(rebasing: $0[range]))
      }
    }
    let range = contentSpan(of: node).range
    return try unsafe source.bytes.withUnsafeBufferPointer { try unsafe body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The decoded text of a scalar.
  package func text(of id: NodeID) -> String {
    unsafe withBytes(of: id) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// How offsets of a scalar's decoded text map to the document.
  package func sourceMap(of id: NodeID) -> SourceMap {
    let node = nodes[resolved(id).index]
    guard node.kind == .string, node.link != DocumentNode.verbatim else {
      return SourceMap(verbatim: contentSpan(of: node))
    }
    let decoded = decodedTexts[Int(node.link)]
    return SourceMap(
      content: decoded.content, decodedCount: decoded.bytes.count, segments: segments[decoded.segments.range])
  }

  /// A verbatim scalar's content: its span without quotes.
  private func contentSpan(of node: DocumentNode) -> SourceSpan {
    guard node.kind == .string else { return node.span }
    switch node.style {
    case .json, .singleQuoted, .doubleQuoted: return SourceSpan(node.span.start + 1, node.span.end - 1)
    case .plain, .literal, .folded: return node.span
    }
  }
}

/// The two spellings of a document.
package enum DocumentFormat: Sendable {
  case json, yaml
}

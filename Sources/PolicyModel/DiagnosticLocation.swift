package import Diagnostics
package import DocumentTree
internal import Source

/// Gives diagnostics of the readers, which know offsets only, the paths of the values they stand in.
///
/// One walk over the tree for all of them, which steps over subtrees without one.
///
/// - Parameters:
///   - diagnostics: What a reader found, in any order.
///   - document: What it read.
/// - Returns: The same, ordered by offset, each with the path of the innermost value around its start.
package func located(_ diagnostics: [Diagnostic], in document: Document) -> [Diagnostic] {
  guard !diagnostics.isEmpty else { return [] }
  var walk = OffsetWalk(document)
  return diagnostics.inDocumentOrder().map { diagnostic in
    var diagnostic = diagnostic
    diagnostic.path = walk.path(at: diagnostic.span.start)
    for index in diagnostic.related.indices { diagnostic.related[index].path = diagnostic.path }
    return diagnostic
  }
}

/// A walk along the offsets of a document, from the first to the last.
private struct OffsetWalk {
  /// A container around the current offset.
  private struct Frame {
    let node: Int
    let path: FieldPath
    /// The child at which the walk stands: an element, or a key.
    var child: Int
    var position = 0
  }

  private let document: Document
  private var roots: ArraySlice<(node: Int, path: FieldPath)>
  private var frames: [Frame] = []

  init(_ document: Document) {
    self.document = document
    roots = PolicyDecoder(document).roots[...]
  }

  /// The path of the innermost value around an offset, which is not less than any asked for before.
  mutating func path(at offset: Int) -> FieldPath {
    while let frame = frames.last, frames.count > 1, document.nodes[frame.node].span.end <= offset {
      frames.removeLast()
    }
    // Behind the last byte of a top value is still its own: a bracket is missing there.
    while let next = roots.first, document.nodes[next.node].span.start <= offset || frames.isEmpty {
      roots.removeFirst()
      frames = [Frame(node: next.node, path: next.path, child: next.node + 1)]
    }
    while let frame = frames.last {
      guard let (path, value) = enter(frame, at: offset) else { return frame.path }
      guard let value else { return path }
      frames.append(Frame(node: value, path: path, child: value + 1))
    }
    return FieldPath()
  }

  /// The child of a container that an offset stands in, and the child's value when it stands in that.
  private mutating func enter(_ frame: Frame, at offset: Int) -> (path: FieldPath, value: Int?)? {
    let node = document.nodes[frame.node]
    guard node.kind == .array || node.kind == .object else { return nil }
    let end = Int(node.link)
    var child = frame.child
    var position = frame.position
    while child < end {
      let value = node.kind == .array ? child : document.next(after: child)
      guard value < end, document.nodes[value].span.end <= offset else { break }
      child = document.next(after: value)
      position += 1
    }
    frames[frames.count - 1].child = child
    frames[frames.count - 1].position = position
    guard child < end, document.nodes[child].span.start <= offset else { return nil }
    if node.kind == .array { return (frame.path.index(position), child) }
    let path = frame.path.key(document.text(of: NodeID(child)))
    let value = document.next(after: child)
    return (path, value < end && document.nodes[value].span.start <= offset ? value : nil)
  }
}

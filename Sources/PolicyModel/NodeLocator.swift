internal import Diagnostics
internal import DocumentTree

/// Finds the paths of keys, asked for in document order, in one walk over the tree.
///
/// Subtrees that hold no key that is asked for are stepped over, and no step is taken twice: 100,000 places take no longer
/// than the tree is large.
struct NodeLocator {
  /// A container on the way to the current place.
  private struct Frame {
    let container: Int
    let end: Int
    let path: FieldPath
    let isArray: Bool
    /// The child at which the walk stands: an element, or a key.
    var child: Int
    var position = 0
  }

  private let nodes: [DocumentNode]
  private let text: (Int) -> String
  private var roots: ArraySlice<(node: Int, path: FieldPath)>
  private var frames: [Frame] = []

  /// Starts a walk.
  ///
  /// - Parameters:
  ///   - nodes: The tree.
  ///   - roots: The top values and their paths, in document order.
  ///   - text: A key's text.
  init(nodes: [DocumentNode], roots: [(node: Int, path: FieldPath)], text: @escaping (Int) -> String) {
    self.nodes = nodes
    self.roots = roots[...]
    self.text = text
  }

  /// The path of a member and its object, by its key, which must lie behind all that were asked for before.
  mutating func location(ofKey key: Int) -> (path: FieldPath, object: Int)? {
    while let frame = frames.last, frame.end <= key { frames.removeLast() }
    if frames.isEmpty {
      while let root = roots.first, end(of: root.node) <= key { roots.removeFirst() }
      guard let root = roots.first, root.node < key else { return nil }
      roots.removeFirst()
      push(root.node, root.path)
    }
    while let frame = frames.last {
      let path: FieldPath
      let value: Int
      var child = frame.child
      var position = frame.position
      // INVARIANT: the key lies in the frame, so the walk stops in it too.
      if frame.isArray {
        while child < frame.end, end(of: child) <= key {
          child = end(of: child)
          position += 1
        }
        (path, value) = (frame.path.index(position), child)
      } else {
        while child < frame.end, end(of: child + 1) <= key { child = end(of: child + 1) }
        guard child < frame.end else { return nil }
        (path, value) = (frame.path.key(text(child)), child + 1)
      }
      // What is asked for next lies behind this.
      frames[frames.count - 1].child = child
      frames[frames.count - 1].position = position
      if child == key, !frame.isArray { return (path, frame.container) }
      guard child < frame.end, value < key else { return nil }
      push(value, path)
    }
    return nil
  }

  private mutating func push(_ node: Int, _ path: FieldPath) {
    frames.append(
      Frame(
        container: node, end: end(of: node), path: path, isArray: nodes[node].kind == .array, child: node + 1))
  }

  /// Behind a node's subtree.
  private func end(of node: Int) -> Int {
    let kind = nodes[node].kind
    return kind == .object || kind == .array ? Int(nodes[node].link) : node + 1
  }
}

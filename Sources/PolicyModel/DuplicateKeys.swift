internal import Diagnostics
internal import DocumentTree

/// Keys that stand in their object twice, wherever in the document that is.
extension PolicyDecoder {
  /// Reports them in one walk over the tree; those of variables are declarations, and fail the policy's meaning.
  mutating func reportDuplicateKeys() {
    guard !document.duplicateKeys.isEmpty else { return }
    var locator = NodeLocator(nodes: nodes, roots: roots) { [document] in document.text(of: NodeID($0)) }
    for (key, first) in document.duplicateKeys.sorted(by: { $0.key.index < $1.key.index }) {
      guard !isFull else { return }
      guard let location = locator.location(ofKey: key.index) else { continue }
      let name = document.text(of: key)
      let related = [RelatedPlace("the first one", at: nodes[first.index].span, in: location.path)]
      let span = nodes[key.index].span
      if variableObjects.contains(location.object) {
        let message = DuplicateVariable(name: excerpt(name))
        add(Diagnostic(message, at: span, in: location.path, related: related))
      } else {
        let message = DuplicateKey(name: excerpt(name))
        add(Diagnostic(message, at: span, in: location.path, related: related))
      }
    }
  }
}

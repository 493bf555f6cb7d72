package import DocumentTree
import Source

/// Holds a tree to its description: nodes in document order, children inside their parents, maps that lead back.
package func checkDocument(_ document: Document) {
  let count = document.source.bytes.count
  var open: [(end: Int, span: SourceSpan)] = []
  for index in document.nodes.indices {
    let id = NodeID(index)
    let node = document[id]
    invariant(node.span.end <= count, "node \(index) ends at \(node.span.end) of \(count)")
    while let last = open.last, last.end <= index { open.removeLast() }
    switch node.kind {
    case .array, .object:
      invariant(
        Int(node.link) > index && Int(node.link) <= document.nodes.count, "node \(index) ends at node \(node.link)")
      if let parent = open.last { invariant(Int(node.link) <= parent.end, "node \(index) ends behind its parent") }
      open.append((Int(node.link), node.span))
    case .alias:
      invariant(Int(node.link) < document.nodes.count, "alias \(index) leads to node \(node.link)")
    case .string:
      checkString(id, in: document)
    case .null, .true, .false, .integer, .float, .invalid:
      break
    }
  }
  for object in document.nodes.indices where document.nodes[object].kind == .object {
    document.forEachMember(of: NodeID(object)) { key, _ in
      invariant(document[document.resolved(key)].kind == .string, "key \(key.index) is no string")
    }
  }
  for (key, first) in document.duplicateKeys {
    invariant(document.text(of: key) == document.text(of: first), "keys \(key.index) and \(first.index) differ")
  }
}

/// A string's text is UTF-8, and every place of it maps into the document and back.
private func checkString(_ id: NodeID, in document: Document) {
  let map = document.sourceMap(of: id)
  let bytes = unsafe document.withBytes(of: id) { unsafe Array($0) }
  invariant(map.decodedCount == bytes.count, "string \(id.index) has \(bytes.count) bytes and maps \(map.decodedCount)")
  invariant(map.content.end <= document.source.bytes.count, "the content of string \(id.index) ends outside the text")
  var last = 0
  for offset in 0...bytes.count {
    let source = map.sourceOffset(offset)
    invariant(source >= last && source <= document.source.bytes.count, "string \(id.index) maps \(offset) to \(source)")
    last = source
    guard offset < bytes.count else { break }
    // A line end that the text's end stands for has no bytes, and so no way back.
    let hasBytes = !map.sourceSpan(SourceSpan(offset, offset + 1)).isEmpty
    invariant(
      !hasBytes || map.decodedOffset(source) <= offset, "string \(id.index) maps \(offset) to \(source) and not back")
  }
}

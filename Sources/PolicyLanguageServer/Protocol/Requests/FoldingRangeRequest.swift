internal import DocumentTree
internal import PolicyCortex
internal import Source

/// `textDocument/foldingRange`: objects, lists and texts of several lines.
struct FoldingRangeRequest: RequestMessage {
  static let method = "textDocument/foldingRange"
  private let uri: String

  init(_ parameters: Parameters) throws(ResponseError) { uri = try parameters.documentURI() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let tree = server.inspection(uri)?.document else { return [] }
    let lines = document.lines()
    var ends: [Int: Int] = [:]
    func fold(from start: Int, _ value: SourceSpan) {
      guard !value.isEmpty else { return }
      let first = lines.lineIndex(of: start)
      var end = value.end
      while end > value.start, document.bytes[end - 1] <= 0x20 { end -= 1 }
      let isBracket =
        document.bytes[value.start] == UInt8(ascii: "{") || document.bytes[value.start] == UInt8(ascii: "[")
      // A closing bracket stays to be seen.
      let last = lines.lineIndex(of: max(end - 1, value.start)) - (isBracket ? 1 : 0)
      if last > first { ends[first] = max(ends[first] ?? 0, last) }
    }
    for index in tree.nodes.indices {
      tree.forEachMember(of: NodeID(index)) { key, value in fold(from: tree[key].span.start, tree[value].span) }
      tree.forEachElement(of: NodeID(index)) { _, value in fold(from: tree[value].span.start, tree[value].span) }
    }
    return .array(
      ends.sorted { $0.key < $1.key }.map { ["startLine": .integer($0.key), "endLine": .integer($0.value)] })
  }
}

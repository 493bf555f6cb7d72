internal import CEL
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// `textDocument/selectionRange`: what a selection grows to, from a word to the whole document.
struct SelectionRangeRequest: RequestMessage {
  static let method = "textDocument/selectionRange"
  private let uri: String
  private let positions: [Position]

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    positions = parameters["positions"].elements.compactMap(\.position)
  }

  /// An expression is as deep as it is long; more steps than these are of no use.
  private static let stepLimit = 64

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri) else { return .null }
    return .array(
      positions.map { position in
        let spans = spans(around: document.offset(of: position), in: inspection, document.bytes.count)
        var range: JSON?
        for span in spans.suffix(SelectionRangeRequest.stepLimit) {
          range = .members(["range": document.range(span), "parent": range])
        }
        return range ?? .null
      })
  }

  /// The parts of the document that hold an offset, each inside the one before it.
  private func spans(around offset: Int, in inspection: DocumentInspection, _ count: Int) -> [SourceSpan] {
    var spans = [SourceSpan(0, count)]
    func add(_ span: SourceSpan) { if span.start <= offset, offset <= span.end { spans.append(span) } }
    let tree = inspection.document
    for index in tree.nodes.indices {
      add(tree.nodes[index].span)
      tree.forEachMember(of: NodeID(index)) { key, value in
        if tree[value].span.start >= tree[key].span.end { add(tree[key].span.union(tree[value].span)) }
      }
    }
    if let expression = inspection.expression(at: offset) {
      for node in expression.tree.nodes { add(expression.documentSpan(node.span)) }
      let cursor = ExpressionCursor(expression, atDocument: offset)
      if let token = cursor.token { add(expression.documentSpan(token.span)) }
    }
    var nested: [SourceSpan] = []
    for span in spans.sorted(by: { ($0.count, $1.start) > ($1.count, $0.start) }) {
      guard let last = nested.last else {
        nested.append(span)
        continue
      }
      if span != last, span.start >= last.start, span.end <= last.end { nested.append(span) }
    }
    return nested
  }
}

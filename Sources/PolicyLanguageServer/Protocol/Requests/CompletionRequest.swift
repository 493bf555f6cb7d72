internal import DocumentTree
internal import PolicyCortex
internal import Source

/// `textDocument/completion`: what can be written here.
struct CompletionRequest: RequestMessage {
  static let method = "textDocument/completion"
  private let place: DocumentPlace

  init(_ parameters: Parameters) throws(ResponseError) { place = try parameters.place() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    let offset = document.offset(of: place.position)
    guard let inspection = server.inspection(place.uri) else { return [] }
    let items: [Completion.Item]
    let replaced: SourceSpan
    if let expression = inspection.expression(at: offset) {
      let quote = expression.scalar.style == .singleQuoted ? "\"" : "'"
      let found = Completion(expression, atDocument: offset, quote: quote).items()
      items = found.items
      // What is blank may stand behind what there is of the scalar.
      replaced = expression.text.isEmpty ? SourceSpan(at: offset) : expression.documentSpan(found.replaced)
    } else {
      let found = KeyCompletion(inspection, document.bytes, at: offset).items()
      items = found.items
      replaced = found.replaced
    }
    let range = document.range(replaced)
    let hasSnippets = server.client.hasSnippets
    let showsMarkdown = server.client.showsMarkdownOfItems
    return .array(
      items.enumerated().map { index, item in
        let number = String(index)
        let text = hasSnippets ? item.snippet ?? item.label : item.label
        return .members([
          "label": .string(item.label), "kind": .integer(item.kind.rawValue),
          "detail": item.detail.map { .string($0) },
          "documentation": item.documentation.map { showsMarkdown ? Markup.markdown($0) : .string(Markup.plain($0)) },
          "tags": item.isDeprecated ? [1] : nil,
          // In the order in which they stand here.
          "sortText": .string(String(repeating: "0", count: max(0, 5 - number.utf8.count)) + number),
          "insertTextFormat": hasSnippets && item.snippet != nil ? 2 : nil,
          "textEdit": ["range": range, "newText": .string(text)],
        ])
      })
  }
}

internal import PolicyCortex

/// `textDocument/hover`: what the word under the cursor is.
struct HoverRequest: RequestMessage {
  static let method = "textDocument/hover"
  private let place: DocumentPlace

  init(_ parameters: Parameters) throws(ResponseError) { place = try parameters.place() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    let offset = document.offset(of: place.position)
    guard let expression = server.inspection(place.uri)?.expression(at: offset),
      let (markdown, span) = Hover(expression, atDocument: offset).content()
    else { return .null }
    return [
      "contents": server.client.showsMarkdownOfHovers
        ? Markup.markdown(markdown) : ["kind": "plaintext", "value": .string(Markup.plain(markdown))],
      "range": document.range(expression.documentSpan(span)),
    ]
  }
}

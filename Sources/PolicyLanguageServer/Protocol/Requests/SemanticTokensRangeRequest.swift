/// `textDocument/semanticTokens/range`: what the words of the expressions in a part of a document are.
struct SemanticTokensRangeRequest: RequestMessage {
  static let method = "textDocument/semanticTokens/range"
  private let uri: String
  private let range: (start: Position, end: Position)

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    range = try parameters.wantedRange()
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri) else { return .null }
    return ["data": SemanticTokens(inspection, &document, in: document.span(range)).json]
  }
}

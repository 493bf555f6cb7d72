internal import Source

/// `textDocument/semanticTokens/range`: what the words of the expressions in a part of a document are.
struct SemanticTokensRangeRequest: RequestMessage {
  static let method = "textDocument/semanticTokens/range"
  private let uri: String
  private let range: (start: Position, end: Position)

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    guard let range = parameters["range"].range else { throw ResponseError(.invalidParams, "no range is named") }
    self.range = range
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri) else { return .null }
    let start = document.offset(of: range.start)
    let span = SourceSpan(start, max(start, document.offset(of: range.end)))
    return ["data": SemanticTokens(inspection, &document, in: span).json]
  }
}

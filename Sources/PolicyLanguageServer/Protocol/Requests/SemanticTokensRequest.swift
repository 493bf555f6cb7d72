/// `textDocument/semanticTokens/full`: what the words of all expressions are.
struct SemanticTokensRequest: RequestMessage {
  static let method = "textDocument/semanticTokens/full"
  private let uri: String

  init(_ parameters: Parameters) throws(ResponseError) { uri = try parameters.documentURI() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri) else { return .null }
    let tokens = SemanticTokens(inspection, &document)
    return ["resultId": .string(server.keep(tokens, of: uri)), "data": tokens.json]
  }
}

extension LanguageServer {
  /// Keeps the tokens that are sent, so that the next time what has changed is enough.
  ///
  /// - Returns: What they go by.
  func keep(_ tokens: SemanticTokens, of uri: String) -> String {
    resultCount += 1
    sentTokens[uri] = (tokens.data, String(resultCount))
    return String(resultCount)
  }
}

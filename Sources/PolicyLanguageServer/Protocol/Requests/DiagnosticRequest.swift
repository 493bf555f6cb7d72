/// `textDocument/diagnostic`: what is found in a document; nothing is told twice.
struct DiagnosticRequest: RequestMessage {
  static let method = "textDocument/diagnostic"
  private let uri: String
  private let previous: String?

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    previous = parameters["previousResultId"].text
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    _ = try server.document(uri)
    guard let checked = server.checked(uri) else { return .null }
    if checked.resultID == previous { return ["kind": "unchanged", "resultId": .string(checked.resultID)] }
    return ["kind": "full", "resultId": .string(checked.resultID), "items": .array(checked.items)]
  }
}

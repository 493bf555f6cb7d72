internal import PolicyCortex

/// `textDocument/formatting`: lays out the conditions, as `policycortex format` does.
struct FormattingRequest: RequestMessage {
  static let method = "textDocument/formatting"
  private let uri: String

  init(_ parameters: Parameters) throws(ResponseError) { uri = try parameters.documentURI() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard server.checked(uri)?.validator != nil else { return [] }
    let report = PolicyFormatter().format(document.bytes, name: document.name)
    return .array(wholeTextEdits(from: document.bytes, to: report.bytes).map { document.edit($0) })
  }
}

/// `textDocument/didChange`: edits of the text, each on what the ones before it have left.
struct DidChangeNotification: NotificationMessage {
  static let method = "textDocument/didChange"
  private let uri: String
  private let version: Int?
  private let changes: [Parameters]

  init?(_ parameters: Parameters) {
    guard let uri = parameters["textDocument"]["uri"].text else { return nil }
    self.uri = uri
    version = parameters["textDocument"]["version"].integer
    changes = parameters["contentChanges"].elements
  }

  func take(by server: LanguageServer) {
    guard var document = server.documents.removeValue(forKey: uri) else { return }
    for change in changes {
      guard let text = change["text"].text else { continue }
      document.change(change["range"].range, to: text)
    }
    if let version { document.version = version }
    server.documents[uri] = document
    server.check(uri)
  }
}

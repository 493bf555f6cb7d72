/// `textDocument/didClose`: the file counts again; nothing more is said of it.
struct DidCloseNotification: NotificationMessage {
  static let method = "textDocument/didClose"
  private let uri: String

  init?(_ parameters: Parameters) {
    guard let uri = parameters["textDocument"]["uri"].text else { return nil }
    self.uri = uri
  }

  func take(by server: LanguageServer) {
    server.results[uri] = nil
    server.sentTokens[uri] = nil
    server.caches[uri] = nil
    guard server.documents.removeValue(forKey: uri) != nil, !server.client.pullsDiagnostics else { return }
    server.publish([], of: uri, version: nil)
  }
}

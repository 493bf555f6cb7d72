/// `textDocument/didSave`: what others are validated with may have been saved.
struct DidSaveNotification: NotificationMessage {
  static let method = "textDocument/didSave"
  private let path: String

  init?(_ parameters: Parameters) {
    guard let path = parameters["textDocument"]["uri"].text.flatMap(DocumentURI.path) else { return nil }
    self.path = path
  }

  func take(by server: LanguageServer) { server.filesChanged([path]) }
}

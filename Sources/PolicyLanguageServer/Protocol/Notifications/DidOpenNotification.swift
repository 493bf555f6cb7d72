/// `textDocument/didOpen`: the editor's text counts from now on, not the file's.
struct DidOpenNotification: NotificationMessage {
  static let method = "textDocument/didOpen"
  private let uri: String
  private let text: String
  private let document: Parameters

  init?(_ parameters: Parameters) {
    document = parameters["textDocument"]
    guard let uri = document["uri"].text, let text = document["text"].text else { return nil }
    self.uri = uri
    self.text = text
  }

  func take(by server: LanguageServer) {
    server.documents[uri] = OpenDocument(
      uri: uri, language: document["languageId"].text ?? "", version: document["version"].integer ?? 0, text: text,
      encoding: server.client.encoding)
    server.check(uri)
  }
}

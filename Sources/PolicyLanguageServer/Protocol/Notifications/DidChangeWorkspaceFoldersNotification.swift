/// `workspace/didChangeWorkspaceFolders`: folders were opened or closed.
struct DidChangeWorkspaceFoldersNotification: NotificationMessage {
  static let method = "workspace/didChangeWorkspaceFolders"
  private let added: [String]
  private let removed: [String]

  init(_ parameters: Parameters) {
    func paths(_ name: String) -> [String] {
      parameters["event"][name].elements.compactMap { $0["uri"].text.flatMap(DocumentURI.path) }
    }
    added = paths("added")
    removed = paths("removed")
  }

  func take(by server: LanguageServer) {
    server.workspace.folders.removeAll { removed.contains($0) }
    server.workspace.folders += added.filter { !server.workspace.folders.contains($0) }
    server.workspace.reload()
    server.checkAll()
  }
}

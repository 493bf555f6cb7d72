/// `workspace/didChangeWatchedFiles`: files have changed, whoever changed them.
struct DidChangeWatchedFilesNotification: NotificationMessage {
  static let method = "workspace/didChangeWatchedFiles"
  private let paths: [String]

  init(_ parameters: Parameters) {
    paths = parameters["changes"].elements.compactMap { $0["uri"].text.flatMap(DocumentURI.path) }
  }

  func take(by server: LanguageServer) { server.filesChanged(paths) }
}

extension LanguageServer {
  /// Validates all documents anew if one of the files is a configuration or a schema of theirs, and has decisions asked for
  /// anew if one is what they rest on.
  func filesChanged(_ paths: [String]) {
    if paths.contains(where: { OpenDocument.isTestName($0) || $0 == pinned?.path }) { refreshDecisions() }
    guard paths.contains(where: workspace.dependsOn) else { return }
    workspace.reload()
    checkAll()
  }
}

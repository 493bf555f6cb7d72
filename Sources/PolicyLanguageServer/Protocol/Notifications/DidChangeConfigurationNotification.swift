/// `workspace/didChangeConfiguration`: the editor's settings have changed.
///
/// `{"policycortex": {"resourceTypes": "schemas"}}` names the resource types as the command line's `--resource-types` does.
struct DidChangeConfigurationNotification: NotificationMessage {
  static let method = "workspace/didChangeConfiguration"
  private let settings: Parameters

  init(_ parameters: Parameters) { settings = parameters["settings"]["policycortex"] }

  func take(by server: LanguageServer) {
    if settings.value != nil { server.workspace.resourceTypes = settings["resourceTypes"].text }
    server.workspace.reload()
    server.checkAll()
  }
}

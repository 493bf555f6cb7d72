/// `shutdown`: the editor wants nothing more but `exit`.
struct ShutdownRequest: RequestMessage {
  static let method = "shutdown"

  init(_ parameters: Parameters) {}

  func result(of server: LanguageServer) -> JSON {
    server.isShutDown = true
    return .null
  }
}

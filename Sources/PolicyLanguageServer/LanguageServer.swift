internal import PolicyCortex

/// A language server: messages in, messages out.
///
/// It knows no streams and no threads; who has those hands it one message at a time.
package final class LanguageServer {
  let version: String
  /// The open documents, by their URIs.
  var documents: [String: OpenDocument] = [:]
  var workspace = Workspace()
  var client = ClientCapabilities()
  /// Whether the editor has introduced itself.
  var isInitialized = false
  package internal(set) var isShutDown = false
  /// Set when the editor says that all is over.
  package internal(set) var exitStatus: Int32?
  /// The editor's process, which this one does not outlive.
  package internal(set) var clientProcess: Int32?
  /// What was last found in each document as it was sent, and what that goes by.
  var results: [String: (items: [UInt8], id: String)] = [:]
  var resultCount = 0
  /// What was found in the expressions of each document, with the validator that it has now.
  var caches: [String: ExpressionCache] = [:]
  /// The semantic tokens that each document was last sent, and what they go by.
  var sentTokens: [String: (data: [Int], id: String)] = [:]
  /// What decisions are shown for.
  var pinned: PinnedInput?
  /// The documents whose diagnostics are to be published.
  private var pending: [String] = []
  private var output: [[UInt8]] = []
  private var requestCount = 0

  package init(version: String) { self.version = version }

  private static let requests: [String: any RequestMessage.Type] = Dictionary(
    uniqueKeysWithValues: [
      InitializeRequest.self, ShutdownRequest.self, DiagnosticRequest.self, CodeActionRequest.self,
      FormattingRequest.self, HoverRequest.self, CompletionRequest.self, SignatureHelpRequest.self,
      DocumentSymbolRequest.self, DefinitionRequest.self, ReferencesRequest.self, PrepareRenameRequest.self,
      RenameRequest.self, FoldingRangeRequest.self, SelectionRangeRequest.self, SemanticTokensRequest.self,
      SemanticTokensRangeRequest.self, SemanticTokensDeltaRequest.self, CodeLensRequest.self, InlayHintRequest.self,
      ExecuteCommandRequest.self,
    ].map { (type: any RequestMessage.Type) in (type.method, type) })

  private static let notifications: [String: any NotificationMessage.Type] = Dictionary(
    uniqueKeysWithValues: [
      InitializedNotification.self, DidOpenNotification.self, DidChangeNotification.self, DidCloseNotification.self,
      DidSaveNotification.self, DidChangeConfigurationNotification.self, DidChangeWatchedFilesNotification.self,
      DidChangeWorkspaceFoldersNotification.self,
    ].map { (type: any NotificationMessage.Type) in (type.method, type) })

  /// Takes up all that a connection has received, and publishes what was found.
  package func handleAll(_ connection: inout JSONRPCConnection) {
    while let message = connection.next() { handle(message) }
    publishDiagnostics()
  }

  /// Takes up one message.
  func handle(_ message: IncomingMessage) {
    guard exitStatus == nil else { return }
    switch message {
    case .fault(let error, let id): send(["jsonrpc": "2.0", "id": id, "error": error.json])
    case .notification(let method, let parameters):
      if method == "exit" {
        exitStatus = isShutDown ? 0 : 1
      } else if isInitialized, !isShutDown {
        LanguageServer.notifications[method]?.init(parameters)?.take(by: self)
      }
    case .request(let id, let method, let parameters):
      do throws(ResponseError) {
        send(["jsonrpc": "2.0", "id": id, "result": try result(of: method, parameters)])
      } catch {
        send(["jsonrpc": "2.0", "id": id, "error": error.json])
      }
    }
    for problem in workspace.takeProblems() { show(problem) }
  }

  private func result(of method: String, _ parameters: Parameters) throws(ResponseError) -> JSON {
    if isShutDown { throw ResponseError(.invalidRequest, "the server is shut down") }
    if method == InitializeRequest.method {
      if isInitialized { throw ResponseError(.invalidRequest, "the server is initialized already") }
    } else if !isInitialized {
      throw ResponseError(.serverNotInitialized, "`initialize` comes first")
    }
    guard let request = LanguageServer.requests[method] else {
      throw ResponseError(.methodNotFound, "there is no method `\(method)`")
    }
    return try request.init(parameters).result(of: self)
  }

  /// The messages to be sent.
  package func takeOutput() -> [[UInt8]] {
    defer { output = [] }
    return output
  }

  func send(_ message: JSON) { output.append(message.bytes) }

  func notify(_ method: String, _ parameters: JSON) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
  }

  /// Asks the editor for something; its answer is of no interest.
  func ask(_ method: String, _ parameters: JSON?) {
    requestCount += 1
    send(
      .members([
        "jsonrpc": "2.0", "id": "policycortex-\(requestCount)", "method": .string(method), "params": parameters,
      ]))
  }

  /// Shows the user what went wrong.
  func show(_ problem: String) {
    notify("window/showMessage", ["type": 1, "message": .string("policycortex: \(problem)")])
  }

  /// Has the diagnostics of a document published, unless the editor asks for them itself.
  func check(_ uri: String) {
    if !client.pullsDiagnostics, !pending.contains(uri) { pending.append(uri) }
  }

  /// Has all documents validated anew, since what they are validated with has changed.
  func checkAll() {
    caches = [:]
    for uri in documents.keys.sorted() {
      documents[uri]?.checked = nil
      check(uri)
    }
    if client.refreshesDiagnostics { ask("workspace/diagnostic/refresh", nil) }
  }

  /// Whether diagnostics are to be published once nothing else waits.
  var hasPendingDiagnostics: Bool { !pending.isEmpty }

  /// Publishes the diagnostics of the documents that have changed.
  package func publishDiagnostics() {
    for uri in pending {
      if let checked = checked(uri), let version = documents[uri]?.version {
        publish(checked.items, of: uri, version: version)
      }
    }
    pending = []
    for problem in workspace.takeProblems() { show(problem) }
  }

  func publish(_ items: [JSON], of uri: String, version: Int?) {
    notify(
      "textDocument/publishDiagnostics",
      .members(["uri": .string(uri), "version": version.map { .integer($0) }, "diagnostics": .array(items)]))
  }

  /// The text of a document as the server has it; `nil` for one that is not open.
  package func text(of uri: String) -> [UInt8]? { documents[uri]?.bytes }

  /// A document that is open.
  func document(_ uri: String) throws(ResponseError) -> OpenDocument {
    guard let document = documents[uri] else { throw ResponseError(.invalidParams, "`\(uri)` is not open") }
    return document
  }
}

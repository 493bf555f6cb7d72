/// `initialize`: the editor introduces itself, and learns what it may ask.
struct InitializeRequest: RequestMessage {
  static let method = "initialize"
  private let parameters: Parameters

  init(_ parameters: Parameters) { self.parameters = parameters }

  func result(of server: LanguageServer) -> JSON {
    server.isInitialized = true
    server.client = ClientCapabilities(parameters["capabilities"])
    server.clientProcess = parameters["processId"].integer.flatMap(Int32.init(exactly:)).flatMap { $0 > 0 ? $0 : nil }
    let folders = parameters["workspaceFolders"].elements.compactMap { $0["uri"].text.flatMap(DocumentURI.path) }
    let root = parameters["rootUri"].text.flatMap(DocumentURI.path) ?? parameters["rootPath"].text
    server.workspace.folders = folders.isEmpty ? root.map { [$0] } ?? [] : folders
    server.workspace.resourceTypes = parameters["initializationOptions"]["resourceTypes"].text
    return [
      "capabilities": InitializeRequest.capabilities(server.client.encoding),
      "serverInfo": ["name": "policycortex", "version": .string(server.version)],
    ]
  }

  private static func capabilities(_ encoding: PositionEncoding) -> JSON {
    [
      "positionEncoding": .string(encoding.rawValue),
      "textDocumentSync": ["openClose": true, "change": 2, "save": ["includeText": false]],
      "diagnosticProvider": [
        "identifier": "policycortex", "interFileDependencies": false, "workspaceDiagnostics": false,
      ],
      "codeActionProvider": ["codeActionKinds": ["quickfix", .string(CodeActionRequest.fixAllKind)]],
      "documentFormattingProvider": true,
      "hoverProvider": true,
      "completionProvider": ["triggerCharacters": [".", "'", "["]],
      "documentSymbolProvider": true, "definitionProvider": true, "referencesProvider": true,
      "renameProvider": ["prepareProvider": true], "foldingRangeProvider": true, "selectionRangeProvider": true,
      "semanticTokensProvider": [
        "legend": [
          "tokenTypes": .array(SemanticTokens.Kind.allCases.map { .string($0.name) }), "tokenModifiers": [],
        ], "full": ["delta": true], "range": true,
      ],
      "workspace": ["workspaceFolders": ["supported": true, "changeNotifications": true]],
      "codeLensProvider": ["resolveProvider": false], "inlayHintProvider": true,
      "executeCommandProvider": ["commands": [.string(ExecuteCommandRequest.pinResource)]],
      "signatureHelpProvider": ["triggerCharacters": ["(", ","]],
    ]
  }
}

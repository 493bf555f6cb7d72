internal import Source

/// `textDocument/codeAction`: what can be done about what was found.
struct CodeActionRequest: RequestMessage {
  static let method = "textDocument/codeAction"
  /// The kind of the action that makes all safe fixes at once.
  static let fixAllKind = "source.fixAll.policycortex"

  private let uri: String
  private let range: (start: Position, end: Position)
  /// The kinds that are wanted; `nil` for all.
  private let kinds: [String]?

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    range = try parameters.wantedRange()
    kinds = parameters["context"]["only"].value == nil ? nil : parameters["context"]["only"].texts
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let checked = server.checked(uri), let validator = checked.validator else { return [] }
    let span = document.span(range)
    let actions = CodeActions(document, checked, validator, hasDocumentChanges: server.client.hasDocumentChanges)
    var found: [JSON] = []
    if isWanted("quickfix") { found += actions.quickFixes(from: span.start, to: span.end) }
    if isWanted(CodeActionRequest.fixAllKind), let fixAll = actions.fixAll() { found.append(fixAll) }
    return .array(found)
  }

  /// Whether a kind is wanted: one that is named wants all below it.
  private func isWanted(_ kind: String) -> Bool {
    kinds?.contains { $0.isEmpty || kind == $0 || kind.hasPrefix($0 + ".") } ?? true
  }
}

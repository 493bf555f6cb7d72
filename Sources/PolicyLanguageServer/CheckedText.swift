internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What was found in one text of a document.
struct CheckedText {
  /// What validated it; `nil` for a document that is no policy.
  let validator: PolicyValidator?
  let source: SourceText
  let diagnostics: [Diagnostic]
  /// The same as it is sent, one for one.
  let items: [JSON]
  /// Changes when the items do.
  let resultID: String
  /// Made when something is asked of the text.
  var inspection: DocumentInspection?
  /// Made when a decision is asked for.
  var tester: PolicyTester?
}

extension LanguageServer {
  /// What is found in a document as it is now; it is looked at once.
  func checked(_ uri: String) -> CheckedText? {
    guard var document = documents[uri] else { return nil }
    if let checked = document.checked { return checked }
    let configured = workspace.validator(for: document.path)
    let source = document.source
    var validator: PolicyValidator?
    let diagnostics: [Diagnostic]
    if document.isConfiguration {
      let directory = DocumentURI.directory(of: document.path ?? "/")
      diagnostics = Configuration.read(source, directory: directory).diagnostics
    } else if document.isTest || isLeftOut(document, configured.configuration) {
      diagnostics = []
    } else {
      validator = configured.validator
      diagnostics =
        configured.validator.validate(
          source.bytes, name: source.name, cache: cache(of: uri)
        ).diagnostics
    }
    let items = DiagnosticItems.items(diagnostics, of: document)
    let checked = CheckedText(
      validator: validator, source: source, diagnostics: diagnostics, items: items,
      resultID: resultID(of: items, of: uri))
    document.checked = checked
    documents[uri] = document
    return checked
  }

  /// What was found in the expressions of a document before.
  private func cache(of uri: String) -> ExpressionCache {
    if let cache = caches[uri] { return cache }
    let cache = ExpressionCache()
    caches[uri] = cache
    return cache
  }

  /// The tree and the policies of a document as it is now; `nil` for what is no policy.
  func inspection(_ uri: String) -> DocumentInspection? {
    guard let checked = checked(uri), let validator = checked.validator else { return nil }
    if let inspection = checked.inspection { return inspection }
    let inspection = DocumentInspection(checked.source, for: validator)
    documents[uri]?.checked?.inspection = inspection
    return inspection
  }

  /// Whether a file is none of those that `validate` finds in its directory.
  private func isLeftOut(_ document: OpenDocument, _ configuration: Configuration?) -> Bool {
    guard let configuration, let path = document.path.map(DocumentURI.resolved) else { return false }
    let bytes = Array(path.utf8)
    if configuration.excludes(bytes) || configuration.holdsResourceTypes(bytes) { return true }
    return configuration.resourceTypes.map { path.hasPrefix($0 + "/") } ?? false
  }

  private func resultID(of items: [JSON], of uri: String) -> String {
    let bytes = JSON.array(items).bytes
    if let last = results[uri], last.items == bytes { return last.id }
    resultCount += 1
    results[uri] = (bytes, String(resultCount))
    return String(resultCount)
  }
}

extension OpenDocument {
  var isConfiguration: Bool { DocumentURI.lastPart(of: name) == Configuration.fileName }

  /// Whether it holds tests of policies.
  var isTest: Bool { OpenDocument.isTestName(name) }

  /// Whether a file of that name holds tests of policies.
  static func isTestName(_ name: String) -> Bool { PolicyTestSuite.isFileName(name.utf8) }
}

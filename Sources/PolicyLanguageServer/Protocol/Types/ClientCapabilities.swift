/// What the editor says that it can do, as far as it makes a difference here.
struct ClientCapabilities {
  var encoding = PositionEncoding.utf16
  /// Whether it asks for diagnostics; they are not published then.
  var pullsDiagnostics = false
  var refreshesDiagnostics = false
  /// Whether edits may name the version of the document that they are for.
  var hasDocumentChanges = false
  var watchesFiles = false
  var hasSnippets = false
  /// Whether what is said of completion items may be Markdown.
  var showsMarkdownOfItems = false
  /// Whether what is said under the cursor may be.
  var showsMarkdownOfHovers = true
  var refreshesCodeLenses = false
  var refreshesInlayHints = false

  init() {}

  init(_ capabilities: Parameters) {
    let document = capabilities["textDocument"]
    let workspace = capabilities["workspace"]
    encoding =
      capabilities["general"]["positionEncodings"].texts.lazy.compactMap(PositionEncoding.init).first ?? .utf16
    pullsDiagnostics = document["diagnostic"].value != nil
    refreshesDiagnostics = pullsDiagnostics && workspace["diagnostics"]["refreshSupport"].isTrue
    hasDocumentChanges = workspace["workspaceEdit"]["documentChanges"].isTrue
    watchesFiles = workspace["didChangeWatchedFiles"]["dynamicRegistration"].isTrue
    refreshesCodeLenses = workspace["codeLens"]["refreshSupport"].isTrue
    refreshesInlayHints = workspace["inlayHint"]["refreshSupport"].isTrue
    hasSnippets = document["completion"]["completionItem"]["snippetSupport"].isTrue
    let markdown = "markdown"
    showsMarkdownOfItems =
      document["completion"]["completionItem"]["documentationFormat"].texts.contains(markdown)
    let formats = document["hover"]["contentFormat"]
    showsMarkdownOfHovers = formats.value == nil || formats.texts.contains(markdown)
  }
}

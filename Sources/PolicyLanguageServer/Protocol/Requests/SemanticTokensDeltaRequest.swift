/// `textDocument/semanticTokens/full/delta`: what has changed since tokens were sent.
struct SemanticTokensDeltaRequest: RequestMessage {
  static let method = "textDocument/semanticTokens/full/delta"
  private let uri: String
  private let previous: String?

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    previous = parameters["previousResultId"].text
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri) else { return .null }
    let last = server.sentTokens[uri]
    let tokens = SemanticTokens(inspection, &document)
    let id = JSON.string(server.keep(tokens, of: uri))
    guard let last, last.id == previous else { return ["resultId": id, "data": tokens.json] }
    return ["resultId": id, "edits": .array(SemanticTokensDeltaRequest.edits(from: last.data, to: tokens.data))]
  }

  /// The one edit that makes the new numbers of the old ones; none when they are the same.
  private static func edits(from old: [Int], to new: [Int]) -> [JSON] {
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    var rest = 0
    while rest < shorter - start, old[old.count - 1 - rest] == new[new.count - 1 - rest] { rest += 1 }
    if start == old.count, start == new.count { return [] }
    let inserted = new[start..<(new.count - rest)].map { JSON.integer($0) }
    return [
      ["start": .integer(start), "deleteCount": .integer(old.count - rest - start), "data": .array(inserted)]
    ]
  }
}

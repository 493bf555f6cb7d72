/// `textDocument/references`: where the name under the cursor is used.
struct ReferencesRequest: RequestMessage {
  static let method = "textDocument/references"
  private let place: DocumentPlace
  private let includesDeclaration: Bool

  init(_ parameters: Parameters) throws(ResponseError) {
    place = try parameters.place()
    includesDeclaration = parameters["context"]["includeDeclaration"].isTrue
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    guard let found = server.occurrences(at: place) else {
      guard let found = server.ruleOccurrences(at: place) else { return .null }
      return .array(((includesDeclaration ? [found.declaration] : []) + found.uses).map(\.location))
    }
    let spans = (includesDeclaration ? [found.declaration] : []) + found.uses
    return .array(spans.map { document.location($0) })
  }
}

/// `textDocument/definition`: where the name under the cursor is declared.
struct DefinitionRequest: RequestMessage {
  static let method = "textDocument/definition"
  private let place: DocumentPlace

  init(_ parameters: Parameters) throws(ResponseError) { place = try parameters.place() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    if let found = server.occurrences(at: place) { return document.location(found.declaration) }
    return server.ruleOccurrences(at: place)?.declaration.location ?? .null
  }
}

extension LanguageServer {
  /// The occurrences of the name at a place.
  func occurrences(at place: DocumentPlace) -> NameOccurrences? {
    guard let inspection = inspection(place.uri), let offset = documents[place.uri]?.offset(of: place.position) else {
      return nil
    }
    return NameOccurrences(inspection, at: offset)
  }
}

/// `textDocument/prepareRename`: whether the name under the cursor can be changed.
struct PrepareRenameRequest: RequestMessage {
  static let method = "textDocument/prepareRename"
  private let place: DocumentPlace

  init(_ parameters: Parameters) throws(ResponseError) { place = try parameters.place() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    if let found = server.occurrences(at: place) {
      return ["range": document.range(found.asked), "placeholder": .string(found.name)]
    }
    guard let found = server.ruleOccurrences(at: place) else { return .null }
    return ["range": document.range(found.asked), "placeholder": .string(found.id)]
  }
}

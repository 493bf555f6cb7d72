internal import DocumentTree

/// The parameters of a message, or a part of them; what is absent has no parts.
struct Parameters {
  let value: JSONValue?

  init(_ value: JSONValue?) { self.value = value }

  subscript(name: String) -> Parameters { Parameters(value?[name]) }

  var text: String? { value?.text }
  var integer: Int? { value?.number.flatMap(Int.init) }
  var isTrue: Bool { value?.isTrue ?? false }
  var elements: [Parameters] { value?.elements.map(Parameters.init) ?? [] }
  /// The elements that are strings.
  var texts: [String] { elements.compactMap(\.text) }

  /// The URI of `textDocument`.
  func documentURI() throws(ResponseError) -> String {
    guard let uri = self["textDocument"]["uri"].text else {
      throw ResponseError(.invalidParams, "no document is named")
    }
    return uri
  }

  /// The document and the place in it that many requests are about.
  func place() throws(ResponseError) -> DocumentPlace {
    guard let position = self["position"].position else { throw ResponseError(.invalidParams, "no position is named") }
    return DocumentPlace(uri: try documentURI(), position: position)
  }

  /// The `range` that requests about a part of a document have.
  func wantedRange() throws(ResponseError) -> (start: Position, end: Position) {
    guard let range = self["range"].range else { throw ResponseError(.invalidParams, "no range is named") }
    return range
  }

  /// This as a position.
  var position: Position? {
    guard let line = self["line"].integer, let character = self["character"].integer else { return nil }
    return Position(line: max(0, line), character: max(0, character))
  }

  /// This as a range.
  var range: (start: Position, end: Position)? {
    guard let start = self["start"].position, let end = self["end"].position else { return nil }
    return (start, end)
  }
}

/// A document and a place in it.
struct DocumentPlace {
  let uri: String
  let position: Position
}

internal import Diagnostics
internal import Source

/// A value of a JSON document.
package struct JSONValue {
  private let document: Document
  private let id: NodeID

  private init(document: Document, id: NodeID) {
    self.document = document
    self.id = id
  }

  /// Reads a text; `nil` when it is not JSON, or nests deeper than documents may.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - mendsCharacters: Whether bytes that are no UTF-8 and halves of surrogate pairs become U+FFFD.
  package init?(_ text: [UInt8], mendsCharacters: Bool = false) {
    let (document, diagnostics) = readJSON(SourceText(name: "record.json", bytes: text))
    let isReadable = diagnostics.allSatisfy { mendsCharacters && $0.code == InvalidEncoding.descriptor.id }
    guard isReadable, let root = document.roots.first else { return nil }
    self.init(document: document, id: root)
  }

  /// The member of that name; `nil` when there is none, and for all but objects.
  package subscript(name: String) -> JSONValue? {
    var found: JSONValue?
    document.forEachMember(of: id) { key, value in
      if document.text(of: key) == name { found = JSONValue(document: document, id: value) }
    }
    return found
  }

  /// The members of an object, in their order; none for all else.
  package var members: [(name: String, value: JSONValue)] {
    var members: [(String, JSONValue)] = []
    document.forEachMember(of: id) { key, value in
      members.append((document.text(of: key), JSONValue(document: document, id: value)))
    }
    return members
  }

  /// The elements of an array; none for all else.
  package var elements: [JSONValue] {
    var elements: [JSONValue] = []
    document.forEachElement(of: id) { _, value in elements.append(JSONValue(document: document, id: value)) }
    return elements
  }

  /// The text of a string; `nil` for all else.
  package var text: String? { document[id].kind == .string ? document.text(of: id) : nil }

  /// A number as it is written; `nil` for all else.
  package var number: String? {
    document[id].kind == .integer || document[id].kind == .float ? document.text(of: id) : nil
  }

  package var isTrue: Bool { document[id].kind == .true }
  package var isNull: Bool { document[id].kind == .null }
}

package import CEL
internal import Diagnostics
internal import DocumentTree
public import Source

/// The resource types that policies may name, as JSON Schemas in the style of the CloudFormation registry describe them.
///
/// ```swift
/// let types = try ResourceTypeCatalogue.load(from: "resource-types")
/// types.names                  // ["AWS::S3::Bucket", …]
/// ```
///
/// A copy shares what was read. Schemas are looked into when their type is first used.
public struct ResourceTypeCatalogue: Sendable {
  private let shelf: ResourceTypeShelf

  /// Reads the schemas of a file, or of every `*.json` in a directory and those below it.
  ///
  /// - Parameter path: The file or directory. A file holds one schema, or an array of them.
  /// - Returns: The types.
  /// - Throws: `SchemaLoadingError` for what cannot be read and what is no resource type.
  public static func load(from path: String) throws(SchemaLoadingError) -> ResourceTypeCatalogue {
    try ResourceTypeCatalogue(SchemaFiles.read(path))
  }

  /// Reads schemas that are in memory already.
  ///
  /// - Parameter texts: Each holds one schema, or an array of them; names are what errors call them.
  /// - Throws: `SchemaLoadingError` for what is no resource type.
  public init(_ texts: [SourceText]) throws(SchemaLoadingError) { shelf = try ResourceTypeShelf(texts) }

  /// The names of the types, in the order of their bytes.
  public var names: [String] { shelf.names }

  /// Whether there is a type of that name.
  public func contains(_ name: String) -> Bool { shelf.places[Array(name.utf8)] != nil }

  /// The attributes of a type; `nil` when there is no type of that name.
  package func attributes(of name: String) -> AttributeTable? { shelf.attributes(of: Array(name.utf8)) }

  /// The types that have an attribute of their own of that name, in the order of `names`.
  package func types(having attribute: String) -> [String] { shelf.types(having: Array(attribute.utf8)) }
}

/// What a catalogue's copies share.
///
/// INVARIANT: only what is behind the locks changes, and it is only added to.
private final class ResourceTypeShelf: Sendable {
  /// Where a type's schema is.
  struct Place {
    let text: SourceText
    /// Its place in the array that the text holds; `nil` when the text is the schema.
    let element: Int?
  }

  let names: [String]
  let places: [[UInt8]: Place]
  private let tables = Guarded<[[UInt8]: AttributeTable]>([:])
  /// The names of the attributes that are a type's own, and which types have them, by their place among `names`.
  private let owners = Guarded<[[UInt8]: [Int]]?>(nil)

  init(_ texts: [SourceText]) throws(SchemaLoadingError) {
    var places: [[UInt8]: Place] = [:]
    for text in texts {
      let (document, roots) = try Self.schemas(in: text)
      for (index, root) in roots.enumerated() {
        let (name, schema) = try Self.typeName(of: root, in: document)
        let isArray = document[document.roots[0]].kind == .array
        if let other = places[name] {
          guard try Self.isSame(schema, in: document, other) else {
            let reason =
              "`\(String(decoding: name, as: UTF8.self))` is described in `\(other.text.name)` already, and otherwise"
            throw SchemaLoadingError(path: text.name, reason: reason)
          }
        } else {
          places[name] = Place(text: text, element: isArray ? index : nil)
        }
      }
    }
    self.places = places
    names = places.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The schemas that a text holds.
  private static func schemas(in text: SourceText) throws(SchemaLoadingError) -> (Document, [NodeID]) {
    guard text.bytes.contains(where: { $0 > 0x20 }) else {
      throw SchemaLoadingError(path: text.name, reason: "it is empty")
    }
    let (document, diagnostics) = readJSON(text)
    if let fault = diagnostics.first {
      let position = LineTable(text).position(of: fault.span.start)
      throw SchemaLoadingError(
        path: text.name, reason: "line \(position.line), column \(position.column): \(fault.message)")
    }
    guard let root = document.roots.first else { throw SchemaLoadingError(path: text.name, reason: "it is empty") }
    guard document[root].kind == .array else { return (document, [root]) }
    var roots: [NodeID] = []
    document.forEachElement(of: root) { roots.append($1) }
    return (document, roots)
  }

  private static func typeName(
    of root: NodeID, in document: Document
  ) throws(SchemaLoadingError) -> (name: [UInt8], schema: SourceSpan) {
    var name: NodeID?
    var properties: NodeID?
    document.forEachMember(of: root) { key, value in
      unsafe document.withBytes(of: key) { key in
        if unsafe key.elementsEqual("typeName".utf8) { name = value }
        if unsafe key.elementsEqual("properties".utf8) { properties = value }
      }
    }
    func failure(_ reason: String) -> SchemaLoadingError {
      let position = LineTable(document.source).position(of: document[root].span.start)
      let place = position.line == 1 ? "" : "line \(position.line): "
      return SchemaLoadingError(path: document.source.name, reason: "\(place)it is no resource type: \(reason)")
    }
    guard document[root].kind == .object else { throw failure("a schema is an object") }
    guard let name, document[name].kind == .string else { throw failure("it has no `typeName`") }
    guard let properties, document[properties].kind == .object else { throw failure("it has no `properties`") }
    let bytes = unsafe document.withBytes(of: name) { unsafe Array($0) }
    guard !bytes.isEmpty else { throw failure("its `typeName` is empty") }
    return (bytes, document[root].span)
  }

  private static func isSame(
    _ schema: SourceSpan, in document: Document, _ other: Place
  ) throws(SchemaLoadingError) -> Bool {
    let (otherDocument, roots) = try schemas(in: other.text)
    guard let root = roots.indices.contains(other.element ?? 0) ? roots[other.element ?? 0] : nil else { return false }
    return other.text.bytes[otherDocument[root].span.range].elementsEqual(document.source.bytes[schema.range])
  }

  func attributes(of name: [UInt8]) -> AttributeTable? {
    guard let place = places[name] else { return nil }
    if let table = tables.withLock({ $0[name] }) { return table }
    guard let (document, roots) = try? Self.schemas(in: place.text) else { return nil }
    let index = place.element ?? 0
    guard roots.indices.contains(index) else { return nil }
    var reader = SchemaReader(document, root: roots[index], name: String(decoding: name, as: UTF8.self))
    let table = reader.resourceType()
    return tables.withLock { tables in
      // Another thread may have been quicker; all are to have the same.
      let kept = tables[name] ?? table
      tables[name] = kept
      return kept
    }
  }

  func types(having attribute: [UInt8]) -> [String] {
    let found = owners.withLock { owners in
      if let owners { return owners[attribute] }
      var made: [[UInt8]: [Int]] = [:]
      for (index, name) in names.enumerated() {
        for attribute in ownAttributes(of: Array(name.utf8)) { made[attribute, default: []].append(index) }
      }
      owners = made
      return made[attribute]
    }
    return (found ?? []).map { names[$0] }
  }

  /// The names right under a type's `properties`.
  private func ownAttributes(of name: [UInt8]) -> [[UInt8]] {
    guard let place = places[name], let (document, roots) = try? Self.schemas(in: place.text),
      roots.indices.contains(place.element ?? 0)
    else { return [] }
    var attributes: [[UInt8]] = []
    document.forEachMember(of: roots[place.element ?? 0]) { key, value in
      guard unsafe document.withBytes(of: key, { unsafe $0.elementsEqual("properties".utf8) }) else { return }
      document.forEachMember(of: value) { key, _ in
        attributes.append(unsafe document.withBytes(of: key) { unsafe Array($0) })
      }
    }
    return attributes
  }
}

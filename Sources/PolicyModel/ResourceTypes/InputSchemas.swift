package import CEL
internal import Diagnostics
internal import DocumentTree
public import Source

/// What is known of the members of `principal`, `request` and `context`: each may have a JSON Schema.
public struct InputSchemas: Sendable {
  /// An input that has no type by the policy itself.
  public enum Input: String, CaseIterable, Sendable {
    case principal, request, context
  }

  /// The attributes of each input that has a schema, by the input's name.
  package private(set) var attributes: [String: AttributeTable] = [:]

  /// No schemas: all members may be there.
  public init() {}

  /// Reads the schemas of some inputs from files.
  ///
  /// - Parameter paths: The files, each a JSON Schema of objects.
  /// - Returns: The schemas.
  /// - Throws: `SchemaLoadingError` for what cannot be read and what is no such schema.
  public static func load(_ paths: [Input: String]) throws(SchemaLoadingError) -> InputSchemas {
    var schemas = InputSchemas()
    for input in Input.allCases {
      if let path = paths[input] { try schemas.describe(input, by: SchemaFiles.file(path)) }
    }
    return schemas
  }

  /// Gives an input a schema.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - schema: A JSON Schema of objects; its name is what errors call it.
  /// - Throws: `SchemaLoadingError` for what is no JSON Schema of objects.
  public mutating func describe(_ input: Input, by schema: SourceText) throws(SchemaLoadingError) {
    let (document, diagnostics) = readJSON(schema)
    if let fault = diagnostics.first {
      let position = LineTable(schema).position(of: fault.span.start)
      throw SchemaLoadingError(
        path: schema.name, reason: "line \(position.line), column \(position.column): \(fault.message)")
    }
    guard let root = document.roots.first, document[root].kind == .object else {
      throw SchemaLoadingError(path: schema.name, reason: "it is no JSON Schema, which is an object")
    }
    var reader = SchemaReader(document, root: root, name: input.rawValue)
    let table = reader.input()
    switch table.kind(of: 0) {
    case .object, .map, .dyn: attributes[input.rawValue] = table
    case .bool, .int, .double, .string, .list:
      throw SchemaLoadingError(path: schema.name, reason: "`\(input.rawValue)` is an object, and the schema is of none")
    }
  }
}

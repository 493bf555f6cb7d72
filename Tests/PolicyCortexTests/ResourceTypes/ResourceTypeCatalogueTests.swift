import PolicyCortex
import Testing

@Suite("A catalogue of resource types")
struct ResourceTypeCatalogueTests {
  private func catalogue(_ texts: String...) throws -> ResourceTypeCatalogue {
    try ResourceTypeCatalogue(texts.enumerated().map { SourceText(name: "\($0.offset).json", text: $0.element) })
  }

  private func errors(
    _ condition: String, types: [String], _ catalogue: ResourceTypeCatalogue, inputs: InputSchemas = InputSchemas()
  ) -> [String] {
    let names = types.map { JSONText.quoted($0) }.joined(separator: ", ")
    let kinds = types.isEmpty ? "" : #""resource_types": [\#(names)], "#
    let text =
      #"{"name": "p", \#(kinds)"rules": [{"condition": \#(JSONText.quoted(condition)), "action": "deny"}]}"#
    return PolicyValidator(resourceTypes: catalogue, inputs: inputs).validate(Array(text.utf8), name: "p.json")
      .diagnostics
      .filter { $0.severity == .error }.map { "\($0.code): \($0.message)" }
  }

  private static let bucket =
    #"{"typeName": "Bucket", "properties": {"name": {"type": "string"}, "size": {"type": "integer"}}}"#
  private static let disk =
    #"{"typeName": "Disk", "properties": {"size": {"type": "string"}, "encrypted": {"type": "boolean"}}}"#

  @Test("reads one schema, several in an array, and the same one twice")
  func reads() throws {
    #expect(try catalogue("[\(Self.bucket), \(Self.disk)]", Self.bucket).names == ["Bucket", "Disk"])
  }

  @Test(
    "says of what is no resource type why",
    arguments: [
      ("", "it is empty"), ("[1]", "it is no resource type: a schema is an object"),
      ("{}", "it is no resource type: it has no `typeName`"),
      (#"{"typeName": 5, "properties": {}}"#, "it is no resource type: it has no `typeName`"),
      (#"{"typeName": "", "properties": {}}"#, "it is no resource type: its `typeName` is empty"),
      (#"{"typeName": "A"}"#, "it is no resource type: it has no `properties`"),
      (#"{"typeName": "Bucket", "properties": {}}"#, "`Bucket` is described in `0.json` already, and otherwise"),
    ])
  func refuses(text: String, reason: String) {
    let error = #expect(throws: SchemaLoadingError.self) { try self.catalogue(Self.bucket, text) }
    #expect(error?.path == "1.json")
    #expect(error?.reason == reason)
  }

  @Test("says where a schema is no JSON")
  func damaged() {
    let error = #expect(throws: SchemaLoadingError.self) { try self.catalogue("{\n  \"typeName\": }") }
    #expect(error?.reason.hasPrefix("line 2, column 15: ") == true)
  }

  @Test("a type that it lacks is reported, and the resource is of any kind")
  func unknownType() throws {
    let catalogue = try catalogue(Self.bucket, Self.disk)
    #expect(
      errors("resource.anything == 1", types: ["Bukcet"], catalogue)
        == ["unknown-resource-type: unknown resource type `Bukcet`; did you mean `Bucket`?"])
    #expect(errors("resource.anything == 1", types: [], catalogue) == [])
  }

  @Test("an attribute of other types is told apart from one that nothing has")
  func otherTypes() throws {
    let catalogue = try catalogue(Self.bucket, Self.disk)
    #expect(
      errors("resource.encrypted == true", types: ["Bucket"], catalogue)
        == ["attribute-of-other-type: attribute `encrypted` is not one of `Bucket`, but of `Disk`"])
    #expect(
      errors("resource.encrypted == true", types: ["Bucket", "Disk"], catalogue)
        == ["attribute-of-other-type: attribute `encrypted` is not one of `Bucket`, but of `Disk`"])
    #expect(
      errors("resource.nothing == true", types: ["Bucket", "Disk"], catalogue)
        == ["unknown-attribute: unknown attribute `nothing` of `Bucket`"])
  }

  @Test("what is wrong for some of a policy's types only says for which")
  func severalTypes() throws {
    let catalogue = try catalogue(Self.bucket, Self.disk)
    #expect(
      errors("resource.size == 5", types: ["Bucket", "Disk"], catalogue)
        == ["incomparable-types: `string` and `int` are never equal, on `Disk`"])
    #expect(
      errors("resource.size == true", types: ["Bucket", "Disk"], catalogue)
        == [
          "incomparable-types: `int` and `bool` are never equal, on `Bucket`",
          "incomparable-types: `string` and `bool` are never equal, on `Disk`",
        ])
    #expect(
      errors("resource.type == 1", types: ["Bucket", "Disk"], catalogue)
        == ["incomparable-types: `string` and `int` are never equal"])
  }

  @Test("other inputs have schemas too")
  func inputs() throws {
    var inputs = InputSchemas()
    try inputs.describe(
      .principal,
      by: SourceText(
        name: "principal.json",
        text: #"{"type": "object", "properties": {"roles": {"type": "array", "items": {"enum": ["admin", "reader"]}}}}"#
      ))
    let catalogue = try catalogue(Self.bucket)
    #expect(errors("'admin' in principal.roles && context.any == 1", types: [], catalogue, inputs: inputs) == [])
    #expect(
      errors("'admni' in principal.roles", types: [], catalogue, inputs: inputs)
        == ["unknown-enum-value: `\"admni\"` is not one of the values of `roles[]`; did you mean `admin`?"])
    #expect(
      errors("'admin' in principal.role", types: ["Bucket"], catalogue, inputs: inputs)
        == ["unknown-attribute: unknown attribute `role` of `principal`; did you mean `roles`?"])
    #expect(throws: SchemaLoadingError.self) {
      try inputs.describe(.context, by: SourceText(name: "c.json", text: #"{"type": "string"}"#))
    }
  }
}

import PolicyCortex
import Testing

/// How schemas are read, told by what conditions may say afterwards.
@Suite("Resource types")
struct ResourceTypeTests {
  /// The errors of a condition about resources of a schema, as `code at the text they stand at`.
  private func errors(_ condition: String, _ schema: String) throws -> [String] {
    let catalogue: ResourceTypeCatalogue? = try ResourceTypeCatalogue([
      SourceText(name: "a.json", text: #"{"typeName": "A", \#(schema)}"#)
    ])
    return Self.errors(condition, types: ["A"], PolicyValidator(resourceTypes: catalogue))
  }

  private static func errors(_ condition: String, types: [String], _ validator: PolicyValidator) -> [String] {
    let names = types.map { "\"\($0)\"" }.joined(separator: ", ")
    let text =
      #"{"name": "p", "resource_types": [\#(names)], "rules": [{"condition": \#(JSONText.quoted(condition)), "action": "deny"}]}"#
    let bytes = Array(condition.utf8)
    return validator.validate(Array(text.utf8), name: "p.json").diagnostics.filter { $0.severity == .error }.map {
      let span = $0.conditionSpan.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
      return "\($0.code) at \(span ?? $0.field)"
    }
  }

  @Test(
    "a property has the type that its schema says",
    arguments: [
      // The schema of `p`, a right condition, a wrong one, what is wrong.
      (
        #"{"type": "string"}"#, "resource.p == 'a' || resource.p == null", "resource.p == 1", "incomparable-types at =="
      ),
      (#"{"type": "integer"}"#, "resource.p + 1 == 2.5", "resource.p == 'a'", "incomparable-types at =="),
      (#"{"type": "number"}"#, "resource.p + 1.0 > 2", "resource.p + 1 > 2", "no-matching-overload at +"),
      (#"{"type": ["integer", "null"]}"#, "resource.p > 1", "resource.p > 'a'", "no-matching-overload at >"),
      (#"{"type": ["number", "integer"]}"#, "resource.p > 1", "resource.p > 'a'", "no-matching-overload at >"),
      (#"{"type": "boolean"}"#, "resource.p", "resource.p == 1", "incomparable-types at =="),
      (#"{"enum": ["x", "y"]}"#, "resource.p == 'x'", "resource.p == 'z'", "unknown-enum-value at 'z'"),
      (#"{"const": 5}"#, "resource.p == 5.0", "resource.p == 6", "unknown-enum-value at 6"),
      (
        #"{"type": "integer", "enum": [1, 2]}"#, "resource.p in [1, 2u]", "resource.p in [1, 3]",
        "unknown-enum-value at 3"
      ),
      (#"{"type": "array"}"#, "resource.p[0] == 1", "resource.p == 1", "incomparable-types at =="),
      (
        #"{"type": "array", "items": {"type": "string", "enum": ["x"]}}"#, "'x' in resource.p", "'z' in resource.p",
        "unknown-enum-value at 'z'"
      ),
      (
        #"{"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}"#, "resource.p[0][0] == 1",
        "resource.p.exists(a, a.exists(b, b == 'x'))", "incomparable-types at =="
      ),
      (#"{"type": "object"}"#, "resource.p.any.thing == 1", "resource.p == 1", "incomparable-types at =="),
      (
        #"{"type": "object", "additionalProperties": {"type": "integer"}}"#, "resource.p.any == 1",
        "resource.p['any'] == 'x'", "incomparable-types at =="
      ),
      (
        #"{"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false}"#,
        "resource.p.all(k, v, v.startsWith(k))", "resource.p.x == 1", "incomparable-types at =="
      ),
      (
        #"{"properties": {"q": {"type": "integer"}}, "additionalProperties": {"type": "string"}}"#,
        "resource.p.q == 1 && resource.p.r == 'x'", "resource.p.r == 1", "incomparable-types at =="
      ),
      (
        #"{"type": "object", "properties": {"q": {"type": "integer"}}, "additionalProperties": true}"#,
        "resource.p.r.s == 1", "resource.p.q == 'x'", "incomparable-types at =="
      ),
      (
        #"{"type": "object", "properties": {"q": {"type": "integer"}}}"#, "resource.p.q == 1", "resource.p.r == 1",
        "unknown-attribute at r"
      ),
      (
        #"{"type": "object", "additionalProperties": false}"#, "resource.p == {}", "resource.p.q",
        "unknown-attribute at q"
      ),
      (
        #"{"type": "object", "properties": {"a-b": {"type": "integer"}}, "additionalProperties": false}"#,
        "resource.p.`a-b` == 1", "resource.p.`a-c` == 1", "unknown-attribute at `a-c`"
      ),
    ])
  func types(schema: String, right: String, wrong: String, finding: String) throws {
    let properties = #""properties": {"p": \#(schema)}"#
    #expect(try errors(right, properties) == [])
    #expect(try errors(wrong, properties) == [finding])
  }

  @Test(
    "what a type cannot say is left open",
    arguments: [
      #"{}"#, #"true"#, #"{"type": ["string", "object"]}"#, ##"{"$ref": "#/definitions/none"}"##,
      ##"{"$ref": "other.json#/a"}"##, ##"{"$ref": "#/properties/p"}"##, ##"{"$ref": "#/definitions/loop"}"##,
      #"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#, #"{"enum": ["a", 1]}"#, #"{"type": "nonsense"}"#,
      #"{"allOf": [{"type": "string"}, {"type": "integer"}]}"#, #"{"type": 5}"#,
      #"{"anyOf": [{"type": "string"}, {}]}"#,
    ])
  func open(schema: String) throws {
    let text =
      ##""properties": {"p": \##(schema)}, "definitions": {"loop": {"$ref": "#/definitions/loop2"}, "loop2": {"$ref": "#/definitions/loop"}}"##
    for condition in ["resource.p == 1", "resource.p == 'x'", "resource.p.q.r", "size(resource.p[0]) > 1"] {
      #expect(try errors(condition, text) == [])
    }
  }

  @Test("references lead to definitions, to properties, and back to where they stand")
  func references() throws {
    let schema = #"""
      "properties": {
        "tree": {"$ref": "#/definitions/Node"}, "same": {"$ref": "#/properties/tree"},
        "quoted": {"$ref": "#/definitions/a~1b%20c"}, "lists": {"$ref": "#/definitions/Lists"}
      },
      "definitions": {
        "Node": {"type": "object", "properties": {"name": {"type": "string"}, "child": {"$ref": "#/definitions/Node"}}},
        "a/b c": {"type": "integer"}, "Lists": {"type": "array", "items": {"$ref": "#/definitions/Lists"}}
      }
      """#
    #expect(try errors("resource.tree.child.child.child.name == 'x' && resource.same.child.name == 'y'", schema) == [])
    #expect(try errors("resource.same.child.child.nmae == 'x'", schema) == ["unknown-attribute at nmae"])
    #expect(try errors("resource.quoted == 'x'", schema) == ["incomparable-types at =="])
    #expect(try errors("size(resource.lists[0][0][0]) > 0", schema) == [])
  }

  @Test("alternatives and parts are put together where that is exact")
  func combinations() throws {
    let schema = #"""
      "properties": {
        "key": {"type": "string", "anyOf": [{"format": "a"}, {"format": "b"}]},
        "either": {"type": "object", "oneOf": [
          {"properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false},
          {"properties": {"b": {"type": "integer"}}, "required": ["b"], "additionalProperties": false}]},
        "both": {"allOf": [
          {"type": "object", "properties": {"a": {"type": "string"}}},
          {"properties": {"b": {"type": "integer"}, "a": {"not": {"enum": ["x"]}}}}]},
        "choice": {"oneOf": [{"type": "string", "enum": ["x"]}, {"type": "string", "enum": ["y"]}]},
        "loose": {"anyOf": [{"type": "string", "enum": ["x"]}, {"type": "string"}]},
        "needs": {"type": "object", "properties": {"a": {"type": "string"}}, "anyOf": [{"required": ["a"]}, {"required": ["z"]}],
          "additionalProperties": false}
      }
      """#
    #expect(try errors("resource.key == 1", schema) == ["incomparable-types at =="])
    #expect(try errors("resource.either.a == 'x' || resource.either.b == 1", schema) == [])
    #expect(try errors("resource.either.b == 'x'", schema) == ["incomparable-types at =="])
    #expect(try errors("resource.either.c == 'x'", schema) == ["unknown-attribute at c"])
    #expect(try errors("resource.both.a == 1 && resource.both.b == 1", schema) == ["incomparable-types at =="])
    #expect(try errors("resource.choice == 'x' || resource.choice == 'y' || resource.loose == 'z'", schema) == [])
    #expect(try errors("resource.choice == 'z'", schema) == ["unknown-enum-value at 'z'"])
    #expect(try errors("resource.needs.z == 1", schema) == ["unknown-attribute at z"])
  }

  private static let bucket = #"""
    "properties": {
      "name": {"type": "string"}, "state": {"type": "string", "enum": ["on", "off"]},
      "mode": {"type": "string", "enum": ["fast"]}, "part": {"type": "object", "properties": {"state": {"enum": ["a"]}}},
      "parts": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}}
    }
    """#

  @Test(
    "an attribute is known however it is reached",
    arguments: [
      ("cel.bind(x, resource.part, x.stat == 'a')", "unknown-attribute at stat"),
      ("cel.bind(x, resource.state, x == 'of')", "unknown-enum-value at 'of'"),
      ("resource.parts.exists(p, p.ID == 1)", "unknown-attribute at ID"),
      ("resource.parts.filter(p, p.id > 1)[0].name == 'x'", "unknown-attribute at name"),
      ("resource.parts.map(p, p.id).exists(i, i == 'x')", "incomparable-types at =="),
      ("resource.?part.?stat.hasValue()", "unknown-attribute at stat"),
      ("resource[?'stat'].hasValue()", "unknown-attribute at 'stat'"),
      ("(resource.name == 'x' ? resource.part : resource.part).stat == 'a'", "unknown-attribute at stat"),
      ("has(resource.part.stat)", "unknown-attribute at stat"),
      ("[resource.part].exists(p, p.stat == 'a')", "unknown-attribute at stat"),
      ("{'k': resource.part}.k.stat == 'a'", "unknown-attribute at stat"),
      ("type(resource.nme) == string", "unknown-attribute at nme"),
    ])
  func flow(condition: String, finding: String) throws {
    #expect(try errors(condition, Self.bucket) == [finding])
  }

  @Test(
    "nothing is said of a value that may be another's",
    arguments: [
      "(resource.name == 'x' ? resource.state : 'z') == 'z'",
      "(resource.name == 'x' ? resource.state : resource.mode) == 'on'",
      "resource.?state.orValue('z') == 'z'", "[resource.state, 'z'].exists(s, s == 'z')",
      "['z', resource.state].exists(s, s == 'z' || s == null)", "[resource.state, resource.mode].all(s, s == 'fast')",
      "(resource.name == 'x' ? 'a' : resource.name) == null", "resource.state.replace('o', 'x') == 'xn'",
      "[resource.part, resource].exists(p, p.anything == 1)",
      "resource.type == 'A' && resource['type'].startsWith('A')",
      "resource[resource.name] == 1", "resource.exists(k, k == 'x')", "resource.state in [resource.name, 'on']",
      "resource.state != null && resource.parts == null && null == resource.part",
    ])
  func noFalseAlarm(condition: String) throws {
    #expect(try errors(condition, Self.bucket) == [])
  }

  @Test("variables bear their attributes")
  func variables() throws {
    let text = #"""
      {"name": "p", "resource_type": "A", "variables": {"part": "resource.part", "state": "resource.state"},
       "rules": [{"condition": "variables.part.stat == 'a' || variables.state == 'of'", "action": "deny"}]}
      """#
    let catalogue: ResourceTypeCatalogue? = try ResourceTypeCatalogue([
      SourceText(name: "a.json", text: #"{"typeName": "A", \#(Self.bucket)}"#)
    ])
    let found = PolicyValidator(resourceTypes: catalogue).validate(Array(text.utf8), name: "p.json").diagnostics
    #expect(found.filter { $0.severity == .error }.map(\.code) == ["unknown-attribute", "unknown-enum-value"])
  }
}

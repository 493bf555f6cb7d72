import Diagnostics
import DocumentTree
import MarkedSource
import PolicyCortex
import Source
import Testing

/// What is said of conditions about a resource of a known type, and what is not.
@Suite("Advice that rests on the resource type")
struct AttributeAdviceTests {
  private static let schemas = """
    [
      {
        "typeName": "A",
        "required": ["name", "owner", "spec", "loose"],
        "properties": {
          "name": {"type": "string", "minLength": 3, "maxLength": 63},
          "owner": {"type": "string"},
          "loose": {"type": ["string", "null"]},
          "spec": {"type": "object", "required": ["size"], "properties": {
            "size": {"type": "integer", "minimum": 1, "maximum": 35}, "port": {"type": "integer"},
            "other": {"type": "string"}, "deep": {"$ref": "#/definitions/Enc"}}, "additionalProperties": false},
          "count": {"type": "integer", "minimum": 0, "exclusiveMaximum": 10},
          "flag": {"type": "boolean"},
          "label": {"type": "string"},
          "mode": {"type": "string", "enum": ["Enabled", "OFF"]},
          "old": {"type": "string", "deprecated": true},
          "enc": {"$ref": "#/definitions/Enc"},
          "tags": {"type": "object", "additionalProperties": {"type": "string"}},
          "list": {"type": "array", "maxItems": 5, "items": {"type": "string"}},
          "rules": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"}, "port": {"type": "integer"}, "open": {"type": "boolean"}}}}
        },
        "definitions": {
          "Enc": {"type": "object", "required": ["bits"], "properties": {
            "bits": {"type": "integer"}, "key": {"type": "string"}}, "additionalProperties": false}
        },
        "additionalProperties": false
      },
      {
        "typeName": "B",
        "required": ["label"],
        "properties": {"label": {"type": "string"}, "count": {"type": "integer"}, "old": {"type": "string"},
          "mode": {"type": "string", "enum": ["enabled", "OFF"]}}
      }
    ]
    """

  private static let validator = PolicyValidator(
    resourceTypes: try? ResourceTypeCatalogue([SourceText(name: "t.json", text: schemas)]), clock: fixedClock)

  private static func policy(_ condition: String, types: [String], action: String) -> [UInt8] {
    let types = types.map(JSONText.quoted).joined(separator: ", ")
    let rule = #"{"condition": \#(JSONText.quoted(condition)), "action": "\#(action)", "message": "m"}"#
    return Array(#"{"name": "p", "resource_types": [\#(types)], "rules": [\#(rule)]}"#.utf8)
  }

  private static func found(_ condition: String, types: [String], action: String = "deny") -> [Diagnostic] {
    validator.validate(policy(condition, types: types, action: action), name: "p.json").diagnostics
  }

  /// Expects one code at each of the markers of a condition, and nothing else.
  private func expect(_ marked: String, _ code: String, types: [String] = ["A"]) {
    let source = MarkedSource(marked)
    let found = Self.found(source.text, types: types)
    let shown = found.map { "\($0.conditionSpan?.start ?? -1) \($0.code)" }
    let count = ["1️⃣", "2️⃣", "3️⃣"].count { marked.contains($0) }
    let wanted = (0..<count).map { "\(source.offset("\($0 + 1)\u{FE0F}\u{20E3}")) \(code)" }
    #expect(shown == wanted, "\(marked): \(found.map(\.message))")
  }

  /// Conditions with an attribute that is used where null is an error, and nothing that asks for it.
  private static let unguarded = [
    "1️⃣resource.count > 5", "principal.limit > 1️⃣resource.count", "1️⃣resource.flag", "!1️⃣resource.flag",
    "1️⃣resource.flag && resource.name == \"abc\"", "resource.name == \"abc\" || 1️⃣resource.flag",
    "1️⃣resource.label.startsWith(\"a\")", "\"ab\".contains(1️⃣resource.label)", "size(1️⃣resource.list) == 2",
    "1️⃣resource.list.size() == 2", "1️⃣resource.list.exists(x, x == \"a\")", "1️⃣resource.rules.all(r, r.id != \"a\")",
    "\"a\" in 1️⃣resource.list", "\"a\" in 1️⃣resource.tags", "1️⃣resource.tags[\"a\"].startsWith(\"x\")",
    "1️⃣resource.enc.bits < 128", "1️⃣resource.enc.key.matches(\"^a\")", "1️⃣resource.spec.port + 1 == 2",
    "-1️⃣resource.count == 2", "int(1️⃣resource.label) == 2", "1️⃣resource.flag ? false : true",
    "resource.spec.size == 2 && 1️⃣resource.spec.port > 1", "resource.enc.bits == 1 || 1️⃣resource.enc.bits > 5",
    // What is said of another attribute says nothing of this one.
    "resource.label == \"a\" && 1️⃣resource.count > 5", "has(resource.count) || 1️⃣resource.count > 5",
    "resource.count == null && 1️⃣resource.count > 5", "!has(resource.count) && 1️⃣resource.count > 5",
    "(has(resource.count) || resource.name == \"abc\") && 1️⃣resource.count > 5",
    "has(resource.enc) && 1️⃣resource.enc.key.startsWith(\"a\")", "has(resource.count) ? false : 1️⃣resource.count > 5",
    "resource.name.size() == 5 && 1️⃣resource.count > 2", "resource.label != \"x\" && 1️⃣resource.label.endsWith(\"y\")",
    "resource.rules != null && resource.rules.exists(r, 1️⃣r.port > 1024)",
    "has(resource.rules) && resource.rules.exists(r, has(r.open) && 1️⃣r.port > 1024)",
    "1️⃣resource.count > 5 && resource.count < 8", "1️⃣resource.count > 5 || 2️⃣resource.count < 3 && resource.count > 1",
    "resource.label != \"deep\" && 1️⃣resource.spec.deep.bits > 1",
  ]

  @Test("an attribute that may be absent is used where null is an error", arguments: unguarded)
  func isUnguarded(marked: String) { expect(marked, "unguarded-attribute") }

  @Test(
    "where presence is established, or null is no error, nothing is said",
    arguments: [
      "resource.count == 5", "resource.count != 5", "resource.mode in [\"OFF\"]",
      "resource.flag == true || resource.owner == \"a\"",
      "resource.name.startsWith(\"a\")", "resource.spec.size > 5", "resource.enc.key == \"a\"",
      "type(resource.count) == int",
      "has(resource.count) && resource.count > 5", "resource.count > 5 && has(resource.count)",
      "resource.count != null && resource.count > 5", "resource.count == null || resource.count > 5",
      "!has(resource.count) || resource.count > 5", "resource.count > 5 || resource.count == null",
      "has(resource.count) ? resource.count > 5 : false", "!has(resource.count) ? true : resource.count > 5",
      "resource.count == null ? true : resource.count > 5",
      "has(resource.enc) && resource.enc.bits > 5", "has(resource.enc.bits) && resource.enc.bits > 5",
      "has(resource.enc.key) && resource.enc.bits > 5", "resource.enc.key != null && resource.enc.bits > 5",
      "resource.enc != null && resource.enc.key != null && resource.enc.key.startsWith(\"a\")",
      "resource.mode == \"OFF\" && resource.mode.endsWith(\"F\")",
      "resource.mode in [\"OFF\"] && resource.mode.endsWith(\"F\")",
      "resource[\"count\"] != null && resource.count > 5", "resource.?count.hasValue() && resource.count > 5",
      "resource.?count.orValue(0) > 5", "resource.?flag.orValue(false) && resource.owner == \"a\"",
      "resource.?label.orValue(\"\") != \"\" || resource.owner == \"a\"", "\"count\" in resource && resource.count > 5",
      "has(resource.list) && resource.list.exists(x, size(resource.list) > 1)",
      "has(resource.rules) && resource.rules.exists(r, has(r.port) && r.port > 1)",
      "has(resource.rules) && resource.rules.exists(r, r.port != null && r.port > 1)",
      "has(resource.rules) && resource.rules.all(r, r.id.startsWith(\"a\"))",
      "has(resource.rules) && resource.rules.filter(r, has(r.port)).exists(r, r.port > 1)",
      "cel.bind(there, has(resource.count), there && resource.count > 5)",
      "resource.count == principal.count && resource.count > 5", "principal.size > 5 && resource.owner == \"a\"",
      "resource.loose.startsWith(\"a\")",
      "has(resource.tags) && \"a\" in resource.tags && resource.tags[\"a\"].startsWith(\"x\")",
      "has(resource.tags.a) && resource.tags[\"a\"].startsWith(\"x\")",
      "(has(resource.count) && resource.owner == \"a\") && resource.count > 5",
      "!(resource.count == null || resource.owner == \"a\") && resource.count > 5",
    ])
  func isGuarded(condition: String) { expect(condition, "unguarded-attribute") }

  @Test("what is reported is an error where the attribute is absent", arguments: unguarded)
  func failsWhereAbsent(marked: String) throws {
    let condition = MarkedSource(marked).text
    let report = Self.validator.validate(Self.policy(condition, types: ["A"], action: "deny"), name: "p.json")
    // Each says the opposite of what its neighbours are asked for, so that one of them fails.
    let inputs = [
      #"{"name": "abc", "owner": "o", "spec": {"size": 1}, "label": "a", "enc": {"bits": 1}, "rules": [{"id": "a", "open": true}]}"#,
      #"{"name": "abcde", "owner": "o", "spec": {"size": 1}}"#, #"{"name": "x", "owner": "o", "spec": {"size": 1}}"#,
      #"{"name": "x", "owner": "o", "spec": {"size": 2}}"#,
    ]
    let outcomes = try inputs.map { input in
      let text = #"{"resource": {"type": "A", \#(input.dropFirst())}"#
      let (document, _) = readDocument(SourceText(name: "i.json", text: text))
      let root = try #require(document.roots.first)
      let input = try EvaluationInput(document, at: root, now: EvaluationInput.currentTime())
      return try #require(PolicyEvaluator(report.policies).answer(to: input).rules.first).outcome
    }
    #expect(outcomes.contains { "\($0)".hasPrefix("error") }, "\(condition): \(outcomes)")
  }

  @Test(
    "a fix-it asks in front, once for all that follows",
    arguments: [
      ("resource.count > 5", "resource.count != null && resource.count > 5"),
      ("!resource.flag", "resource.flag != null && !resource.flag"),
      (
        "resource.owner == \"a\" && resource.count > 5 && resource.count < 8",
        "resource.owner == \"a\" && resource.count != null && resource.count > 5 && resource.count < 8"
      ),
      (
        "resource.owner == \"a\" || size(resource.list) > 2",
        "resource.owner == \"a\" || (resource.list != null && size(resource.list) > 2)"
      ),
      (
        "has(resource.rules) && resource.rules.exists(r, r.port > 1024)",
        "has(resource.rules) && resource.rules.exists(r, r.port != null && r.port > 1024)"
      ),
      (
        "resource.owner == \"a\" ? resource.count > 1 : false",
        "resource.owner == \"a\" ? resource.count != null && resource.count > 1 : false"
      ),
    ])
  func fixIt(before: String, after: String) {
    let fixer = PolicyFixer(Self.validator, includesUnsafe: true)
    let fixed = fixer.fixed(Self.policy(before, types: ["A"], action: "deny"), name: "p.json")
    #expect(fixed.report.policies.first?.rules.first?.condition == after)
    #expect(fixed.report.diagnostics.map(\.message) == [])
  }

  @Test(
    "says what the error leads to",
    arguments: [
      ("deny", ", which denies"), ("warn", ", and the rule then applies"), ("audit", ", and the rule then applies"),
      ("allow", ", and the rule then does not apply"),
    ])
  func consequence(action: String, words: String) {
    let found = Self.found("resource.count > 5", types: ["A"], action: action)
    #expect(found.map(\.message) == ["this is an error where `resource.count` is absent" + words])
  }

  @Test(
    "a comparison that the range settles",
    arguments: [
      "1️⃣size(resource.name) < 0", "1️⃣resource.name.size() >= 0", "1️⃣size(resource.name) > 63",
      "1️⃣size(resource.name) == 64", "1️⃣size(resource.name) >= 3", "1️⃣size(resource.name) < 3u",
      "1️⃣resource.spec.size > 35", "1️⃣resource.spec.size < 1", "1️⃣resource.spec.size != 36", "1️⃣resource.spec.size <= 35.5",
      "has(resource.list) && 1️⃣size(resource.list) > 5", "1️⃣resource.count == 10", "1️⃣resource.count == -1",
      "resource.tags != null && 1️⃣size(resource.tags) == -1",
    ])
  func outOfRange(marked: String) { expect(marked, "out-of-range-comparison") }

  @Test(
    "a comparison inside the range",
    arguments: [
      "size(resource.name) > 3", "size(resource.name) <= 62", "size(resource.name) == 63", "resource.spec.size < 2",
      "resource.spec.size == 35", "resource.spec.size >= 2", "resource.count == 9",
      "resource.tags == null || size(resource.tags) > 0",
      "resource.tags == null || size(resource.tags) == 0", "resource.spec.size != principal.size",
      "size(resource.spec) == 1",
    ])
  func inRange(condition: String) { expect(condition, "out-of-range-comparison") }

  @Test(
    "a deprecated attribute",
    arguments: [
      "resource.1️⃣old == \"a\"", "resource[1️⃣\"old\"] == \"a\"", "1️⃣has(resource.old)", "resource.?1️⃣old.hasValue()",
      "resource.label == \"old\"",
    ])
  func deprecated(marked: String) { expect(marked, "deprecated-attribute") }

  @Test(
    "letter case of the values that a schema lists",
    arguments: [
      "resource.mode == 1️⃣\"enabled\"", "resource.mode in [1️⃣\"off\", \"Enabled\"]", "resource.mode == \"OFF\"",
    ])
  func caseOfChoices(marked: String) { expect(marked, "case-mismatch") }

  @Test("the fix-it of a value in another case writes the schema's")
  func caseFix() {
    let fixer = PolicyFixer(Self.validator, includesUnsafe: true)
    let fixed = fixer.fixed(Self.policy("resource.mode != 'off'", types: ["A"], action: "deny"), name: "p.json")
    #expect(fixed.report.policies.first?.rules.first?.condition == "resource.mode != \"OFF\"")
  }

  @Test(
    "a question that the schema answers",
    arguments: [
      "1️⃣has(resource.name) && resource.name == \"abc\"", "resource.label == \"a\" && 1️⃣resource.owner != null",
      "1️⃣!has(resource.spec.size) || resource.spec.size > 2", "1️⃣resource.name == null || resource.owner == \"a\"",
      "has(resource.rules) && resource.rules.exists(r, 1️⃣has(r.id) && r.id == \"a\")",
      "has(resource.label) && resource.owner == \"a\"", "has(resource.loose) && resource.owner == \"a\"",
      "resource.loose != null && resource.owner == \"a\"", "has(resource.enc.bits) && resource.owner == \"a\"",
      "resource.name != null || resource.owner == \"a\"", "has(principal.name) && principal.name == resource.owner",
    ])
  func requiredExistence(marked: String) { expect(marked, "redundant-existence-check") }

  @Test("the fix-it takes such questions away, and leaves a condition")
  func requiredExistenceFix() {
    for (before, after) in [
      ("has(resource.name) && resource.owner == \"a\"", "resource.owner == \"a\""),
      ("resource.label == \"a\" && has(resource.name) && resource.owner != null", "resource.label == \"a\""),
      ("has(resource.name) && has(resource.owner)", "has(resource.owner)"),
    ] {
      let fixed = PolicyFixer(Self.validator).fixed(Self.policy(before, types: ["A"], action: "deny"), name: "p.json")
      #expect(fixed.report.policies.first?.rules.first?.condition == after)
    }
  }

  @Test(
    "two attributes of which one is required are not both absent",
    arguments: [
      "1️⃣resource.label == principal.name", "1️⃣resource.loose == principal.name", "1️⃣resource.enc.bits == context.bits",
      "resource.name == principal.name", "resource.spec.size != context.size",
      "has(resource.rules) && resource.rules.exists(r, r.id == context.id)",
    ])
  func absentDecides(marked: String) { expect(marked, "absent-decides") }

  @Test(
    "what does not hold for all resource types of a policy is not said",
    arguments: [
      // The condition, what is said for `A` alone, and what for `A` and `B`.
      ("resource.count > 5", ["unguarded-attribute"], ["unguarded-attribute"]),
      ("resource.label.startsWith(\"a\")", ["unguarded-attribute"], []),
      ("resource.count == 10", ["out-of-range-comparison"], []),
      ("resource.old == \"a\"", ["deprecated-attribute"], []),
      ("resource.mode == \"enabled\"", ["case-mismatch"], []),
      ("resource.mode == \"off\"", ["case-mismatch"], ["case-mismatch"]),
      ("resource.label == principal.label", ["absent-decides"], []),
    ])
  func severalTypes(condition: String, alone: [String], together: [String]) {
    #expect(Self.found(condition, types: ["A"]).map(\.code) == alone)
    #expect(Self.found(condition, types: ["A", "B"]).map(\.code) == together)
    #expect(Self.found(condition, types: ["B", "A"]).map(\.code) == together)
  }
}

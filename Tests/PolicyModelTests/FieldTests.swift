import Diagnostics
import DocumentTree
import PolicyModel
import Source
import Testing

@Suite("Fields that are missing, unknown, doubled or in conflict")
struct FieldTests {
  @Test("a missing field is reported at its object's brace")
  func missing() {
    expectDecoding(
      #"1️⃣{"x-a": 1, "rules": [2️⃣{"id": "a"}]}"#,
      [
        Expected("1️⃣", "missing-field", "name"), Expected("2️⃣", "missing-field", "rules[0].action"),
        Expected("2️⃣", "missing-field", "rules[0].condition"),
      ])
    expectDecoding(
      "1️⃣{}", [Expected("1️⃣", "missing-field", "name"), Expected("1️⃣", "missing-field", "rules")])
  }

  @Test("a control of a compliance framework names both")
  func missingControl() {
    expectDecoding(
      policyJSON(
        #", "compliance_mapping": [1️⃣{"framework": "CIS"}, 2️⃣{"control": "1"}, {"framework": "a", "control": "b"}]"#),
      [
        Expected("1️⃣", "missing-field", "compliance_mapping[0].control"),
        Expected("2️⃣", "missing-field", "compliance_mapping[1].framework"),
      ])
  }

  @Test("a missing action can be written in the object's own layout")
  func insertedAction() {
    let text = "{\"name\": \"p\", \"rules\": [\n  1️⃣{\n    \"condition\": \"a\",\n    \"tags\": []\n  }\n]}"
    let found = expectDecoding(text, [Expected("1️⃣", "missing-field", "rules[0].action")])
    #expect(found.first?.fixIts.first?.edits.map(\.text) == [",\n    \"action\": \"deny\""])
    let line = expectDecoding(
      #"{"name": "p", "rules": [1️⃣{"condition": "a"}]}"#, [Expected("1️⃣", "missing-field", "rules[0].action")])
    #expect(line.first?.fixIts.first?.edits.map(\.text) == [#", "action": "deny""#])
  }

  @Test("an unknown field is reported in every object of the schema")
  func unknown() {
    expectDecoding(
      """
      {"name": "p", 1️⃣"qwerty": 1, "rules": [{"condition": "a", "action": "deny", 2️⃣"qwerty": 1}],
       "remediation": {3️⃣"qwerty": 1}, "compliance_mapping": [{"framework": "a", "control": "b", 4️⃣"qwerty": 1}]}
      """,
      [
        Expected("1️⃣", "unknown-field", "qwerty"), Expected("2️⃣", "unknown-field", "rules[0].qwerty"),
        Expected("3️⃣", "unknown-field", "remediation.qwerty"),
        Expected("4️⃣", "unknown-field", "compliance_mapping[0].qwerty"),
      ])
  }

  @Test("metadata and extensions are never looked into")
  func unchecked() {
    expectDecoding(
      policyJSON(#", "metadata": {"qwerty": null}, "x-": {}, "$schema": null"#, rule: #", "x-y": {"a": 1}"#), [])
  }

  @Test("a misspelt field that is missing is reported once, naming both")
  func misspelt() {
    let found = expectDecoding(
      #"{"name": "p", "rules": [{1️⃣"condtion": "a", 2️⃣"Action": "deny"}]}"#,
      [Expected("1️⃣", "unknown-field", "rules[0].condtion"), Expected("2️⃣", "unknown-field", "rules[0].Action")])
    #expect(found.first?.message == "unknown field `condtion`; did you mean `condition`, which is missing?")
    #expect(found.first?.fixIts.first?.edits.first?.text == "\"condition\"")
  }

  @Test("`effect` stands for `action`, also when misspelt")
  func misspeltEffect() {
    expectDecoding(
      #"{"name": "p", "rules": [{"condition": "a", 1️⃣"efect": "deny"}]}"#,
      [Expected("1️⃣", "unknown-field", "rules[0].efect")])
  }

  @Test("a name that stands in the object already is not offered")
  func takenCandidate() {
    let found = expectDecoding(policyJSON(#", 1️⃣"nam": "q""#), [Expected("1️⃣", "unknown-field", "nam")])
    #expect(found.first?.message == "unknown field `nam`")
    let both = expectDecoding(
      #"{1️⃣"nam": "p", 2️⃣"nme": "q", "rules": [{"condition": "a", "effect": "deny", 3️⃣"actio": "deny"}]}"#,
      [
        Expected("1️⃣", "unknown-field", "nam"), Expected("2️⃣", "unknown-field", "nme"),
        Expected("3️⃣", "unknown-field", "rules[0].actio"),
      ])
    #expect(both.map(\.fixIts.count) == [1, 0, 0])
  }

  @Test("a field that cannot take the value is not offered")
  func unfittingCandidate() {
    let found = expectDecoding(
      #"1️⃣{2️⃣"nam": {}, "rules": [{"condition": "a", "action": "deny"}]}"#,
      [Expected("1️⃣", "missing-field", "name"), Expected("2️⃣", "unknown-field", "nam")])
    #expect(found.last?.fixIts.isEmpty == true)
  }

  @Test("a field of another object says where it belongs")
  func misplaced() {
    let found = expectDecoding(
      policyJSON(#", 1️⃣"condition": "a""#, rule: #", 2️⃣"variables": {}"#),
      [Expected("2️⃣", "unknown-field", "rules[0].variables"), Expected("1️⃣", "unknown-field", "condition")])
    #expect(found.last?.help == "`condition` is a field of a rule: `rules[…].condition`")
    #expect(found.first?.help == "`variables` is a field of the policy itself")
  }

  @Test("two names of one field conflict at the second")
  func conflicting() {
    expectDecoding(
      policyJSON(#", "resource_types": [], 1️⃣"resource_type": "a""#, rule: #", 2️⃣"effect": "deny""#),
      [Expected("2️⃣", "conflicting-fields", "rules[0].effect"), Expected("1️⃣", "conflicting-fields", "resource_type")])
    expectDecoding(
      #"{"name": "p", "rules": [{"effect": "warn", "condition": "a", 1️⃣"action": "deny"}]}"#,
      [Expected("1️⃣", "conflicting-fields", "rules[0].action")])
  }

  @Test("a duplicate key is reported at the second, wherever it stands")
  func duplicates() {
    let found = expectDecoding(
      policyJSON(
        #", 1️⃣"name": 12, "metadata": {"a": [0, {"b c": 1, 2️⃣"b c": 2}]}"#, rule: #", 3️⃣"acti\u006fn": "warn""#),
      [
        Expected("3️⃣", "duplicate-key", "rules[0].action"), Expected("1️⃣", "duplicate-key", "name"),
        Expected("2️⃣", "duplicate-key", #"metadata.a[1]["b c"]"#),
      ])
    #expect(found.map { $0.related.map(\.span.count) } == [[8], [6], [5]])
  }

  @Test("a duplicate key of one of several policies has its index")
  func duplicateInArray() {
    expectDecoding(
      #"[\#(policyJSON()), {"policy": {"name": "p", 1️⃣"name": "q", "rules": [{"condition": "a", "action": "deny"}]}}]"#,
      [Expected("1️⃣", "duplicate-key", "[1].policy.name")])
  }
}

import Diagnostics
import DocumentTree
import PolicyModel
import Source
import Testing

@Suite("Policies in YAML")
struct YAMLPolicyTests {
  static let rule = "rules:\n- condition: resource.public\n  action: deny\n"

  @Test("a missing field is reported at its object's first key, or its brace")
  func missing() {
    expectDecoding(
      "1️⃣x-a: 1\nrules:\n  - 2️⃣id: a\n    action: deny\n  - 3️⃣{condition: b}\n",
      [
        Expected("1️⃣", "missing-field", "name"), Expected("2️⃣", "missing-field", "rules[0].condition"),
        Expected("3️⃣", "missing-field", "rules[1].action"),
      ], .yaml)
  }

  @Test(
    "a missing action is written in the object's own style",
    arguments: [
      ("name: p\nrules:\n- condition: a\n", "name: p\nrules:\n- condition: a\n  action: deny\n"),
      (
        "name: p\nrules:\n  - condition: a # why\n    id: b\n",
        "name: p\nrules:\n  - condition: a # why\n    id: b\n    action: deny\n"
      ),
      (
        "rules:\n-   condition: |\n      a\n\nname: p", "rules:\n-   condition: |\n      a\n    action: deny\n\nname: p"
      ),
      ("name: p\nrules:\n- condition: a", "name: p\nrules:\n- condition: a\n  action: deny"),
      ("name: p\r\nrules:\r\n- condition: a\r\n", "name: p\r\nrules:\r\n- condition: a\r\n  action: deny\r\n"),
      ("name: p\nrules: [{condition: a}]\n", "name: p\nrules: [{condition: a, action: deny}]\n"),
      ("name: p\nrules:\n- - x\n- {tags: [b], condition: a}", nil),
    ] as [(String, String?)])
  func insertedAction(text: String, mended: String?) throws {
    let found = decoded(text, .yaml).diagnostics
    let fixIt = try #require(found.first { $0.code == "missing-field" }?.fixIts.first)
    if let mended {
      #expect(found.map(\.code) == ["missing-field"])
      #expect(applied(fixIt, to: text) == mended)
      #expect(decoded(mended, .yaml).diagnostics.map(\.message) == [])
    } else {
      #expect(decoded(applied(fixIt, to: text), .yaml).diagnostics.count == found.count - 1)
    }
  }

  @Test("a value says what it was read as, and how to quote it")
  func quoting() {
    let found = expectDecoding(
      """
      name: 1️⃣12
      version: 2️⃣1.10
      author: 3️⃣true
      description:4️⃣
      category: 5️⃣~
      enabled: 6️⃣yes
      auto_remediation: 7️⃣'false'
      tags: 8️⃣one, two
      compliance_frameworks: [9️⃣2]
      rules: [{condition: a, action: deny}]
      """,
      [
        Expected("1️⃣", "wrong-type", "name"), Expected("2️⃣", "wrong-type", "version"),
        Expected("3️⃣", "wrong-type", "author"), Expected("4️⃣", "wrong-type", "description"),
        Expected("5️⃣", "wrong-type", "category"), Expected("6️⃣", "wrong-type", "enabled"),
        Expected("7️⃣", "wrong-type", "auto_remediation"), Expected("8️⃣", "wrong-type", "tags"),
        Expected("9️⃣", "wrong-type", "compliance_frameworks[0]"),
      ], .yaml)
    #expect(
      found.map { $0.fixIts.first?.edits.first?.text } == [
        "\"12\"", "\"1.10\"", "\"true\"", nil, nil, "true", "false", "[\"one, two\"]", "\"2\"",
      ])
    #expect(found.first?.help == "YAML reads an unquoted `12` as an integer; write `\"12\"`")
    #expect(found[3].message == "`description` must be a string, and this is null, since nothing is written here")
  }

  @Test("a word or key is mended in its own style")
  func styles() {
    let found = expectDecoding(
      """
      name: p
      1️⃣'severty': 2️⃣"hihg"
      default_action: 3️⃣'alow'
      rules:
      - 4️⃣"condtion": a
        action: 5️⃣|
          dney
      - {condition: b, action: 6️⃣dney, 7️⃣messge: c}
      """,
      [
        Expected("1️⃣", "unknown-field", "severty"), Expected("3️⃣", "invalid-value", "default_action"),
        Expected("4️⃣", "unknown-field", "rules[0].condtion"), Expected("5️⃣", "invalid-value", "rules[0].action"),
        Expected("6️⃣", "invalid-value", "rules[1].action"), Expected("7️⃣", "unknown-field", "rules[1].messge"),
      ], .yaml)
    #expect(
      found.map { $0.fixIts.first?.edits.first?.text } == [
        "'severity'", "'allow'", "\"condition\"", "\"deny\"", "deny", "message",
      ])
  }

  @Test("a stream of several documents holds several policies")
  func stream() {
    let text =
      "name: p\n\(YAMLPolicyTests.rule)---\n1️⃣name: q\n...\n---\n- 2️⃣3\n- name: 4️⃣[]\n  \(YAMLPolicyTests.rule.replacing("\n", with: "\n  "))"
    expectDecoding(
      text,
      [
        Expected("1️⃣", "missing-field", "[1].rules"), Expected("2️⃣", "wrong-type", "[2][0]"),
        Expected("4️⃣", "wrong-type", "[2][1].name"),
      ], .yaml)
    #expect(decoded("name: p\n---\nname: q\n", .yaml).policies.map(\.path.field) == ["[0]", "[1]"])
  }

  @Test("documents in which nothing is written are not counted", arguments: ["---\n", "---\n---\n", "--- # nothing\n"])
  func emptyDocuments(marks: String) {
    expectDecoding("\(marks)name: p\n\(YAMLPolicyTests.rule)\(marks)", [], .yaml)
    #expect(decoded("\(marks)name: p\n\(marks)", .yaml).policies.map(\.path.field) == [""])
  }

  @Test("a stream that holds nothing is not a policy", arguments: ["", "\n# nothing\n", "---\n", "null\n", "~"])
  func emptyStream(text: String) {
    #expect(decoded(text, .yaml).diagnostics.map { "\($0.code) \($0.field)" } == ["wrong-type "])
  }

  @Test("a wrapper's key is part of each path")
  func wrapper() {
    expectDecoding(
      "policy:\n  name: p\n  rules:\n  - condition: 1️⃣\" \"\n    effect: deny\n",
      [Expected("1️⃣", "invalid-length", "policy.rules[0].condition")], .yaml)
  }

  @Test("an alias stands for its value, and is where the value's fault is reported")
  func aliases() {
    let found = expectDecoding(
      """
      x-word: &word dney
      x-rule: &rule {condition: a, action: deny}
      x-number: &number 12
      name: 1️⃣*number
      rules:
      - *rule
      - condition: b
        action: 2️⃣*word
      """,
      [Expected("1️⃣", "wrong-type", "name"), Expected("2️⃣", "invalid-value", "rules[1].action")], .yaml)
    #expect(found.map(\.fixIts.count) == [0, 0])
    #expect(found.map { $0.related.map(\.span.count) } == [[2], [4]])
  }

  @Test("merged members count as members")
  func mergeKeys() throws {
    let text =
      "x-base: &base {action: deny, severity: high}\nname: p\nrules:\n- <<: *base\n  condition: a\n  severity: low\n"
    expectDecoding(text, [], .yaml)
    let rule = try #require(decoded(text, .yaml).policies.first?.rules.first)
    #expect(rule.action == .deny)
    #expect(rule.severity == .low)
    expectDecoding(
      "x-base: &base {colour: red}\nname: p\nrules:\n- condition: a\n  action: deny\n  <<: 1️⃣*base\n",
      [Expected("1️⃣", "unknown-field", "rules[0].colour")], .yaml)
  }

  @Test("a duplicate key is reported at the second")
  func duplicates() {
    expectDecoding(
      "name: p\n1️⃣'name': q\nvariables: {a: '1', 2️⃣\"a\": '2'}\n\(YAMLPolicyTests.rule)",
      [Expected("1️⃣", "duplicate-key", "name"), Expected("2️⃣", "duplicate-variable", "variables.a")], .yaml)
  }
}

import Diagnostics
import DocumentTree
import PolicyModel
import Source
import Testing

@Suite("Values of a wrong type, outside their set, or of a wrong length")
struct ValueTests {
  /// Field, a value of another type, and how many fix-its it has.
  static let wrongTypes: [(field: String, value: String, fixIts: Int)] = [
    ("id", "12", 1), ("description", "null", 0), ("version", "1.10", 1), ("author", "true", 1), ("category", "[]", 0),
    ("resource_type", "{}", 0), ("resource_types", "\"AWS::S3::Bucket\"", 1), ("severity", "3", 0),
    ("enabled", "\"true\"", 1), ("enabled", "\"maybe\"", 0), ("enabled", "null", 0), ("enabled", "1", 1),
    ("enabled", "1.5", 0), ("tags", "\"a\\\"b\"", 1), ("tags", "{}", 0), ("default_action", "false", 0),
    ("variables", "[]", 0), ("compliance_frameworks", "7", 0), ("compliance_mapping", "{}", 0),
    ("auto_remediation", "\"no\"", 1), ("remediation", "\"x\"", 0), ("metadata", "null", 0),
  ]

  @Test("each field of a policy has its type", arguments: wrongTypes)
  func wrongType(row: (field: String, value: String, fixIts: Int)) {
    let found = expectDecoding(
      policyJSON(#", "\#(row.field)": 1️⃣\#(row.value)"#), [Expected("1️⃣", "wrong-type", row.field)])
    #expect(found.map(\.fixIts.count) == [row.fixIts])
  }

  @Test("each field of a rule has its type")
  func wrongTypeInRule() {
    expectDecoding(
      policyJSON(
        rule: """
          , "id": 1️⃣1, "name": 2️⃣null, "description": 3️⃣[], "message": 4️⃣{}, "severity": 5️⃣1, "enabled": 6️⃣"off", "tags": ["a", 7️⃣1, 8️⃣null]
          """),
      [
        Expected("1️⃣", "wrong-type", "rules[0].id"), Expected("2️⃣", "wrong-type", "rules[0].name"),
        Expected("3️⃣", "wrong-type", "rules[0].description"), Expected("4️⃣", "wrong-type", "rules[0].message"),
        Expected("5️⃣", "wrong-type", "rules[0].severity"), Expected("6️⃣", "wrong-type", "rules[0].enabled"),
        Expected("7️⃣", "wrong-type", "rules[0].tags[1]"), Expected("8️⃣", "wrong-type", "rules[0].tags[2]"),
      ])
    expectDecoding(
      #"{"name": 1️⃣false, "rules": [2️⃣"a", {"condition": 3️⃣true, "effect": 4️⃣[]}]}"#,
      [
        Expected("1️⃣", "wrong-type", "name"), Expected("2️⃣", "wrong-type", "rules[0]"),
        Expected("3️⃣", "wrong-type", "rules[1].condition"), Expected("4️⃣", "wrong-type", "rules[1].effect"),
      ])
    expectDecoding(#"{"name": "p", "rules": 1️⃣{}}"#, [Expected("1️⃣", "wrong-type", "rules")])
  }

  @Test("the small objects have their types too")
  func wrongTypeInSmallObjects() {
    expectDecoding(
      policyJSON(
        """
        , "remediation": {"auto_fix": 1️⃣"yes", "actions": [2️⃣1]},
        "compliance_mapping": [3️⃣1, {"framework": 4️⃣null, "control": 5️⃣2.1}]
        """),
      [
        Expected("1️⃣", "wrong-type", "remediation.auto_fix"), Expected("2️⃣", "wrong-type", "remediation.actions[0]"),
        Expected("3️⃣", "wrong-type", "compliance_mapping[0]"),
        Expected("4️⃣", "wrong-type", "compliance_mapping[1].framework"),
        Expected("5️⃣", "wrong-type", "compliance_mapping[1].control"),
      ])
  }

  @Test("the message says what must be there and what is")
  func wording() {
    let found = expectDecoding(
      policyJSON(#", "version": 1️⃣1.10, "tags": 2️⃣"a\nb""#),
      [Expected("1️⃣", "wrong-type", "version"), Expected("2️⃣", "wrong-type", "tags")])
    #expect(found.first?.message == "`version` must be a string, and this is the number `1.10`")
    #expect(found.first?.fixIts.first?.edits.first?.text == "\"1.10\"")
    #expect(found.first?.fixIts.first?.applicability == .safe)
    #expect(found.last?.message == "`tags` must be an array of strings, and this is the string `a\\nb`")
  }

  @Test(
    "a word outside its set is reported with the nearest",
    arguments: [
      ("dney", "deny" as String?), ("Deny ", "deny"), (" WARN", "warn"), ("alow", "allow"), ("block", nil), ("", nil),
      ("deny\\u0000", "deny"), ("d\\u00E9ny", nil),
    ])
  func invalidValue(written: String, meant: String?) {
    guard written != "deny\\u0000" else {
      expectDecoding(
        #"{"name": "p", "rules": [{"condition": "a", "action": "deny1️⃣\u0000"}]}"#,
        [Expected("1️⃣", "invalid-encoding", "rules[0].action")])
      return
    }
    let found = expectDecoding(
      #"{"name": "p", "rules": [{"condition": "a", "action": 1️⃣"\#(written)"}]}"#,
      [Expected("1️⃣", "invalid-value", "rules[0].action")])
    #expect(found.first?.fixIts.first?.edits.first?.text == meant.map { "\"\($0)\"" })
  }

  @Test("severities and default actions have their sets")
  func invalidSeverity() {
    expectDecoding(
      policyJSON(#", "severity": 1️⃣"hi", "default_action": 2️⃣"warn""#, rule: #", "severity": 3️⃣"MEDIUMM""#),
      [
        Expected("3️⃣", "invalid-value", "rules[0].severity"), Expected("1️⃣", "invalid-value", "severity"),
        Expected("2️⃣", "invalid-value", "default_action"),
      ])
  }

  @Test("words are taken in any letter case", arguments: ["allow", "DENY", "Warn", "aUdIt"])
  func letterCase(word: String) {
    let policy = decoded(#"{"name": "p", "rules": [{"condition": "a", "action": "\#(word)"}]}"#, .json).policies.first
    #expect(policy?.rules.first?.action?.rawValue == word.lowercased())
  }

  @Test("a name is not blank", arguments: ["", " ", "\\t\\n", "\u{A0}", "\u{200B}\u{3000}", "\u{E0020}", "\u{2800}"])
  func blankName(name: String) {
    expectDecoding(
      #"{"name": 1️⃣"\#(name)", "rules": [{"condition": "a", "action": "deny"}]}"#,
      [Expected("1️⃣", "invalid-length", "name")])
  }

  @Test("a name has at most 128 code points")
  func longName() {
    let rest = #""rules": [{"condition": "a", "action": "deny"}]}"#
    let emoji = String(repeating: "😀", count: 128)
    expectDecoding(#"{"name": "\#(emoji)", \#(rest)"#, [])
    expectDecoding(#"{"name": 1️⃣"\#(emoji)a", \#(rest)"#, [Expected("1️⃣", "invalid-length", "name")])
    expectDecoding(#"{"name": "e\u0301", \#(rest)"#, [])
  }

  @Test("a policy has a rule")
  func noRules() {
    expectDecoding(#"{"name": "p", "rules": 1️⃣[]}"#, [Expected("1️⃣", "invalid-length", "rules")])
  }

  @Test(
    "a condition holds more than blanks and comments",
    arguments: ["", "  ", "\\n\\t", "// why", " // a\\n\\n// b", "//", "\u{FEFF}"])
  func blankCondition(condition: String) {
    expectDecoding(
      #"{"name": "p", "rules": [{"condition": 1️⃣"\#(condition)", "action": "deny"}], "variables": {"v": 2️⃣"\#(condition)"}}"#,
      [Expected("1️⃣", "invalid-length", "rules[0].condition"), Expected("2️⃣", "invalid-length", "variables.v")])
  }

  @Test("a condition with comments around it is one", arguments: ["a // b", "// a\\nb", "/", "a\\n//", "\\u00E9"])
  func commentedCondition(condition: String) {
    expectDecoding(#"{"name": "p", "rules": [{"condition": "\#(condition)", "action": "deny"}]}"#, [])
  }

  @Test("an escaped NUL is reported at its escape in the fields that are read")
  func escapedNUL() {
    expectDecoding(
      policyJSON(
        #", "description": "a1️⃣\u0000b2️⃣\u0000", "tags": ["3️⃣\u0000"], "metadata": {"a": "\u0000"}, "x-a": "\u0000""#),
      [
        Expected("1️⃣", "invalid-encoding", "description"), Expected("2️⃣", "invalid-encoding", "description"),
        Expected("3️⃣", "invalid-encoding", "tags[0]"),
      ])
  }
}

import Diagnostics
import DocumentTree
import PolicyModel
import Source
import Testing

@Suite("Rule ids and variables")
struct RuleAndVariableTests {
  @Test("a rule's id belongs to it alone")
  func duplicateID() {
    let found = expectDecoding(
      """
      {"name": "p", "rules": [{"id": "a", "condition": "x", "action": "deny"}, {"id": "b", "condition": "x", "action": "deny"},
       {"id": 1️⃣"\\u0061", "condition": "x", "action": "deny"}, {"id": 2️⃣"a", "condition": "x", "action": "deny"}]}
      """,
      [Expected("1️⃣", "duplicate-rule-id", "rules[2].id"), Expected("2️⃣", "duplicate-rule-id", "rules[3].id")])
    #expect(found.map { $0.related.map(\.path.field) } == [["rules[0].id"], ["rules[0].id"]])
  }

  @Test("ids are compared code point by code point")
  func canonicallyEquivalentIDs() {
    expectDecoding(
      """
      {"name": "p", "rules": [{"id": "\u{E9}", "condition": "x", "action": "deny"},
       {"id": "e\u{301}", "condition": "x", "action": "deny"}]}
      """, [])
  }

  @Test("an id is unique in its own policy only")
  func sameIDInTwoPolicies() {
    let policy = policyJSON(rule: #", "id": "a""#)
    expectDecoding("[\(policy), \(policy)]", [])
  }

  @Test(
    "a variable's name is an identifier",
    arguments: ["is-open", "1a", "", "for", "in", "true", "a b", "caf\u{E9}", "a.b"])
  func invalidIdentifier(name: String) {
    let bare = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } && name.first?.isLetter == true
    expectDecoding(
      policyJSON(#", "variables": {1️⃣"\#(name)": "1"}"#),
      [Expected("1️⃣", "invalid-identifier", bare ? "variables.\(name)" : "variables[\"\(name)\"]")])
  }

  @Test("other names are", arguments: ["a", "_", "A1_b", "and", "size", "variables"])
  func identifier(name: String) {
    expectDecoding(policyJSON(#", "variables": {"\#(name)": "1"}"#), [])
  }

  @Test("a variable is declared once")
  func duplicateVariable() {
    let text = policyJSON(#", "variables": {"a": "1", 1️⃣"\u0061": "2", "b": 2️⃣3}"#)
    expectDecoding(
      text, [Expected("1️⃣", "duplicate-variable", "variables.a"), Expected("2️⃣", "wrong-type", "variables.b")])
    let policy = decoded(#"{"variables": {"a": "1", "a": "2"}}"#, .json).policies.first
    #expect(policy?.variables.map(\.expression) == ["1"])
  }
}

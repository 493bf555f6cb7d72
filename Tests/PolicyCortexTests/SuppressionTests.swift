import Diagnostics
import PolicyCortex
import Testing

@Suite struct SuppressionTests {
  /// The codes that are left, with the line each starts on.
  private func codes(_ text: String, name: String = "p.yaml", advice: AdviceSelection = AdviceSelection()) -> [String] {
    let report = PolicyValidator(advice: advice).validate(Array(text.utf8), name: name)
    let lines = LineTable(report.source)
    return report.diagnostics.map { "\($0.code) \(lines.position(of: $0.span.start).line)" }
  }

  @Test(
    "a comment reaches its line, or the next one, and the texts that start there",
    arguments: [
      "- condition: resource.a and resource.b # policycortex: ignore[word-operator] -- as in our guide\n  action: warn\n",
      "# policycortex: ignore[word-operator]\n- condition: resource.a and resource.b\n  action: warn\n",
      "# policycortex: ignore[word-operator]\n# more\n\n- condition: resource.a and resource.b\n  action: warn\n",
      "- condition: | #  policycortex:ignore[ word-operator ]\n    resource.a\n    and resource.b\n  action: warn\n",
      "- # policycortex: ignore[hidden-unicode, word-operator]\n  condition: >\n    resource.a == 'x\u{200B}'\n"
        + "    and resource.b\n  action: warn\n",
      "- {action: warn, condition: resource.a and resource.b} # policycortex: ignore[word-operator]\n",
    ])
  func comments(rule: String) { #expect(codes("name: p\nrules:\n\(rule)") == []) }

  @Test(
    "a comment reaches no further",
    arguments: [
      ("- condition: resource.a and resource.b\n  action: warn # policycortex: ignore[word-operator]\n", 3, 4),
      ("# policycortex: ignore[word-operator]\n- action: warn\n  condition: resource.a and resource.b\n", 5, 3),
    ])
  func reach(rule: String, found: Int, unused: Int) {
    #expect(
      Set(codes("name: p\nrules:\n\(rule)")) == ["word-operator \(found)", "unused-suppression \(unused)"])
  }

  @Test("a comment in a condition reaches the whole condition, in JSON and YAML")
  func conditionComments() {
    let yaml =
      "name: p\nrules:\n- condition: |\n    resource.a and\n    // policycortex: ignore[word-operator]\n    resource.b\n"
    #expect(codes(yaml + "  action: warn\n") == [])
    let json =
      #"{"name": "p", "rules": [{"condition": "resource.a and resource.b // policycortex: ignore[word-operator]", "action": "warn"}]}"#
    #expect(codes(json, name: "p.json") == [])
    #expect(codes(json.replacing("and", with: "&&"), name: "p.json") == ["unused-suppression 1"])
  }

  @Test("a text that only looks like a comment is none")
  func texts() {
    let text =
      "name: p\nrules:\n- condition: resource.a and resource.b != ' # policycortex: ignore[word-operator]'\n  action: warn\n"
    #expect(
      codes(text.replacing("resource.a and", with: "\"resource.a and").replacing("]'\n", with: "]'\"\n")) == [
        "word-operator 3"
      ])
    let literal =
      "name: p\ndescription: |\n  # policycortex: ignore[word-operator]\nrules:\n- condition: resource.a and resource.b\n  action: warn\n"
    #expect(codes(literal) == ["word-operator 5"])
    #expect(codes("# policycortex: see the guide\nname: p\nrules:\n- condition: resource.a\n  action: warn\n") == [])
  }

  @Test("x-policycortex reaches the object it stands in, and means nothing below metadata")
  func members() {
    let member = #""x-policycortex": {"ignore": ["word-operator"], "reason": "r"}"#
    let rule = #"{"condition": "resource.a and resource.b", "action": "warn"}"#
    #expect(codes(#"{"name": "p", \#(member), "rules": [\#(rule), \#(rule)]}"#, name: "p.json") == [])
    let one = #"{"name": "p", "rules": [{\#(member), \#(rule.dropFirst()),"# + "\n" + #"\#(rule)]}"#
    #expect(codes(one, name: "p.json") == ["word-operator 2"])
    let metadata = #"{"name": "p", "metadata": {\#(member)}, "rules": [\#(rule)]}"#
    #expect(codes(metadata, name: "p.json") == ["word-operator 1"])
    #expect(codes("policy:\n  name: p\n  rules: [\(rule)]\nx-policycortex:\n  ignore: [word-operator]\n") == [])
    #expect(
      codes(#"{"name": "p", "x-policycortex": {"ignore": "word-operator"}, "rules": [\#(rule)]}"#, name: "p.json")
        == ["unused-suppression 1", "word-operator 1"])
  }

  @Test(
    "errors and unknown codes cannot be suppressed, and that is said",
    arguments: [
      ("unknown-field", "`unknown-field` is an error, and errors cannot be suppressed"),
      ("word-operater", "there is no diagnostic `word-operater`; did you mean `word-operator`?"),
      ("whatever-this-is", "there is no diagnostic `whatever-this-is`"),
    ])
  func useless(code: String, message: String) {
    let text = "name: p\nrules:\n- condition: resource.a\n  action: warn\n  foo: 1 # policycortex: ignore[\(code)]\n"
    let found = PolicyValidator().validate(Array(text.utf8), name: "p.yaml").diagnostics
    #expect(found.map(\.code) == ["unknown-field", "unused-suppression"])
    #expect(found.last?.message == message)
    #expect(found.last?.severity == .hint)
  }

  @Test("what is not looked for is not called unused, and neither is anything where there are errors")
  func silence() {
    let text = "name: p\nrules:\n- condition: resource.a # policycortex: ignore[word-operator]\n  action: warn\n"
    #expect(codes(text) == ["unused-suppression 3"])
    #expect(codes(text, advice: AdviceSelection(ignored: ["word-operator"])) == [])
    #expect(codes(text, advice: AdviceSelection(ignored: ["unused-suppression"])) == [])
    #expect(codes(text.replacing("warn", with: "wran")) == ["invalid-value 4"])
    #expect(codes("# policycortex: ignore[unused-suppression]\n" + text) == ["unused-suppression 4"])
    #expect(
      codes(text.replacing("- condition", with: "# policycortex: ignore[unused-suppression]\n- condition")) == [])
  }

  @Test(
    "what is wrong with the spelling is said",
    arguments: [
      "ignore word-operator", "ignore[]", "ignore[word-operator", "ignroe[word-operator]", "disable[word-operator]",
    ])
  func malformed(directive: String) {
    let text = "name: p\nrules:\n- condition: resource.a # policycortex: \(directive)\n  action: warn\n"
    #expect(codes(text) == ["unused-suppression 3"])
  }

  @Test(
    "removing what is unused leaves the document as it was without",
    arguments: [
      (
        "- condition: resource.a # policycortex: ignore[word-operator]\n  action: warn\n",
        "- condition: resource.a\n  action: warn\n"
      ),
      (
        "# policycortex: ignore[word-operator]\n- condition: resource.a\n  action: warn\n",
        "- condition: resource.a\n  action: warn\n"
      ),
      (
        "- condition: resource.a and resource.b # policycortex: ignore[word-operator, hidden-unicode]\n  action: warn\n",
        "- condition: resource.a and resource.b # policycortex: ignore[word-operator]\n  action: warn\n"
      ),
      (
        "- condition: resource.a\n  x-policycortex:\n    ignore: [word-operator]\n  action: warn\n",
        "- condition: resource.a\n  action: warn\n"
      ),
      (
        "- x-policycortex: {ignore: [word-operator]}\n  condition: resource.a\n  action: warn\n",
        "- condition: resource.a\n  action: warn\n"
      ),
      (
        "- condition: resource.a\n  action: warn\n  x-policycortex: {ignore: [word-operator]}\n",
        "- condition: resource.a\n  action: warn\n"
      ),
      (
        "- {condition: resource.a, action: warn, x-policycortex: {ignore: [word-operator]}}\n",
        "- {condition: resource.a, action: warn}\n"
      ),
      (
        "- condition: |\n    resource.a // policycortex: ignore[word-operator]\n  action: warn\n",
        "- condition: |\n    resource.a\n  action: warn\n"
      ),
    ])
  func removal(before: String, after: String) {
    let head = "name: p\nrules:\n"
    let fixed = PolicyFixer(PolicyValidator()).fixed(Array((head + before).utf8), name: "p.yaml")
    #expect(String(decoding: fixed.bytes, as: UTF8.self) == head + after)
  }

  @Test("many suppressions take linear time and no deep stack")
  func many() {
    let rule = "- condition: resource.a and resource.b # policycortex: ignore[word-operator]\n  action: warn\n"
    let stacked = String(repeating: "# policycortex: ignore[word-operator]\n", count: 5_000)
    let text = "name: p\nrules:\n" + String(repeating: rule, count: 5_000) + stacked + rule
    let report = PolicyValidator().validate(Array(text.utf8), name: "p.yaml")
    #expect(!report.diagnostics.contains { $0.code == "word-operator" })
    #expect(report.diagnostics.count == 5_000)
  }
}

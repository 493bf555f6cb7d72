import Diagnostics
import MarkedSource
import PolicyCortex
import Source
import Testing

/// What is found in a policy: codes and offsets.
func policyReport(_ policy: String, name: String = "p.json") -> [String] {
  PolicyValidator(clock: fixedClock).validate(Array(policy.utf8), name: name).diagnostics
    .map { "\($0.code) \($0.span.start)" }
}

@Suite("Advice on whole policies")
struct PolicyAdviceTests {
  /// A document after its first fix-it of a code, and what is found in that.
  private func mended(_ text: String, _ name: String, _ code: String) -> (text: String, codes: [String])? {
    let validator = PolicyValidator(clock: fixedClock)
    let found = validator.validate(Array(text.utf8), name: name).diagnostics
    guard let fixIt = found.first(where: { $0.code == code })?.fixIts.first else { return nil }
    let mended = text.applying(fixIt.edits)
    return (mended, validator.validate(Array(mended.utf8), name: name).diagnostics.map(\.code))
  }

  @Test("an unused variable is removed from JSON with its comma, and the last one with `variables`")
  func unusedInJSON() throws {
    func policy(_ variables: String) -> String {
      #"{"name": "p", \#(variables)"rules": [{"condition": "resource.a > variables.u", "action": "warn"}]}"#
    }
    for (before, after) in [
      (#""variables": {"a": "1", "u": "2"}, "#, #""variables": {"u": "2"}, "#),
      (#""variables": {"u": "2", "a": "1"}, "#, #""variables": {"u": "2"}, "#),
    ] {
      let result = try #require(mended(policy(before), "p.json", "unused-variable"))
      #expect(result.text == policy(after))
      #expect(result.codes == [])
    }
    let only = #"{"name": "p", "variables": {"a": "1"}, "rules": [{"condition": "resource.a", "action": "warn"}]}"#
    let result = try #require(mended(only, "p.json", "unused-variable"))
    #expect(result.text == #"{"name": "p", "rules": [{"condition": "resource.a", "action": "warn"}]}"#)
    #expect(result.codes == [])
  }

  @Test("an unused variable is removed from YAML with its lines")
  func unusedInYAML() throws {
    let rules = "rules:\n- condition: resource.a > variables.u\n  action: warn\n"
    for (before, after) in [
      ("variables:\n  a: \"1\"\n  u: \"2\"\n", "variables:\n  u: \"2\"\n"),
      ("variables:\n  u: \"2\"\n  a: |  # why\n    1 +\n    1\n\n", "variables:\n  u: \"2\"\n\n"),
      (
        "variables:\n  # first\n  a: >-\n    1\n  # second\n  u: \"2\" # two\n",
        "variables:\n  # first\n  # second\n  u: \"2\" # two\n"
      ),
      ("variables: {a: \"1\", u: \"2\"}\n", "variables: {u: \"2\"}\n"),
      ("variables: {u: \"2\", a: \"1\"}\n", "variables: {u: \"2\"}\n"),
    ] {
      let result = try #require(mended("name: p\n" + before + rules, "p.yaml", "unused-variable"))
      #expect(result.text == "name: p\n" + after + rules)
      #expect(result.codes == [])
    }
    let only = "name: p\nvariables:\n  a: \"1\"\nrules:\n- {condition: resource.a, action: warn}\n"
    let result = try #require(mended(only, "p.yaml", "unused-variable"))
    #expect(result.text == "name: p\nrules:\n- {condition: resource.a, action: warn}\n")
  }

  @Test("what an anchor or a shared line holds is not removed")
  func unusedWithoutFix() {
    for variables in [
      "variables:\n  a: &one \"1\"\n  u: *one\n", "variables:\n  a: &one \"1\"\n  u: \"2\"\n",
    ] {
      let text = "name: p\n\(variables)rules:\n- {condition: resource.a > variables.u, action: warn}\n"
      #expect(policyReport(text, name: "p.yaml").map { $0.prefix(15) } == ["unused-variable"])
      #expect(mended(text, "p.yaml", "unused-variable") == nil)
    }
  }

  @Test("a variable that only unused ones use is unused, and is removed after them")
  func unusedChain() throws {
    let text = """
      name: p
      variables:
        a: resource.size
        b: variables.a > 1
        c: '"x"'
      rules:
      - {condition: resource.k == variables.c, action: warn}

      """
    let found = PolicyValidator(clock: fixedClock).validate(Array(text.utf8), name: "p.yaml").diagnostics
    #expect(found.map(\.field) == ["variables.a", "variables.b"])
    #expect(found.map(\.fixIts.count) == [0, 1])
    let fixIt = try #require(found.last?.fixIts.first)
    let after = text.applying(fixIt.edits)
    #expect(policyReport(after, name: "p.yaml").map { $0.prefix(15) } == ["unused-variable"])
    let twice = try #require(mended(after, "p.yaml", "unused-variable"))
    #expect(twice.codes == [])
  }

  @Test(
    "a variable counts as used",
    arguments: [
      "{condition: resource.a > variables.v, action: warn}", "{condition: resource.a > variables[\"v\"], action: warn}",
      "{condition: resource.a > variables[context.key], action: warn}",
      "{condition: size(variables) > 0, action: warn}",
      "{condition: resource.a, action: warn, message: \"{{ variables.v }}\"}",
      "{condition: has(variables.v), action: warn}",
      "{condition: \"cel.bind(w, variables, w.v > resource.a)\", action: warn}",
    ])
  func used(rule: String) {
    let text = "name: p\nvariables: {v: \"1\"}\nrules:\n- \(rule)\n"
    #expect(policyReport(text, name: "p.yaml").filter { $0.hasPrefix("unused") } == [])
  }

  @Test("where something has errors, no variable is called unused")
  func unusedBesideErrors() {
    let rules = [
      "{condition: resource.a > variables.vv, action: warn}", "{condtion: variables.v, action: warn}",
      "{condition: \"variables.v &&\", action: warn}",
    ]
    for rule in rules {
      let text = "name: p\nvariables: {v: \"1\"}\nrules:\n- \(rule)\n"
      #expect(policyReport(text, name: "p.yaml").filter { $0.hasPrefix("unused") } == [], "\(rule)")
    }
  }

  @Test("a denial reads the resource through variables, however long the way")
  func denialThroughVariables() {
    let text = """
      name: p
      variables: {a: resource.size > 1, b: variables.a && principal.x, c: principal.y}
      rules:
      - {condition: variables.b && variables.c, action: deny, message: m}
      - {condition: 1️⃣variables.c, action: deny, message: m}

      """
    let source = MarkedSource(text)
    #expect(policyReport(source.text, name: "p.yaml") == ["unconditional-rule \(source.offset("1️⃣"))"])
  }

  @Test("a denial without message, and what stands for one")
  func missingMessage() {
    func codes(_ rule: String) -> [String] {
      policyReport("name: p\nrules:\n- {condition: resource.a, \(rule)}\n", name: "p.yaml").map {
        String($0.prefix { $0 != " " })
      }
    }
    #expect(codes("action: deny") == ["missing-message"])
    #expect(codes("action: DENY, message: m") == ["noncanonical-value"])
    #expect(codes("action: warn") == [])
    #expect(codes("action: deny, message: 5") == ["wrong-type"])
    #expect(codes("action: deny, mesage: m") == ["unknown-field"])
  }

  @Test("words in other letter case, and `effect`, are put in the schema's spelling")
  func noncanonical() throws {
    for (before, after) in [
      ("action: Warn", "action: warn"), ("action: 'ALLOW'", "action: 'allow'"),
      ("effect: \"warn\"", "action: \"warn\""),
      ("action: warn, severity: High", "action: warn, severity: high"),
    ] {
      let text = "name: p\nrules:\n- {condition: resource.a, \(before)}\n"
      let result = try #require(mended(text, "p.yaml", "noncanonical-value"))
      #expect(result.text == "name: p\nrules:\n- {condition: resource.a, \(after)}\n")
      #expect(result.codes == [])
    }
    let conflict = "name: p\nrules:\n- {condition: resource.a, effect: warn, action: warn}\n"
    #expect(policyReport(conflict, name: "p.yaml").map { $0.prefix(18) } == ["conflicting-fields"])
  }

  @Test("two policies of a file with one id, or with one name and types")
  func duplicatesInFile() {
    func policy(_ head: String) -> String { "\(head)\nrules:\n- {condition: resource.a, action: warn}\n" }
    func codes(_ heads: [String]) -> [String] {
      policyReport(heads.map(policy).joined(separator: "---\n"), name: "p.yaml").map { String($0.prefix { $0 != " " }) }
    }
    #expect(codes(["id: x\nname: a", "id: x\nname: b"]) == ["duplicate-policy"])
    #expect(codes(["name: a", "name: a"]) == ["duplicate-policy"])
    #expect(codes(["name: a\nresource_types: [A, B]", "name: a\nresource_types: [B, A]"]) == ["duplicate-policy"])
    #expect(codes(["name: a\nresource_type: A", "name: a\nresource_type: B"]) == [])
    #expect(codes(["name: a", "name: b"]) == [])
    #expect(codes(["name: \u{E9}", "name: e\u{301}"]) == [])
  }

  @Test("two files with one policy: the second is told of the first, with the rules that both have")
  func duplicatesAcrossFiles() throws {
    func file(_ name: String, _ text: String) -> (policies: [PolicyIdentity], source: SourceText) {
      let report = PolicyValidator().validate(Array(text.utf8), name: name)
      return (report.policies.map(PolicyIdentity.init), report.source)
    }
    let first = "name: a\nid: x\nrules:\n- {id: r, condition: resource.a, action: warn}\n"
    let second = "name: b\nid: x\nrules:\n- {id: r, condition: resource.b, action: warn}\n"
    let found = duplicatePolicies(acrossFiles: [
      file("a.yaml", first), file("b.yaml", second), file("c.yaml", "name: c"),
    ])
    #expect(found.map(\.count) == [0, 1, 0])
    let diagnostic = try #require(found[1].first)
    #expect(diagnostic.message == "a policy with the id `x` stands in `a.yaml` already")
    #expect(diagnostic.help == "rules of both have the ids `r`")
    #expect(diagnostic.field == "id")
    #expect(diagnostic.related.first?.elsewhere?.name == "a.yaml")
    #expect(diagnostic.related.first?.elsewhere?.start.line == 2)
  }

  @Test("the published condition in YAML's `|` style: one hint at `or`, with a safe fix")
  func publishedCondition() throws {
    let text = """
      name: p
      rules:
      - condition: |
          resource.versioning.status != "Enabled" 1️⃣or resource.versioning.status == null
        action: warn

      """
    let source = MarkedSource(text)
    let found = PolicyValidator().validate(Array(source.text.utf8), name: "p.yaml").diagnostics
    #expect(found.map(\.code) == ["word-operator"])
    let hint = try #require(found.first)
    #expect(hint.span == SourceSpan(source.offset("1️⃣"), source.offset("1️⃣") + 2))
    #expect(hint.conditionSpan == SourceSpan(40, 42))
    #expect(hint.fixIts.first?.applicability == .safe)
    #expect(
      source.text.applying(try #require(hint.fixIts.first).edits) == source.text.replacing("\" or ", with: "\" || "))
  }
}

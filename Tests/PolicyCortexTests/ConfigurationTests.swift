import Diagnostics
import PolicyCortex
import PolicyModel
import Testing

@Suite struct ConfigurationTests {
  private func read(_ text: String) -> (configuration: Configuration, findings: [String]) {
    let source = SourceText(name: ".policycortex.yaml", text: text)
    let (configuration, diagnostics) = Configuration.read(source, directory: "/team")
    let lines = LineTable(source)
    return (
      configuration,
      diagnostics.map { diagnostic in
        let place = lines.position(of: diagnostic.span.start)
        return
          "\(place.line):\(place.column) \(diagnostic.severity.rawValue) \(diagnostic.field): \(diagnostic.message)"
      }
    )
  }

  @Test("every key is read, and paths are the configuration's own")
  func keys() {
    let (configuration, findings) = read(
      """
      resource_types: ./schemas/
      inputs:
        principal: schemas/principal.json
        context: /etc/context.json
      select: [word-operator, hidden-unicode]
      ignore: [hidden-unicode]
      severity:
        word-operator: error
        comment-swallows-condition: off
      fail_level: hint
      exclude: [generated/, "*.draft.yaml"]
      """)
    #expect(findings == [])
    #expect(configuration.resourceTypes == "/team/schemas")
    #expect(configuration.inputs == [.principal: "/team/schemas/principal.json", .context: "/etc/context.json"])
    #expect(configuration.advice.selected == ["word-operator", "hidden-unicode"])
    #expect(configuration.advice.ignored == ["hidden-unicode", "comment-swallows-condition"])
    #expect(configuration.advice.severities == ["word-operator": .error])
    #expect(configuration.failLevel == .hint)
    #expect(configuration.excludes(Array("/team/a/generated/b.yaml".utf8)))
    #expect(configuration.excludes(Array("/team/a.draft.yaml".utf8)))
    #expect(!configuration.excludes(Array("/team/a.yaml".utf8)))
    #expect(!configuration.excludes(Array("/elsewhere/generated".utf8)))
  }

  @Test("nothing is no configuration, and no fault", arguments: ["", "# nothing\n", "---\n", "{}"])
  func empty(text: String) {
    let (configuration, findings) = read(text)
    #expect(findings == [])
    #expect(configuration.advice == AdviceSelection())
  }

  @Test(
    "what is wrong is said where it stands",
    arguments: [
      ("selct: []", "1:1 error selct: unknown field `selct`; did you mean `select`?"),
      ("a: 1", "1:1 error a: unknown field `a`"),
      ("inputs: {principle: x}", "1:10 error inputs.principle: unknown field `principle`; did you mean `principal`?"),
      ("ignore: word-operator", "1:9 error ignore: `ignore` must be an array of strings, and this is a string"),
      ("ignore: [1]", "1:10 error ignore[0]: `ignore[0]` must be a string, and this is a number"),
      (
        "ignore:\n- word-operater",
        "2:3 error ignore[0]: there is no diagnostic `word-operater`; did you mean `word-operator`?"
      ),
      (
        "severity: {word-operator: of}",
        #"1:27 error severity["word-operator"]: `of` is no value of `severity["word-operator"]`; did you mean `off`?"#
      ),
      ("severity: {}\nseverity: {}", "2:1 error severity: `severity` stands in this object already"),
      ("fail_level: never", "1:13 error fail_level: `never` is no value of `fail_level`"),
      ("[]", "1:1 error : a configuration must be an object, and this is an array"),
      ("resource_types: [a]", "1:17 error resource_types: `resource_types` must be a string, and this is an array"),
      (
        "ignore: [unknown-field]",
        "1:10 hint ignore[0]: `unknown-field` is an error, and errors cannot be suppressed"
      ),
    ])
  func faults(text: String, finding: String) { #expect(read(text).findings == [finding]) }

  @Test("a configuration that is no YAML says why")
  func damaged() { #expect(read("a: [\n").findings.contains { $0.hasPrefix("1:4 error") }) }

  @Test("advice weighs what is said, and errors stay errors")
  func severities() {
    let text = "name: p\nrules:\n- condition: resource.a and resource.b\n  action: deny\n  foo: 1\n"
    let advice = AdviceSelection(
      selected: ["word-operator"], ignored: ["unknown-field"],
      severities: ["word-operator": .error, "unknown-field": .hint])
    let report = PolicyValidator(advice: advice).validate(Array(text.utf8), name: "p.yaml")
    #expect(report.diagnostics.map { "\($0.code) \($0.severity)" } == ["word-operator error", "unknown-field error"])
    #expect(report.status == .malformed)
    let clean = PolicyValidator(advice: advice).validate(
      Array(text.replacing("  foo: 1\n", with: "").utf8), name: "p.yaml")
    #expect(clean.status == .valid)
    let none = PolicyValidator(advice: AdviceSelection(selected: []))
    #expect(none.validate(Array(text.utf8), name: "p.yaml").diagnostics.map(\.code) == ["unknown-field"])
  }

  @Test(
    "patterns are those of .gitignore",
    arguments: [
      ("gen", "gen", true), ("gen", "a/gen/b.yaml", true), ("gen", "generated", false), ("gen/", "gen/x", true),
      ("/gen", "gen", true), ("/gen", "a/gen", false), ("a/b", "a/b/c", true), ("a/b", "x/a/b", false),
      ("**/b", "a/x/b", true), ("**/b", "b", true), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z/d", true),
      ("a/**", "a/b", true), ("a/**", "a", false), ("*.yaml", "x/y.yaml", true), ("*.yaml", "x/y.yml", false),
      ("?.y", "a.y", true), ("?.y", "ab.y", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
      ("a*b*c", "a1b2b3c", true),
      ("a\\*", "a*", true), ("a\\*", "ab", false), ("[", "[", true), ("", "a", false), ("**", "a", true),
      ("/", "a", false),
    ])
  func patterns(pattern: String, path: String, isMatch: Bool) {
    #expect(PathPattern(pattern).matches(Array(path.utf8)) == isMatch)
  }

  @Test("a pattern made to take long does not")
  func hostilePattern() {
    let pattern = PathPattern(String(repeating: "*a", count: 200) + "/" + String(repeating: "**/", count: 200) + "x")
    let path = Array((String(repeating: "a", count: 2_000) + String(repeating: "/b", count: 500)).utf8)
    #expect(!pattern.matches(path))
  }
}

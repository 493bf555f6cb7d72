import Diagnostics
import MarkedSource
import PolicyCortex
import Source
import Testing

@Suite("Advice on patterns")
struct PatternAdviceTests {
  private func findings(_ text: String, name: String = "policy.json") -> [Diagnostic] {
    PolicyValidator().validate(Array(text.utf8), name: name).diagnostics.filter {
      $0.code == "vulnerable-regex" || $0.code == "unanchored-regex"
    }
  }

  private func findings(inCondition condition: String) -> [Diagnostic] {
    findings(#"{"name": "p", "rules": [{"condition": \#(JSONText.quoted(condition)), "action": "deny"}]}"#)
  }

  @Test("the place is the part of the pattern, through the escapes of CEL, JSON and YAML")
  func places() throws {
    for text in [
      #"{"name": "p", "rules": [{"condition": "resource.a.matches(\"^\\\\.1️⃣(\\\\w+)+$2️⃣\")", "action": "deny"}]}"#,
      "name: p\nrules:\n- condition: resource.a.matches(r'^\\.1️⃣(\\w+)+$2️⃣')\n  action: deny\n",
      "name: p\nrules:\n- condition: \"resource.a.matches('^\\\\\\\\.1️⃣(\\\\\\\\w+)+$2️⃣')\"\n  action: deny\n",
      "name: p\nrules:\n- condition: |\n    resource.a\n      .matches('^\\u002e1️⃣(\\\\w+)+$2️⃣')\n  action: deny\n",
    ] {
      let marked = MarkedSource(text)
      let found = findings(marked.text, name: text.hasPrefix("{") ? "policy.json" : "policy.yaml")
      #expect(found.map(\.code) == ["vulnerable-regex"], "\(text)")
      #expect(found.first?.span == SourceSpan(marked.offset("1️⃣"), marked.offset("2️⃣") - 1), "\(text)")
    }
  }

  @Test("the message says what grows how, and the help on which text")
  func words() throws {
    let exponential = try #require(findings(inCondition: "resource.a.matches('^(a+)+$')").first)
    #expect(
      exponential.message
        == "`(a+)+` matches the same text in several ways: backtracking engines elsewhere take exponential time")
    #expect(exponential.help == "shown by `\"a\"`, many times `\"a\"`, and `\"0\"` at the end")
    let polynomial = try #require(findings(inCondition: "resource.a.matches(r'^\\d+\\d+$')").first)
    #expect(polynomial.message.hasPrefix("`\\d+` and `\\d+` match the same text in several ways: "))
    #expect(polynomial.message.hasSuffix("polynomial time"))
    let search = try #require(findings(inCondition: "resource.a.matches('.*x')").first)
    #expect(search.message.hasPrefix("`.*` is tried again from every place of the text"))
  }

  @Test("functions of the regex library are looked at, and are searches")
  func library() {
    #expect(
      findings(inCondition: "regex.replace(resource.a, '(a+)+b', '') == ''").map(\.code) == ["vulnerable-regex"])
    #expect(findings(inCondition: "regex.extract(resource.a, '[a-z0-9-]{3,63}').hasValue()").isEmpty)
  }

  @Test("a document full of slow patterns is answered soon, and the same by any number of workers")
  func manyPatterns() {
    let rules = (0..<1_500).map {
      #"{"condition": "resource.a.matches('^a+a+x\#($0)$')", "action": "deny"}"#
    }
    let text = Array(#"{"name": "p", "rules": [\#(rules.joined(separator: ","))]}"#.utf8)
    let one = PolicyValidator(workers: 1).validate(text, name: "policy.json").diagnostics
    let two = PolicyValidator(workers: 2).validate(text, name: "policy.json").diagnostics
    #expect(one.map(\.field) == two.map(\.field))
    #expect(one.count { $0.code == "vulnerable-regex" } > 500)
  }

  /// Patterns for whole values, and what they are with their anchors.
  private static let unanchored: [(pattern: String, mended: String)] = [
    ("[a-z0-9-]+", "^[a-z0-9-]+$"), ("[a-z][a-z0-9-]{2,62}", "^[a-z][a-z0-9-]{2,62}$"), ("[0-9]{12}", "^[0-9]{12}$"),
    ("^[a-z]+[0-9]+", "^[a-z]+[0-9]+$"), ("[a-z]{3,63}", "^[a-z]{3,63}$"), ("[a-z]+-[a-z]+", "^[a-z]+-[a-z]+$"),
    ("arn:aws:iam::[0-9]{12}:role/admin", "^arn:aws:iam::[0-9]{12}:role/admin$"),
    ("vpc-[0-9a-f]{8}x", "^vpc-[0-9a-f]{8}x$"), ("[a-z][a-z0-9.]{1,61}[a-z]", "^[a-z][a-z0-9.]{1,61}[a-z]$"),
  ]

  @Test("a pattern for a whole value lacks its anchors", arguments: unanchored)
  func lacksAnchors(pattern: String, mended: String) throws {
    let condition = "resource.a.matches('\(pattern)')"
    let found = findings(inCondition: condition).filter { $0.code == "unanchored-regex" }
    #expect(found.count == 1)
    let text = #"{"name": "p", "rules": [{"condition": \#(JSONText.quoted(condition)), "action": "deny"}]}"#
    let fixed = text.applying(try #require(found.first?.fixIts.first).edits)
    #expect(fixed.contains("'\(mended)'"), "\(fixed)")
    #expect(findings(fixed).filter { $0.code == "unanchored-regex" }.isEmpty)
  }

  /// Patterns that may as well be what is meant.
  private static let searches = [
    "prod", "^prod", "prod$", "^prod-", "[A-Z]", "[A-Z]+", "\\\\d+", "\\\\w+", "[^a-z0-9-]", "[^a-z0-9]+", "\\\\s",
    ".*",
    ".+", "^.{3,}$", "^[a-z0-9-]+$", "foo|bar", "(?i)admin", "prod-[a-z]+", "foo.*bar", "-[0-9]+-", "\\\\.(png|jpg)$",
    "[a-z]", "[0-9][0-9]", "/tmp/.*", "^arn:aws:", "password=[^&]+&", "(?i)task-[a-z]+", "colou?r red",
    "\\\\bprod\\\\b", "",
  ]

  @Test("a search is left alone", arguments: searches)
  func isSearch(pattern: String) {
    #expect(findings(inCondition: "resource.a.matches('\(pattern)')").filter { $0.code == "unanchored-regex" }.isEmpty)
  }

  /// Host names with dots that match anything, and with those escaped.
  private static let hosts: [(condition: String, mended: String)] = [
    ("x.matches('^https://files.example.com/')", "x.matches('^https://files\\\\.example\\\\.com/')"),
    ("x.matches(r'^(www|api)\\.example.org$')", "x.matches(r'^(www|api)\\.example\\.org$')"),
    ("x.matches('^.*\\\\.amazonaws.com:443$')", "x.matches('^.*\\\\.amazonaws\\\\.com:443$')"),
  ]

  @Test("a dot in a host name is to be escaped", arguments: hosts)
  func escapesDots(condition: String, mended: String) throws {
    let condition = "resource." + condition
    let found = findings(inCondition: condition).filter { $0.code == "unanchored-regex" }
    #expect(found.count == 1)
    let text = #"{"name": "p", "rules": [{"condition": \#(JSONText.quoted(condition)), "action": "deny"}]}"#
    let fixed = text.applying(try #require(found.first?.fixIts.first).edits)
    #expect(fixed.contains(JSONText.quoted("resource." + mended)), "\(fixed)")
  }

  @Test(
    "other dots are left alone",
    arguments: [
      "^https://files\\\\.example\\\\.com/", "^a.b$", "^.*com$", "^report.pdf$", "^example.com[a-z]$", "^[a-z].com$",
      "^foo.*.com$", "^v1.2.3$", "^[.]example[.]com$", "^example.comx$",
    ])
  func otherDots(pattern: String) {
    #expect(findings(inCondition: "resource.a.matches('\(pattern)')").filter { $0.code == "unanchored-regex" }.isEmpty)
  }
}

import DocumentTree
import MarkedSource
import PolicyCortex
import Testing

@Suite("Laying out the conditions of documents")
struct PolicyFormatterTests {
  private static func formatted(_ text: String, name: String = "policy.yaml", lineLength: Int = 60) -> String {
    let report = PolicyFormatter(lineLength: lineLength).format(Array(text.utf8), name: name)
    return String(decoding: report.bytes, as: UTF8.self)
  }

  private static func yaml(_ condition: String) -> String {
    "name: p # name\nrules:\n  - condition: \(condition)\n    action: deny   # as it is\n"
  }

  @Test(
    "a condition is written in the style it has, on one line where it fits",
    arguments: [
      ("resource.a==1", "resource.a == 1"), ("'resource.a==1'", "'resource.a == 1'"),
      ("\"resource.a==\\\"x\\\"\"", "\"resource.a == \\\"x\\\"\""),
      ("\"a == \\u0027\\u202e\\u0027\"", "\"a == \\u0027\\u202e\\u0027\""),
      ("\"a=='\\u202e'\"", "\"a == '\\u202e'\""), ("'a == \"it''s\"&& b'", "'a == \"it''s\" && b'"),
      ("a ?b :c", "'a ? b : c'"), ("a and\n      b", "a && b"), ("\n      a==b", "\n      a == b"),
      ("&a a==b", "&a a == b"), ("!!str a==b # why", "!!str a == b # why"), ("\"a // why\"", "\"a // why\""),
      ("|\n      a==b", "|\n      a == b"), ("|+\n      a==b\n\n", "|+\n      a == b\n\n"),
      ("|- # why\n     a\n     and b", "|- # why\n     a && b"), ("|6\n          a==b", "|6\n          a == b"),
      (">-\n      a==b\n      and c", ">-\n      a == b && c"),
    ])
  func oneLine(_ condition: String, _ expected: String) {
    #expect(Self.formatted(Self.yaml(condition)) == Self.yaml(expected))
    #expect(Self.formatted(Self.yaml(expected)) == Self.yaml(expected))
  }

  private static let long = "resource.aaaaaaaaaaaaaaa == 1 && resource.bbbbbbbbbbbbbbbb == 2"
  private static let lines = "resource.aaaaaaaaaaaaaaa == 1\n      && resource.bbbbbbbbbbbbbbbb == 2"

  @Test(
    "a condition that does not fit becomes a block scalar",
    arguments: [
      (long, "|-\n      \(lines)"), ("\"\(long)\"", "|-\n      \(lines)"),
      ("'\(long)' # why", "|- # why\n      \(lines)"),
      ("&a \(long)", "&a |-\n      \(lines)"), ("\n      \(long)", " |-\n      \(lines)"),
      ("|\n      \(long)", "|\n      \(lines)"), (">\n      \(long)", ">\n      \(lines)"),
      ("|2\n      \(long)", "|2\n      \(lines)"),
      ("\"a // why\\n&& b\"", "|-\n      a // why\n      && b"),
      ("|\n      a // why\n      and b\n\n      and c", "|\n      a // why\n      && b\n\n      && c"),
      (">\n      a\n\n      // why\n\n      and b", "|\n      a\n      // why\n      && b"),
      (
        "resource.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b",
        "resource.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b"
      ),
    ])
  func block(_ condition: String, _ expected: String) {
    let document = Self.yaml(expected).replacing("condition:  |-", with: "condition: |-")
    #expect(Self.formatted(Self.yaml(condition)) == document)
    #expect(Self.formatted(document) == document)
  }

  @Test("where no block scalar can stand, or what follows would be taken for its text, the condition stays on its line")
  func noBlock() {
    let flow = "{name: p, rules: [{condition: \"\(Self.long.replacing(" && ", with: "&&"))\", action: deny}]}\n"
    #expect(Self.formatted(flow) == flow.replacing("&&", with: " && "))
    let comment = "rules:\n  - condition: \(Self.long)\n      # deeper\n    action: deny\n"
    #expect(Self.formatted(comment) == comment)
    let lines = "{name: p, rules: [{condition: \"a // why\\nand b\", action: deny}]}\n"
    #expect(Self.formatted(lines) == lines.replacing("and b", with: "&& b"))
  }

  @Test("JSON stays on one line, with the line breaks that a string has")
  func json() {
    func document(_ condition: String) -> String {
      "{\"name\" : \"p\",\r\n\"rules\":[ {\"condition\": \"\(condition)\",\"action\":\"deny\"}]}"
    }
    for (condition, expected) in [
      (Self.long.replacing(" == ", with: "=="), Self.long), ("a==\\\"x\\\"", "a == \\\"x\\\""), ("a and b", "a && b"),
      ("a // why\\nand b", "a // why\\n&& b"), ("a == '\\u00e9'and b", "a == '\\u00e9' && b"),
      ("a \\u0026\\u0026 b", "a \\u0026\\u0026 b"),
    ] {
      #expect(Self.formatted(document(condition), name: "p.json") == document(expected))
    }
  }

  @Test("line ends stay what they are")
  func lineEnds() {
    let document = Self.yaml(Self.long).replacing("\n", with: "\r\n")
    let expected = Self.yaml("|-\n      \(Self.lines)").replacing("\n", with: "\r\n")
    #expect(Self.formatted(document) == expected)
  }

  @Test(
    "variables are laid out, messages are not; an aliased condition is once, at its anchor; so are several documents")
  func places() {
    #expect(
      Self.formatted(
        """
        name: p
        variables: {a: "1+1"}
        rules:
          - {condition: &c "variables.a==2", action: deny, message: "{{a+b}}"}
          - {condition: *c, action: warn}
        ---
        [{name: q, rules: [{condition: a==b, action: deny}]}]
        """) == """
          name: p
          variables: {a: "1 + 1"}
          rules:
            - {condition: &c "variables.a == 2", action: deny, message: "{{a+b}}"}
            - {condition: *c, action: warn}
          ---
          [{name: q, rules: [{condition: a == b, action: deny}]}]
          """)
  }

  @Test("what cannot be read is left as it is, and said")
  func obstacles() {
    let text = "name: p\nrules:\n  - {condition: a &&, action: deny}\n  - {condition: a==b, action: deny}\n"
    let report = PolicyFormatter().format(Array(text.utf8), name: "p.yaml")
    #expect(report.changedCount == 1)
    #expect(report.obstacles.map { "\($0.code) \($0.field)" } == ["invalid-condition-syntax rules[0].condition"])
    let broken = PolicyFormatter().format(Array("{\"rules\": [{\"condition\": \"a==b\"".utf8), name: "p.json")
    #expect(!broken.isChanged && broken.obstacles.map(\.code) == ["invalid-json"])
    let swallowing = "name: p\nrules:\n  - action: deny\n    condition: a //why\n      && b\n"
    #expect(Self.formatted(swallowing) == swallowing)
  }

  @Test("samples stay valid, and are laid out once for all", arguments: SampleFolder.all(.valid), [40, 100])
  func samples(sample: SampleFolder, lineLength: Int) throws {
    let bytes = try #require(sample.bytes(sample.policyFile))
    let formatter = PolicyFormatter(lineLength: lineLength)
    let report = formatter.format(bytes, name: sample.policyFile)
    #expect(report.obstacles.isEmpty)
    #expect(!formatter.format(report.bytes, name: sample.policyFile).isChanged)
    let before = PolicyValidator().validate(bytes, name: sample.policyFile).diagnostics.map(\.code)
    let after = PolicyValidator().validate(report.bytes, name: sample.policyFile).diagnostics.map(\.code)
    #expect(after.allSatisfy(before.contains))
  }

  @Test("seeded random conditions in all styles of scalar: nothing else changes, and the second time nothing does")
  func randomDocuments() {
    var read = 0
    for seed in 0..<600 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let document = Self.randomDocument(&random)
      let formatter = PolicyFormatter(lineLength: Int.random(in: 20...80, using: &random))
      let validator = PolicyValidator()
      let before = validator.validate(Array(document.utf8), name: "p.yaml")
      guard before.status != .malformed else { continue }
      read += 1
      let report = formatter.format(Array(document.utf8), name: "p.yaml")
      let after = validator.validate(report.bytes, name: "p.yaml")
      let text = String(decoding: report.bytes, as: UTF8.self)
      #expect(
        Set(after.diagnostics.map(\.code)).isSubset(of: before.diagnostics.map(\.code)),
        "seed \(seed): \(document)\n\(text)")
      #expect(!formatter.format(report.bytes, name: "p.yaml").isChanged, "seed \(seed): \(document)\n\(text)")
    }
    #expect(read > 500)
  }

  private static func randomDocument(_ random: inout SeededGenerator) -> String {
    var document = "name: p\nrules:\n"
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let terms = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        ["resource.a==1", "resource.b in ['x','y']", "not resource.c", "(resource.d or true)", "size(resource.e)>0"]
          .randomElement(using: &random) ?? ""
      }
      let gaps = [" and ", " && ", " or ", "\n\nor ", "\n  && ", " // c\nand ", "\n// d\nand "]
      var condition = terms[0]
      for term in terms.dropFirst() { condition += (gaps.randomElement(using: &random) ?? " and ") + term }
      let lines = condition.split(separator: "\n", omittingEmptySubsequences: false)
      let flat = condition.replacing("\n", with: "\\n")
      let block = lines.map { $0.isEmpty ? "" : "      " + $0 }.joined(separator: "\n")
      let spelt =
        [
          "\"\(flat)\"", "|\n\(block)", "|-\n\(block)", ">\n\(block)", "|+ # c\n\(block)\n\n",
          "'\(condition.replacing("'", with: "''").replacing("\n", with: "\n\n      "))'",
          condition.contains("\n") ? "\"\(flat)\" # c" : condition + " # c",
          "&a\(Int.random(in: 0...9, using: &random)) \"\(flat)\"",
        ].randomElement(using: &random) ?? ""
      let comment = ["", "    # c\n", "      # d\n", "\n"].randomElement(using: &random) ?? ""
      document += "  - condition: \(spelt)\n\(comment)    action: deny\n"
    }
    return document
  }
}

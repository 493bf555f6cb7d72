import DiagnosticRendering
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite struct TextRendererTests {
  let rule = FieldPath([.key("rules"), .index(0)])

  @Test("a diagnostic shows its place, its line, carets, and the fix-it as lines removed and added")
  func wholeDiagnostic() {
    let findings = Findings("name: p\nrules:\n- 1️⃣condtion2️⃣: resource.public\n  action: deny\n")
      .adding(UnknownField(name: "condtion", closest: "condition"), in: rule.key("condtion"))
    #expect(
      findings.rendered(by: TextRenderer(style: .plain)) == """
        error[unknown-field]: unknown field `condtion`; did you mean `condition`?
         --> policy.yaml:3:3 (rules[0].condtion)
          |
        3 | - condtion: resource.public
          |   ^^^^^^^^
          |
        help: rename to `condition`
          |
        3 - - condtion: resource.public
        3 + - condition: resource.public

        1 error in 1 file (1 fixable)

        """)
  }

  @Test("help stands below the carets")
  func help() {
    let message = InvalidValue(field: "action", value: "no", allowed: ["allow", "deny"], closest: nil)
    #expect(
      Findings("action: 1️⃣no2️⃣\n").adding(message, in: FieldPath([.key("action")])).pretty == """
        error[invalid-value]: `no` is no value of `action`
         --> policy.yaml:1:9 (action)
          |
        1 | action: no
          |         ^^
          |
          = help: one of `allow`, `deny`


        """)
  }

  @Test("a related place is a note with lines of its own, and the gutter fits the largest line number shown")
  func relatedPlace() {
    let filler = String(repeating: "\n", count: 8)
    let findings = Findings("3️⃣name4️⃣: a\n\(filler)1️⃣name2️⃣: b\n")
    let first = RelatedPlace("first given here", at: findings.source.span("3️⃣", "4️⃣"))
    #expect(
      findings.adding(DuplicateKey(name: "name"), in: FieldPath([.key("name")]), related: [first]).pretty == """
        error[duplicate-key]: `name` stands in this object already
          --> policy.yaml:10:1 (name)
           |
        10 | name: b
           | ^^^^
           |
        note: first given here
          --> policy.yaml:1:1
           |
        1  | name: a
           | ^^^^


        """)
  }

  @Test("an empty range has one caret, at the end of the text too")
  func emptyRange() {
    #expect(
      Findings("{\n1️⃣").adding(InvalidJSON("expected a key")).pretty == """
        error[invalid-json]: expected a key
         --> policy.yaml:2:1
          |
        2 |
          | ^


        """)
  }

  @Test("carets stand right under wide, combining and emoji characters")
  func displayWidth() {
    func caretLine(_ marked: String) -> Substring? {
      let lines = Findings(marked).adding(InvalidJSON("x")).pretty.split(separator: "\n")
      return lines.count > 4 ? lines[4] : nil
    }
    #expect(caretLine("漢字 1️⃣x2️⃣") == "  |      ^")
    #expect(caretLine("1️⃣漢字2️⃣") == "  | ^^^^")
    #expect(caretLine("e\u{301} 1️⃣x2️⃣") == "  |   ^")
    #expect(caretLine("👍 1️⃣x2️⃣") == "  |    ^")
    #expect(caretLine("👍🏽 1️⃣x2️⃣") == "  |    ^")
    #expect(caretLine("👩‍💻 1️⃣x2️⃣") == "  |    ^")
    #expect(caretLine("🇩🇪 1️⃣x2️⃣") == "  |    ^")
    #expect(caretLine("❤️ 1️⃣x2️⃣") == "  |    ^")
    #expect(caretLine("é 1️⃣x2️⃣") == "  |   ^")
    #expect(caretLine("ｶ 1️⃣ＡＢ2️⃣") == "  |   ^^^^")
  }

  @Test("tabs are expanded, before the range and inside it")
  func tabs() {
    #expect(
      Findings("\ta:\t1️⃣b\tc2️⃣\n").adding(InvalidJSON("x")).pretty == """
        error[invalid-json]: x
         --> policy.yaml:1:5
          |
        1 |     a:    b    c
          |           ^^^^^^


        """)
  }

  @Test("characters that a terminal would obey or hide are shown as escapes, in source, message, path and field alike")
  func escapes() {
    let findings = Findings("a: \u{202E}1️⃣x\u{1B}[31m\u{200B}2️⃣\n", name: "po\u{1B}licy.yaml")
    #expect(
      findings.adding(DuplicateKey(name: "x\u{7}\u{2066}"), in: FieldPath([.key("x\u{200B}")])).pretty == """
        error[duplicate-key]: `x\\u{07}\\u{2066}` stands in this object already
         --> po\\u{1b}licy.yaml:1:5 (["x\\u{200b}"])
          |
        1 | a: \\u{202e}x\\u{1b}[31m\\u{200b}
          |            ^^^^^^^^^^^^^^^^^^^


        """)
  }

  @Test("bytes that are not UTF-8 are shown as escapes")
  func damagedBytes() {
    let source = SourceText(name: "p", bytes: [0x61, 0xFF, 0xC3, 0x28])
    let file = FileFindings(
      source: source, status: 400, policyCount: 0,
      diagnostics: [Diagnostic(InvalidEncoding("bad"), at: SourceSpan(1, 2))])
    let output = String(
      decoding: TextRenderer(style: .plain, showsSummary: false).renderAll([file]), as: UTF8.self)
    #expect(
      output == """
        error[invalid-encoding]: bad
         --> p:1:2
          |
        1 | a\\xff\\xc3(
          |  ^^^^


        """)
  }

  @Test("lines may end in CRLF or CR")
  func lineEnds() {
    #expect(
      Findings("a: 1\r\nb: 1️⃣22️⃣\r\nc: 3\rd: 4").adding(InvalidJSON("x")).pretty == """
        error[invalid-json]: x
         --> policy.yaml:2:4
          |
        2 | b: 2
          |    ^


        """)
    #expect(
      Findings("a: 1\r\nc: 3\rd: 1️⃣42️⃣").adding(InvalidJSON("x")).pretty.contains("3 | d: 4\n  |    ^\n"))
  }

  @Test("a long line is cut to a window around the range")
  func longLine() throws {
    let filler = String(repeating: "a", count: 100_000)
    let lines = Findings("\(filler)1️⃣bcd2️⃣\(filler)").adding(InvalidJSON("x")).pretty.split(separator: "\n")
    try #require(lines.count == 5)
    let leading = String(repeating: "a", count: 50)
    #expect(lines[1] == " --> policy.yaml:1:100001")
    #expect(lines[3] == "1 | …\(leading)bcd\(String(repeating: "a", count: 140 - 53))…")
    #expect(lines[4] == "  |  \(String(repeating: " ", count: 50))^^^")
  }

  @Test("a range longer than the window has carets to the window's end")
  func longRange() throws {
    let filler = String(repeating: "漢", count: 5_000)
    let lines = Findings("x: 1️⃣\(filler)2️⃣").adding(InvalidJSON("x")).pretty.split(separator: "\n")
    try #require(lines.count == 5)
    #expect(lines[3] == "1 | x: \(String(repeating: "漢", count: 68))…")
    #expect(lines[4] == "  |    \(String(repeating: "^", count: 136))")
  }

  @Test("a range over several lines is bracketed from its start")
  func severalLinesFromStart() {
    #expect(
      Findings("a: 1\n  1️⃣b:\n    c: 1\n    d: 22️⃣\n").adding(InvalidLength("x")).pretty == """
        error[invalid-length]: x
         --> policy.yaml:2:3
          |
        2 | /   b:
        3 | |     c: 1
        4 | |     d: 2
          | |________^


        """)
  }

  @Test("a range over several lines that starts inside one is drawn from there")
  func severalLinesFromInside() {
    #expect(
      Findings("rules: 1️⃣[\n  1,\n]2️⃣\n").adding(InvalidLength("x")).pretty == """
        error[invalid-length]: x
         --> policy.yaml:1:8
          |
        1 |   rules: [
          |  ________^
        2 | |   1,
        3 | | ]
          | |_^


        """)
  }

  @Test("the line end behind a range is not part of what is shown")
  func trailingLineEnd() {
    #expect(
      Findings("a: 1️⃣|\n  b\n\n\n2️⃣c: 1\n").adding(InvalidLength("x")).pretty == """
        error[invalid-length]: x
         --> policy.yaml:1:4
          |
        1 |   a: |
          |  ____^
        2 | |   b
          | |___^


        """)
  }

  @Test("a range over many lines is shown without its middle")
  func manyLines() {
    let text = (1...12).map { "l\($0)" }.joined(separator: "\n")
    #expect(
      Findings("1️⃣\(text)2️⃣\n").adding(InvalidLength("x")).pretty == """
        error[invalid-length]: x
          --> policy.yaml:1:1
           |
        1  | / l1
        2  | | l2
        ... |
        11 | | l11
        12 | | l12
           | |___^


        """)
  }

  @Test("a fix-it that only inserts shows the line that it makes, with plus signs below")
  func insertion() {
    let fixIt = FixIt("close the bracket", replacement: "]", applicability: .safe)
    #expect(
      Findings("a: [11️⃣\n").adding(InvalidYAML("x", fixIt: fixIt)).pretty == """
        error[invalid-yaml]: x
         --> policy.yaml:1:6
          |
        1 | a: [1
          |      ^
          |
        help: close the bracket
          |
        1 | a: [1]
          |      +


        """)
  }

  @Test("a fix-it with several edits shows all of them")
  func severalEdits() {
    let findings = Findings("c: 1️⃣not a2️⃣\n")
    let edits = [
      SourceEdit(span: SourceSpan(3, 7), text: "!("), SourceEdit(span: SourceSpan(at: 8), text: ")"),
    ]
    let word = WordOperator(word: "not", fixIt: FixIt("write `!`", edits: edits, applicability: .safe))
    #expect(findings.adding(word).pretty.hasSuffix("help: write `!`\n  |\n1 - c: not a\n1 + c: !(a)\n\n"))
  }

  @Test("a fix-it over several lines shows the lines before and after")
  func fixItOverLines() {
    let fixIt = FixIt("join", replacement: "a: 1\nb: 2", applicability: .safe)
    #expect(
      Findings("1️⃣a:\n1\n2️⃣").adding(InvalidYAML("x", fixIt: fixIt)).pretty.hasSuffix(
        "help: join\n  |\n1 - a:\n2 - 1\n3 -\n1 + a: 1\n2 + b: 2\n\n"))
  }

  @Test("the summary counts by severity, and says how many files have findings")
  func summary() {
    func summary(_ files: [FileFindings]) -> Substring? {
      String(decoding: TextRenderer(style: .plain).renderAll(files), as: UTF8.self).split(separator: "\n").last
    }
    let clean = Findings("a").file
    let advice = Findings("1️⃣and2️⃣").adding(
      WordOperator(word: "and", fixIt: FixIt("write `&&`", replacement: "&&", applicability: .safe))
    )
    .adding(HiddenUnicode(codePoint: "\u{202E}"))
    #expect(summary([]) == "no problems found in 0 files")
    #expect(summary([clean]) == "no problems found in 1 file")
    #expect(summary([advice.file]) == "1 warning, 1 hint in 1 file (1 fixable)")
    #expect(
      summary([advice.file, clean, advice.adding(InvalidJSON("x")).adding(InvalidJSON("y")).file])
        == "2 errors, 2 warnings, 2 hints in 2 of 3 files (2 fixable)")
  }

  @Test("colours follow the severity, and are the only difference to plain output")
  func colors() {
    let findings = Findings("1️⃣and2️⃣").adding(HiddenUnicode(codePoint: "\u{202E}"))
    let colored = findings.rendered(by: TextRenderer(style: TerminalStyle(isColored: true), showsSummary: false))
    #expect(
      colored == """
        \u{1B}[1;33mwarning[hidden-unicode]\u{1B}[0m\u{1B}[1m: hidden character U+202E\u{1B}[0m
         \u{1B}[1;34m-->\u{1B}[0m policy.yaml:1:1
          \u{1B}[1;34m|\u{1B}[0m
        \u{1B}[1;34m1\u{1B}[0m \u{1B}[1;34m|\u{1B}[0m and
          \u{1B}[1;34m|\u{1B}[0m \u{1B}[1;33m^^^\u{1B}[0m


        """)
    let withoutEscapes = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(withoutEscapes == findings.pretty)
  }

  @Test("concise output is one line a diagnostic")
  func concise() {
    let findings = Findings("- 漢1️⃣x2️⃣\n").adding(DuplicateKey(name: "a\nb"), in: rule.key("action"))
      .adding(InvalidJSON("y"))
    #expect(
      findings.rendered(by: ConciseRenderer()) == """
        policy.yaml:1:4: error[duplicate-key]: `a\\u{0a}b` stands in this object already (rules[0].action)
        policy.yaml:1:4: error[invalid-json]: y

        """)
  }
}

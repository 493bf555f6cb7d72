import DocumentTree
import Source
import Testing

@Suite("scalar encoding")
struct ScalarEncodingTests {
  @Test(
    "a text is spelt in the style of the node it replaces",
    arguments: [
      ("deny", .json, false, #""deny""#), ("a\"b\\\n", .json, false, #""a\"b\\\n""#), ("deny", .plain, false, "deny"),
      ("it's", .singleQuoted, false, "'it''s'"), ("a\nb", .singleQuoted, false, #""a\nb""#),
      ("a\"\u{7}\u{2028}é", .doubleQuoted, false, #""a\"\u0007\u2028é""#), ("deny", .literal, false, #""deny""#),
      ("a, b", .plain, false, "a, b"), ("a, b", .plain, true, #""a, b""#),
      ("size(a[0]) > 1", .plain, true, #""size(a[0]) > 1""#),
    ] as [(String, ScalarStyle, Bool, String)])
  func wholeScalars(_ text: String, _ style: ScalarStyle, _ isInFlow: Bool, _ spelling: String) {
    #expect(encodedScalar(text, style: style, isInFlow: isInFlow) == spelling)
  }

  @Test(
    "what a plain scalar would say otherwise is quoted",
    arguments: [
      "", " a", "a ", "null", "~", "True", "FALSE", "no", "On", "1", "012", "-1", "+1", "1.5", ".5", "1e3", "0x1F",
      "0o17",
      ".inf", "-.INF", ".NaN", "1_000", "12:30", "2024-01-01", "- a", "? a", ": a", "a: b", "a:", "a #b", "#a", "&a",
      "*a", "!a",
      "|", ">", "'a", "\"a", "%a", "@a", "`a", "[a", "{a", ",a", "a\nb", "...", "---", "<<", "=", "\u{FEFF}a",
    ])
  func quotedPlainScalars(_ text: String) {
    let spelling = encodedScalar(text, style: .plain, isInFlow: false)
    #expect(spelling.first == "\"" && spelling.last == "\"" && spelling.count > 1)
  }

  @Test(
    "words and expressions stay plain",
    arguments: ["deny", "a == b", "x:y", "a#b", "AWS::S3::Bucket", "é", "v1.2.3", "1.2.3 beta"])
  func plainScalars(_ text: String) {
    #expect(encodedScalar(text, style: .plain, isInFlow: false) == text)
  }

  @Test(
    "a part of a scalar is spelt as it must be inside it",
    arguments: [
      ("a\"b\n", .json, false, false, #"a\"b\n"#), ("a\"b\n", .doubleQuoted, false, false, #"a\"b\n"#),
      ("'a'", .singleQuoted, false, false, "''a''"), ("a\n", .singleQuoted, false, false, nil),
      (" && b: c #", .literal, false, false, " && b: c #"), (" a", .literal, false, true, nil),
      ("a\n", .literal, false, false, nil),
      ("&&", .folded, false, false, "&&"), (" a", .folded, false, false, nil), ("&&", .plain, false, false, "&&"),
      ("&&", .plain, false, true, nil), ("!", .plain, false, true, nil), ("!", .plain, false, false, "!"),
      ("a: b", .plain, false, false, nil), ("a #", .plain, false, false, nil), ("#", .plain, false, false, nil),
      (":", .plain, false, false, nil), ("[a]", .plain, false, false, "[a]"), ("[a]", .plain, true, false, nil),
      ("", .plain, false, false, ""),
    ] as [(String, ScalarStyle, Bool, Bool, String?)])
  func partsOfScalars(_ text: String, _ style: ScalarStyle, _ isInFlow: Bool, _ isAtStart: Bool, _ spelling: String?) {
    let node = DocumentNode(span: SourceSpan(0, 10), kind: .string, style: style, isInFlow: isInFlow)
    #expect(encodedInsertion(text, like: node, isAtStart: isAtStart) == spelling)
  }

  @Test(
    "JSON spellings are read as the text they say",
    arguments: ["", "a\"b", "\\", "\u{0}\u{1F}\u{7F}", "é\u{2028}😀", "\r\n\t"])
  func roundTrip(_ text: String) {
    for style in [ScalarStyle.json, .doubleQuoted, .literal] {
      let reading = JSONReading(encodedScalar(text, style: style, isInFlow: false))
      #expect(reading.diagnostics.isEmpty)
      #expect(Array(reading.document.text(of: NodeID(0)).utf8) == Array(text.utf8))
    }
  }
}

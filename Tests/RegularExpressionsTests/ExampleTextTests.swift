import RegularExpressions
import Testing

@Suite struct ExampleTextTests {
  @Test(
    "an example is short, and matches",
    arguments: [
      ("abc", "abc"), ("^a+$", "a"), ("[0-9]{3}-(x|yy)?", "000-x"), ("(?i)É", "É"), (#"\d+\.\s"#, "0. "),
      ("a{150}b{100}", nil), ("a^b", nil), (#"\bfoo\b"#, "foo"), ("", ""), (#"[^\x00-\x{10FFFF}]"#, nil), ("(?:)*", ""),
      ("x*", "x"), ("a{0}b", "b"), (#"[\x{1F600}-\x{1F610}]"#, "\u{1F600}"),
    ] as [(String, String?)])
  func examples(pattern: String, example: String?) throws {
    #expect(try RegularExpression(pattern.utf8).example == example)
  }

  @Test("anchors hold where every match has them")
  func anchors() throws {
    for (pattern, start, end) in [
      ("^a$", true, true), ("(^a|^b)c", true, false), ("^a|b$", false, false), (#"a\z"#, false, true),
      ("(?m)^a$", false, false),
      ("(?:^a)+", true, false), ("(?:^a)*", false, false), ("", false, false),
    ] {
      let expression = try RegularExpression(pattern.utf8)
      #expect(expression.isAnchoredAtStart == start, "\(pattern)")
      #expect(expression.isAnchoredAtEnd == end, "\(pattern)")
    }
  }
}

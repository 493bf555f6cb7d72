import RegularExpressions
import Testing

@Suite("Patterns for PCRE2")
struct PCRE2PatternTests {
  @Test(
    "a pattern is written so that PCRE2 can see nothing else in it",
    arguments: [
      ("a.b", "a[^\\x{a}]b"), ("(?s)a.b", "a[\\x00-\\x{10ffff}]b"),
      ("\\d\\s\\w", "[0-9][\\x{9}\\x{a}\\x{c}\\x{d}\\ ][0-9A-Z_a-z]"),
      ("\\D", "[^0-9]"), ("^a$", "\\Aa\\z"), ("(?m)^a$", "(?<![^\\n])a(?![^\\n])"), ("\\bx\\B", "\\bx\\B"),
      ("(?i)ak", "[Aa][Kk\u{212A}]"), ("(a)(?:b)(?P<n>c)", "(a)b(c)"), ("a|b|", "(?:a|b|(?:))"),
      ("(?:ab)*?c+", "(?:ab)*?c+"),
      ("a{2}b{2,}c{2,3}?d{0}e{0,1}", "a{2}b{2,}c{2,3}?d{0}e?"), ("(?:^)*", "(?:\\A)*"), ("(?:a{2})*", "(?:a{2})*"),
      ("\\#\\ ", "\\#\\ "),
      ("[^\\x00-\\x{10FFFF}]", "(?!)"), ("é", "é"), ("[à-é]", "[à-é]"), ("\\x{85}", "\\x{85}"), ("\\x00", "\\x{0}"),
      ("[]^-]", "[\\-\\]\\^]"), ("", "(?:)"),
    ])
  func written(_ pattern: String, _ expected: String) throws {
    let tree = try RE2Parser.parse(Array(pattern.utf8))
    #expect(String(decoding: PCRE2Pattern(tree).bytes, as: UTF8.self) == expected)
  }
}

import MarkedSource
import RegularExpressions
import Testing

@Suite("Matching in linear time")
struct LinearMatcherTests {
  /// Patterns and texts, where to begin, and the ranges that RE2 finds, of the match and of each group.
  private static let cases: [(pattern: String, text: String, start: Int, ranges: String)] = [
    // Preference
    ("a|ab", "ab", 0, "0..<1"),
    ("ab|a", "ab", 0, "0..<2"),
    ("(a|ab)(c|bcd)(d*)", "abcd", 0, "0..<4 0..<1 1..<4 4..<4"),
    ("a*?b", "aab", 0, "0..<3"),
    ("a+?", "aaa", 0, "0..<1"),
    ("a??b", "ab", 0, "0..<2"),
    ("(a+)(a*)", "aaa", 0, "0..<3 0..<3 3..<3"),
    ("(a+?)(a*)", "aaa", 0, "0..<3 0..<1 1..<3"),
    ("a{2,3}", "aaaa", 0, "0..<3"),
    ("a{2,3}?", "aaaa", 0, "0..<2"),
    ("(a{0,2}){2}", "aaa", 0, "0..<3 2..<3"),
    ("x*", "aaa", 0, "0..<0"),
    ("", "", 0, "0..<0"),
    ("b|", "abc", 0, "0..<0"),
    // Loops around nothing
    ("(a*)*", "aab", 0, "0..<2 0..<2"),
    ("(a*)+", "aab", 0, "0..<2 0..<2"),
    ("(a*)+", "b", 0, "0..<0 0..<0"),
    ("(a|b*)*", "abba", 0, "0..<4 3..<4"),
    ("(|a)*", "aa", 0, "0..<0 0..<0"),
    ("(|a)+", "aa", 0, "0..<0 0..<0"),
    ("(a|)+", "aa", 0, "0..<2 1..<2"),
    ("(a?)*?b", "aab", 0, "0..<3 1..<2"),
    ("(a?){3}", "a", 0, "0..<1 1..<1"),
    ("(a*)*?c", "aac", 0, "0..<3 0..<2"),
    ("(?:(a)|b*)*", "aba", 0, "0..<3 2..<3"),
    ("(^a*)*", "aa", 0, "0..<2 0..<2"),
    ("(?:^)*a", "ba", 0, "1..<2"),
    ("(a?b??)*", "abab", 0, "0..<1 0..<1"),
    // Assertions
    ("^a", "ba", 1, ""),
    ("^", "ab", 1, ""),
    ("(?m)^b$", "a\nb\nc", 0, "2..<3"),
    ("(?m)^", "a\nb", 1, "2..<2"),
    ("(?m)$", "a\nb", 0, "1..<1"),
    ("a$", "a\n", 0, ""),
    ("\\bfoo\\b", "a foo b", 0, "2..<5"),
    ("\\bb", "ab b", 1, "3..<4"),
    ("\\Bb", "ab", 1, "1..<2"),
    ("\\b", "é a", 0, "3..<3"),
    ("\\w\\b.", "ab-", 0, "1..<3"),
    ("(?m)(^|\\n)a$", "\na\n", 0, "0..<2 0..<1"),
    ("\\z", "ab", 0, "2..<2"),
    ("\\Aa|b\\z", "cb", 0, "1..<2"),
    ("\\b\\B", "ab", 0, ""),
    ("$^", "", 0, "0..<0"),
    // Code points
    (".", "é", 0, "0..<2"),
    ("[^a]", "☃", 0, "0..<3"),
    ("(.)(.)", "é😀", 0, "0..<6 0..<2 2..<6"),
    ("[à-ÿ]+", "xàéy", 0, "1..<5"),
    ("(?i)straße", "STRAẞE", 0, "0..<8"),
    ("(?i)k", "\u{212A}", 0, "0..<3"),
    ("\\pL+", "1äöΩ2", 0, "1..<7"),
    (".", "\n", 0, ""),
    ("(?s).", "\n", 0, "0..<1"),
    ("[^\\x00-\\x7f]$", "aé", 0, "1..<3"),
    ("é", "eé", 1, "1..<3"),
    // Groups
    ("(a)|(b)", "b", 0, "0..<1 - 0..<1"),
    ("(?:(a)|(b))*", "ab", 0, "0..<2 0..<1 1..<2"),
    ("((a)(b)?)*", "aba", 0, "0..<3 2..<3 2..<3 1..<2"),
    ("(?P<x>a)(?P<y>b)?", "a", 0, "0..<1 0..<1 -"),
    ("((((a))))", "a", 0, "0..<1 0..<1 0..<1 0..<1 0..<1"),
    ("(a)(?:b|(c))+d", "abcbd", 0, "0..<5 0..<1 2..<3"),
    ("()", "", 0, "0..<0 0..<0"),
    ("(a){0}b", "ab", 0, "1..<2 -"),
    ("(a){2}", "aaa", 0, "0..<2 1..<2"),
  ]

  @Test("matches and groups are RE2's", arguments: cases)
  func ranges(pattern: String, text: String, start: Int, ranges: String) throws {
    let matcher = try linearMatcher(pattern)
    #expect(matcher.ranges(in: text, from: start) == ranges)
    if start == 0 { #expect(matcher.matches(text) == !ranges.isEmpty) }
  }

  @Test("the inside of a code point is no place, though RE2 looks for `\\B` there")
  func insideOfCodePoints() throws {
    #expect(try linearMatcher("\\B").ranges(in: "c☃", from: 0) == "4..<4")
    #expect(try !linearMatcher("\\B").matches("càc"))
  }

  @Test("brackets and repetitions as deep as a pattern may have them take no stack")
  func nesting() throws {
    for (opening, inside, closing) in [("(", "a", ")"), ("(?:", "a", "|b)*"), ("(?:a", "b", "?)?"), ("(", "", "*)+")] {
      let pattern = try nested(opening, inside, closing)
      let answer = onSmallStack {
        let matcher = LinearMatcher(pattern)
        return (matcher?.matches("aaab"), matcher?.ranges(in: "aaab", from: 0) != nil, isBacktrackingLinear(pattern))
      }
      #expect(answer?.0 == true, "\(opening)")
      #expect(answer?.1 == true, "\(opening)")
    }
  }

  /// The deepest pattern of a kind that is accepted.
  private func nested(_ opening: String, _ inside: String, _ closing: String) throws -> RE2Pattern {
    for depth in stride(from: RE2Pattern.nestingLimit, to: 0, by: -50) {
      let text = String(repeating: opening, count: depth) + inside + String(repeating: closing, count: depth)
      if let expression = try? RegularExpression(Array(text.utf8)) { return expression.tree }
    }
    return try RegularExpression(Array(inside.utf8)).tree
  }

  @Test(
    "patterns whose automaton has very many states are matched with few",
    arguments: [
      ("(?:a|b)*a(?:a|b){20}c", "ab", false), ("[^a]*a[^b]{1000}", "ab", false), ("(?:x{1,30}y){1,30}$", "xxy", true),
      ("(?:[ab]{1,30}a){30}c", "ab", false), ("(?:é|☃)*a(?:é|☃|.){15}b", "é☃a", false), ("(?:a?){1000}$", "aab", true),
      ("(?:[ab]?a?){200}(?:a|b)*a(?:a|b){20}$", "aab", true), ("\\b(?:\\w{1,20}\\b.?){40}!", "abc d", false),
    ])
  func manyStates(pattern: String, piece: String, isMatch: Bool) throws {
    let matcher = try linearMatcher(pattern)
    var generator = SeededGenerator(seed: 11)
    let pieces = (0..<700).map { _ in Bool.random(using: &generator) ? piece : String(piece.reversed()) }
    let text = pieces.joined() + String(piece.last ?? "a") + (pattern.contains("y") ? "xy" : "")
    #expect(matcher.matches(text) == isMatch)
    #expect((matcher.ranges(in: text, from: 0) != "") == isMatch)
    // Once more, with the states that are there now.
    #expect(matcher.matches(text) == isMatch)
  }

  @Test("a program over the limit is refused")
  func sizeLimit() {
    var pattern = RE2Pattern()
    pattern.nodes = [.literal(97), .repetition(0, minimum: 1_000_000, maximum: nil, isLazy: false)]
    #expect(LinearMatcher(pattern) == nil)
    pattern.nodes += [.repetition(1, minimum: .max, maximum: .max, isLazy: false)]
    #expect(LinearMatcher(pattern) == nil)
    #expect(!isBacktrackingLinear(pattern))
  }

  @Test("bytes that are no UTF-8 do no harm")
  func brokenText() throws {
    var generator = SeededGenerator(seed: 5)
    for pattern in ["é+x", ".", "[^a]*\\b$", "(?s).*(à|☃)", "\\pL\\B"] {
      let matcher = try linearMatcher(pattern)
      for _ in 0..<200 {
        let bytes = (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
          [0x61, 0xC3, 0xA9, 0xE2, 0xF0, 0x80, 0xFF].randomElement(using: &generator) ?? 0 as UInt8
        }
        let (matches, found) = unsafe bytes.withUnsafeBufferPointer {
          unsafe (matcher.matches($0), matcher.firstMatch(in: $0, from: 0))
        }
        #expect(matches == (found != nil), "\(pattern) \(bytes)")
      }
    }
  }

  @Test("a search from outside the text finds nothing")
  func outside() throws {
    let matcher = try linearMatcher("a*")
    #expect(matcher.ranges(in: "aa", from: 3).isEmpty)
    #expect(matcher.ranges(in: "aa", from: -1).isEmpty)
    #expect(matcher.ranges(in: "aa", from: 2) == "2..<2")
  }

  @Test("one matcher serves many threads")
  func threads() async throws {
    let matcher = try linearMatcher("(?:a|b)*a(?:a|b){12}$")
    await withTaskGroup(of: Bool.self) { group in
      for seed in 0..<16 {
        group.addTask {
          var generator = SeededGenerator(seed: UInt64(seed))
          return (0..<40).allSatisfy { _ in
            let text = String((0..<60).map { _ in Bool.random(using: &generator) ? "a" : "b" })
            return matcher.matches(text) == (text.dropLast(12).last == "a")
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}

/// A matcher for a pattern of RE2's syntax.
func linearMatcher(_ pattern: String) throws -> LinearMatcher {
  try #require(LinearMatcher(try RegularExpression(Array(pattern.utf8)).tree))
}

extension LinearMatcher {
  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return unsafe bytes.withUnsafeBufferPointer { unsafe matches($0) }
  }

  /// The ranges of the first match and its groups; `-` for one that took no part, nothing if there is no match.
  func ranges(in text: String, from start: Int) -> String {
    let bytes = Array(text.utf8)
    let found = unsafe bytes.withUnsafeBufferPointer { unsafe firstMatch(in: $0, from: start) }
    return (found ?? []).map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ")
  }
}

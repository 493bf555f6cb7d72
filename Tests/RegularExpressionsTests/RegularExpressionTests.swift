import MarkedSource
import RegularExpressions
import Testing

@Suite("Matching a pattern")
struct RegularExpressionTests {
  private func firstMatch(_ pattern: String, _ subject: String, from start: Int = 0) throws -> [Range<Int>?]? {
    let expression = try RegularExpression(Array(pattern.utf8))
    var subject = subject
    return try subject.withUTF8 { bytes in
      let found = unsafe try expression.firstMatch(in: bytes, from: start)?.captures
      if start == 0 { #expect(unsafe try expression.matches(bytes) == (found != nil)) }
      return found
    }
  }

  @Test(
    "classes, flags and assertions mean what they mean in RE2",
    arguments: [
      ("\\s", "\u{B}", false), ("\\s", "\u{C}", true), ("[[:space:]]", "\u{B}", true), ("\\s", "\u{A0}", false),
      ("\\d", "٣", false), ("\\pN", "٣", true), ("\\w", "é", false), ("\\bé\\b", "é", false), ("^\\W$", "é", true),
      ("a$", "a\n", false), ("(?m)a$", "a\n", true), ("a\\z", "a\n", false), ("(?m)^$", "a\n", true),
      ("(?m)^b", "a\nb", true),
      ("^b", "a\nb", false), ("a.b", "a\nb", false), ("(?s)a.b", "a\nb", true), ("a[^x]b", "a\nb", true),
      ("a.b", "a\rb", true),
      ("(?i)k", "\u{212A}", true), ("(?i)\u{212A}", "k", true), ("(?i)[r-t]", "\u{17F}", true),
      ("(?i)\\w", "\u{17F}", true),
      ("(?i)\\W", "\u{17F}", false), ("(?i)ß", "ẞ", true), ("(?i)ss", "ß", false), ("(?i)σ", "ς", true),
      ("(?i)ǆ", "ǅ", true), ("(?i)i", "İ", false),
      ("(?i)\\p{Lu}", "a", true), ("(?i)\\P{Lu}", "a", false), ("(?i)[^a]", "A", false), ("\\p{Greek}", "α", true),
      ("\\p{Yi}", "ꀀ", true),
      ("\\p{^Greek}", "α", false), ("é", "e\u{301}", false), ("^.$", "😀", true), ("^..$", "é", false),
      ("[é-ж]", "є", false), ("\\x{1F600}", "😀", true),
      ("\\Qa.b\\E", "axb", false), ("[^\\x00-\\x{10FFFF}]", "a", false), ("(?U)^a+$", "aa", true),
      ("\\x{D800}", "a", false), ("\\p{Cs}?a", "a", true),
      ("", "", true), ("$^", "", true), ("a{0}", "b", true), ("^a{,3}$", "a{,3}", true),
      ("\\101\\x42\\x{43}", "ABC", true), ("\\00", "\u{0}", true),
    ])
  func meaning(_ pattern: String, _ subject: String, _ isMatch: Bool) throws {
    #expect((try firstMatch(pattern, subject) != nil) == isMatch)
  }

  @Test("a match and its groups are ranges of bytes")
  func captures() throws {
    #expect(try firstMatch("(é)|(b)", "aéb") == [1..<3, 1..<3, nil])
    #expect(try firstMatch("(é)|(b)", "aéb", from: 3) == [3..<4, nil, 3..<4])
    #expect(try firstMatch("a*?", "aa") == [0..<0])
    #expect(try firstMatch("(a+?)(a*)", "aaa") == [0..<3, 0..<1, 1..<3])
    #expect(try firstMatch("(a*)*", "b") == [0..<0, 0..<0])
    #expect(try firstMatch("(a|b)*", "abc") == [0..<2, 1..<2])
    #expect(try firstMatch("x", "abc") == nil)
  }

  @Test("a search from within a text sees what is before it")
  func start() throws {
    #expect(try firstMatch("^b", "ab", from: 1) == nil)
    #expect(try firstMatch("\\bb", "ab", from: 1) == nil)
    #expect(try firstMatch("\\Bb", "ab", from: 1) == [1..<2])
    #expect(try firstMatch("(?m)^b", "a\nb", from: 2) == [2..<3])
    #expect(try firstMatch("b$", "ab", from: 1) == [1..<2])
    #expect(try firstMatch("^", "ab", from: 1) == nil)
    #expect(try firstMatch("", "ab", from: 2) == [2..<2])
    #expect(try firstMatch("[ab]?", "ab", from: 2) == [2..<2])
    for outside in [-1, 3, Int.max, Int.min] {
      for pattern in ["", "a", "[ab]", "^a", "a$", "(a*)*"] {
        #expect(try firstMatch(pattern, "ab", from: outside) == nil)
      }
    }
  }

  @Test(
    "patterns that are only text are found as any other", arguments: ["", "^", "$", "\\A", "\\z"],
    ["", "$", "\\z", "(?m:$)"])
  func literals(_ front: String, _ back: String) throws {
    for text in ["", "b", "ab", "é", "aab"] {
      for subject in ["", "b", "ab", "aab", "aaab", "xaabx", "aéb", "é", "ab\n"] {
        let plain = try firstMatch(front + text + back, subject)
        // Not text alone, but the same.
        let other = try firstMatch("\(front)(?:\(text))\(back)(?:|[x-z])", subject)
        let expected = other.map { _ in plain?.first ?? nil }
        #expect(plain == (expected.map { [$0] }), "\(front + text + back) on \(subject)")
        #expect((plain != nil) == (other != nil), "\(front + text + back) on \(subject)")
      }
    }
  }

  @Test("an empty text need have no address")
  func emptyBuffer() throws {
    for (pattern, isMatch) in [
      ("", true), ("^$", true), ("a", false), ("a*|[bc]", true), ("[ab]", false), ("(a*)*$", true),
    ] {
      let expression = try RegularExpression(Array(pattern.utf8))
      let nothing = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      #expect(unsafe try expression.matches(nothing) == isMatch)
      #expect((unsafe try expression.firstMatch(in: nothing, from: 0) != nil) == isMatch)
    }
  }

  @Test("a text too long for PCRE2's stack is matched in the other way")
  func longSubject() throws {
    #expect(try firstMatch("^(?:ab|cd)+$", String(repeating: "abcd", count: 50_000)) == [0..<200_000])
    #expect(try firstMatch("^(?:(a)|(b))+$", String(repeating: "ab", count: 50_000))?.first == 0..<100_000)
    #expect(try firstMatch("^(?:ab|cd)+$", String(repeating: "abcd", count: 50_000) + "x") == nil)
  }

  @Test("a pattern too large or too deep for PCRE2 is matched in the other way")
  func largePattern() throws {
    let deep = String(repeating: "(", count: 400) + "a" + String(repeating: ")", count: 400)
    #expect(try firstMatch("^" + deep + "$", "a")?.count == 401)
    #expect(try firstMatch("^(?:(?:abc|[d-f]|ghi){10}x){100}$", String(repeating: "x", count: 100)) == nil)
  }

  @Test("a pattern with more groups than a thread keeps room for gives them all")
  func manyGroups() throws {
    let captures = try firstMatch(String(repeating: "([ab])", count: 40), String(repeating: "ab", count: 20))
    #expect(captures == [0..<40] + (0..<40).map { $0..<$0 + 1 })
  }

  @Test("one expression serves many threads at once, the first match among them")
  func threads() async throws {
    for pattern in ["^[a-z]+-(\\d{2,3})$", "(a|b|ab)*c\\s+$", "needle", "\\p{Lu}[^\\pL]"] {
      let expression = try RegularExpression(Array(pattern.utf8))
      let subjects = ["prod-12", "prod-1", "abababc  ", "hay needle stack", "É5", "éé", ""]
      let expected = subjects.map { try? firstMatch(pattern, $0) }
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask {
            (0..<200).allSatisfy { round in
              var subject = subjects[round % subjects.count]
              let found = subject.withUTF8 { bytes in unsafe try? expression.firstMatch(in: bytes, from: 0)?.captures }
              return found == expected[round % subjects.count]
            }
          }
        }
        for await isRight in group { #expect(isRight) }
      }
    }
  }
}

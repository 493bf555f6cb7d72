import MarkedSource
import RegularExpressions
import Testing

@Suite("Reading RE2's patterns")
struct RE2ParserTests {
  @Test(
    "what RE2 accepts is accepted, odd as it may look",
    arguments: [
      "", "|", "a||b", "()", "(|)", "a{", "a{,3}", "a{01}", "a{1,02}", "a{2", "a{1000}", "a{999999999999}", "{", "}",
      "]",
      "[]a]", "[^]a]", "[a-]", "[-a]", "[a-b-c]", "[--a]", "[[.a.]]", "[[=a=]]", "[a&&b]", "[\\d-z]", "[[:alpha:]-z]",
      "[[:^word:]]", "[[:a]", "^*", "$+", "\\b?", "a*\\Q\\E*", "a*(?i)*", "(?:a*)*", "(?)", "(?i)", "(?i-s:a)",
      "(?imsU-imsU)a",
      "(?P<n>a)(?P<n>b)", "(?<1>a)", "(?<é>a)", "\\Q", "\\Qa", "\\Q(\\E", "\\_", "\\-", "\\ ", "\\<", "\\\u{0}", "\\08",
      "\\0", "\\12", "\\777",
      "\\x{000041}", "\\x{10FFFF}", "\\x{D800}", "\\pL", "\\p{L}", "\\PL", "\\p{^L}", "\\p{Any}", "\\P{Any}", "\\p{Cs}",
      "\\p{Yi}", "(?:a{10}){100}",
      "(a{1000}){0}", "a\nb", "é", "\u{0}",
    ])
  func accepted(_ pattern: String) throws {
    _ = try RegularExpression(Array(pattern.utf8))
  }

  @Test("the tree holds what a pattern means")
  func tree() throws {
    let tree = try RE2Parser.parse(Array("^(?i:a)|[b-d]{2,}?".utf8))
    #expect(
      tree.nodes == [
        .assertion(.textStart), .set(0), .concatenation(start: 0, count: 2), .set(1),
        .repetition(3, minimum: 2, maximum: nil, isLazy: true), .alternation(start: 2, count: 2),
      ])
    #expect(tree.parts == [0, 1, 2, 4])
    #expect(tree.sets.map(\.ranges) == [[0x41...0x41, 0x61...0x61], [0x62...0x64]])
  }

  @Test("repetitions of one kind that stand in each other are one")
  func squashed() throws {
    for pattern in ["(?:a*)*", "(?:a+)?", "(?:a?)+", "(?:a*)+", "(?:(?:a+)*)?"] {
      let tree = try RE2Parser.parse(Array(pattern.utf8))
      #expect(tree.nodes == [.literal(0x61), .repetition(0, minimum: 0, maximum: nil, isLazy: false)])
    }
  }

  @Test("groups are numbered by their opening brackets, and named")
  func groups() throws {
    let expression = try RegularExpression(Array("((?P<x>a)|(?:b))(?<é>c)()".utf8))
    #expect(expression.captureCount == 4)
    #expect(expression.captureNames == [2: "x", 3: "é"])
  }

  @Test("a set stands once, however many there are")
  func sets() throws {
    let many = (0..<40).map { "[\(Unicode.Scalar(0x61 + $0 % 20).map(String.init) ?? "")-\u{7F}]" }.joined()
    #expect(try RE2Parser.parse(Array(many.utf8)).sets.count == 20)
  }

  @Test("parts have smaller indices than what they are part of, and belong to one node")
  func treeShape() throws {
    for record in RE2Cases.all().prefix(1_000) {
      guard let tree = try? RE2Parser.parse(Array(record.pattern.utf8)) else { continue }
      var owners = [Int](repeating: 0, count: tree.nodes.count)
      for (index, node) in tree.nodes.enumerated() {
        let parts: [Int] =
          switch node {
          case .empty, .nothing, .literal, .set, .assertion: []
          case .concatenation(let start, let count), .alternation(let start, let count):
            Array(tree.parts[start..<start + count])
          case .capture(_, let part), .repetition(let part, _, _, _): [part]
          }
        #expect(parts.allSatisfy { $0 < index })
        for part in parts { owners[part] += 1 }
      }
      #expect(owners.dropLast().allSatisfy { $0 == 1 } && owners.last == 0, "\(record.pattern)")
    }
  }

  @Test("brackets nest a thousand deep on a small stack, and no deeper")
  func nesting() throws {
    let texts = ["(", "(?:", "(?i:", "(a|", "(?:x?"]
    for open in texts {
      let answer = onSmallStack { () -> (Bool?, Int?) in
        func pattern(_ depth: Int) -> [UInt8] {
          Array((String(repeating: open, count: depth) + "a" + String(repeating: ")*", count: depth)).utf8)
        }
        var subject = "xxaa"
        let matched = try? RegularExpression(pattern(1_000))
        let isFound = subject.withUTF8 { bytes in unsafe try? matched?.matches(bytes) }
        do throws(RE2Fault) {
          _ = try RegularExpression(pattern(1_001))
          return (isFound, nil)
        } catch { return (isFound, error.range.lowerBound) }
      }
      let (isFound, place) = try #require(answer)
      #expect(isFound == true)
      #expect(place == open.utf8.count * 1_000)
    }
  }

  @Test(
    "large and hostile patterns are read or refused at once",
    arguments: [
      "(", "[[:", "[", "a{1}(?i)", "a*(?i)*?(?i)", "\\pL", "a|", "(?i)[^a]", "[^\\pL]", "\\Q", "a{1000}", "(?P<a>",
      "\\x{", "{", "(a*)*",
      "(?:", "^", "\\", "[\\p{L}\\P{L}]", "(?i:\\pL)",
    ])
  func hostile(_ part: String) {
    let count = 60_000 / part.utf8.count
    _ = try? RegularExpression(Array(String(repeating: part, count: count).utf8))
  }

  @Test("a pattern that would need more than RE2's memory is refused, and one that needs less is not")
  func size() throws {
    func fault(_ pattern: String) -> String? {
      do throws(RE2Fault) {
        _ = try RegularExpression(Array(pattern.utf8))
        return nil
      } catch { return error.message }
    }
    // RE2's own limits are 698, 446 and 7,060 of these.
    for (part, fits, exceeds) in [("a{1000}", 698, 699), ("\\pL", 440, 450), ("\\p{Greek}", 7_000, 7_100)] {
      #expect(fault(String(repeating: part, count: fits)) == nil, "\(part)")
      #expect(fault(String(repeating: part, count: exceeds))?.hasPrefix("pattern too large") == true, "\(part)")
    }
  }
}

import MarkedSource
import Testing

@testable import RegularExpressions

@Suite("Matching in linear time against backtracking")
struct LinearAgainstBacktrackingTests {
  /// Makes small patterns over few letters, with all that a pattern may be made of.
  private struct PatternSource {
    var generator: SeededGenerator

    mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

    mutating func pattern(_ depth: Int) -> String {
      let kind = depth > 0 ? Int.random(in: 0..<10, using: &generator) : 0
      switch kind {
      case 0...2: return pick(["a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\s", "é", "[à-ÿ]", "(?i:A)", "0", "\\n"])
      case 3: return pick(["^", "$", "\\b", "\\B", "\\A", "\\z", "(?m:^)", "(?m:$)"])
      case 4, 5: return (0..<Int.random(in: 1...4, using: &generator)).map { _ in pattern(depth - 1) }.joined()
      case 6:
        return pick(["(", "(?:"])
          + (0..<Int.random(in: 2...3, using: &generator)).map { _ in pattern(depth - 1) }.joined(separator: "|") + ")"
      default:
        return pick(["(", "(?:"]) + pattern(depth - 1) + ")"
          + pick(["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}"]) + pick(["", "", "?"])
      }
    }

    mutating func text() -> String {
      (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        pick(["a", "b", "c", "a", "b", "é", "0", " ", "\n", "A"])
      }.joined()
    }
  }

  @Test(
    "both find the same matches, and the same groups unless a loop goes round with nothing",
    arguments: [1, 2, 3] as [UInt64])
  func sameMatches(seed: UInt64) throws {
    var source = PatternSource(generator: SeededGenerator(seed: seed))
    var compared = 0
    for _ in 0..<400 {
      let text = source.pattern(4)
      guard let tree = try? RegularExpression(Array(text.utf8)).tree, let matcher = LinearMatcher(tree),
        let regex = PCRE2Regex(tree)
      else { continue }
      let groupsAgree = !tree.hasLoopOverEmpty
      for _ in 0..<6 {
        let subject = source.text()
        let bytes = Array(subject.utf8)
        unsafe bytes.withUnsafeBufferPointer { buffer in
          guard let isMatch = try? unsafe regex.matches(buffer) else { return }
          compared += 1
          #expect(unsafe matcher.matches(buffer) == isMatch, "seed \(seed): \(text) in \(subject.debugDescription)")
          guard groupsAgree, let expected = try? unsafe regex.firstMatch(in: buffer, from: 0) else { return }
          let found = unsafe matcher.firstMatch(in: buffer, from: 0)
          #expect(found == expected, "seed \(seed): \(text) in \(subject.debugDescription)")
        }
      }
    }
    #expect(compared > 1_000)
  }
}

import MarkedSource
import RegularExpressions
import Testing

@Suite("Plain patterns")
struct PlainPatternTests {
  @Test(
    "common patterns are plain",
    arguments: ["", "^$", "prod", "^prod-[a-z0-9]+$", "^[a-z]+.[A-Z]?.[0-9_]*x1$", "arn:aws:s3", "a/b@c d", "^"])
  func plain(pattern: String) { #expect(PlainPattern.matches(Array(pattern.utf8))) }

  @Test(
    "all others are read",
    arguments: [
      "(a)", "a++", "*a", "^+", "[a", "[]", "[z-a]", "[a-]", "[^a]", "a{2}", "a|b", "\\d", "é", "a$b", "[a-_]",
    ])
  func notPlain(pattern: String) { #expect(!PlainPattern.matches(Array(pattern.utf8))) }

  @Test("what is plain is good, and captures nothing", arguments: 0..<200)
  func agreesWithParser(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "a", "Z", "9", ".", "-", "_", ":", "^", "$", "+", "*", "?", "[", "]", "a-z", "z-a", "[a-z]", "[0-9_]", "(", ")",
      "|",
      "\\", "{2}", "é", " ",
    ]
    for _ in 0..<50 {
      var pattern = ""
      for _ in 0..<Int.random(in: 0...6, using: &random) { pattern += pieces.randomElement(using: &random) ?? "" }
      guard PlainPattern.matches(Array(pattern.utf8)) else { continue }
      let expression = try? RegularExpression(pattern.utf8)
      #expect(expression?.captureCount == 0, "`\(pattern)`, seed \(seed)")
    }
  }
}

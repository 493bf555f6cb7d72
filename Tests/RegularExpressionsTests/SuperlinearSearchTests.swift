import MarkedSource
import RegularExpressions
import Testing

@Suite("Superlinear backtracking")
struct SuperlinearSearchTests {
  private func tree(_ pattern: String) throws -> RE2Pattern { try RegularExpression(Array(pattern.utf8)).tree }

  /// Whether steps grow more than linearly with the pumps, as an independent matcher counts them.
  private func isSlow(_ pattern: RE2Pattern, _ attack: AttackRecipe, isExponential: Bool) -> Bool {
    func steps(_ count: Int, limit: Int) -> Int {
      let text = attack.prefix + String(repeating: attack.pump, count: count) + attack.suffix
      return CountingMatcher.steps(of: pattern, on: text, limit: limit)
    }
    if isExponential { return (1...26).contains { steps($0, limit: 20_000) >= 20_000 } }
    let counts = [10, 20, 40].map { steps($0, limit: 200_000) }
    if counts[2] >= 200_000 { return true }
    let excess = (counts[1] - 2 * counts[0], counts[2] - 2 * counts[1])
    return excess.1 > 0 && excess.1 >= 2 * excess.0
  }

  /// Patterns and the parts that are to blame.
  private static let blamed: [(pattern: String, parts: [String])] = [
    ("^((a+)+b)*$", ["(a+)+"]), ("^(x|(a|a)*)y$", ["(a|a)*"]), ("^(?:[a-z]+-?)+$", ["(?:[a-z]+-?)+"]),
    ("^a+b?a+$", ["a+", "a+"]), ("\\s+$", ["\\s+"]), ("^\\Q.*\\E(b*)*c", ["(b*)*"]),
    ("^[a-z]*?[a-m]*z$", ["[a-z]*?", "[a-m]*"]),
  ]

  @Test("the parts that are to blame are named", arguments: blamed)
  func parts(pattern: String, parts: [String]) throws {
    let tree = try tree(pattern)
    let finding = try #require(Ambiguity(tree).finding)
    let places = finding.repetitions.compactMap { tree.place(ofRepetition: $0) }
    #expect(places.map { String(decoding: Array(pattern.utf8)[$0], as: UTF8.self) }.sorted() == parts.sorted())
  }

  /// Paths compound in these, and never have to fail.
  private static let harmless = [
    "(a|a)*", "^(a|a)*[\\s\\S]*$", "(?s)^(a+)+.*$", "(x+x+)*", "^(?:a?){3}", "\\s*", "a*a*b*", "^(a*)*", "a+",
    "(?s).*", "^[a-z]+\\.[a-z]+$", "^.*$", "(ab|cd)+",
  ]

  @Test("what never fails is not vulnerable", arguments: harmless)
  func neverFails(pattern: String) throws {
    #expect(try Ambiguity(tree(pattern)).finding == nil)
    if case .superlinear = try tree(pattern).quickVerdict { Issue.record("\(pattern)") }
  }

  @Test("what is said quickly is what a search finds, and the texts of both are slow")
  func quickVerdicts() throws {
    var decided = 0
    var random = SeededGenerator(seed: 20_261_129)
    for _ in 0..<300 {
      let pattern = Self.row(&random)
      let tree = try tree(pattern)
      let ambiguity = Ambiguity(tree)
      switch tree.quickVerdict {
      case .undecided: continue
      case .linear: #expect(ambiguity.finding == nil, "\(pattern)")
      case .superlinear(let finding):
        #expect(!ambiguity.isLinear, "\(pattern)")
        #expect(isSlow(tree, finding.attack, isExponential: false), "\(pattern) \(finding.attack)")
      }
      decided += 1
    }
    #expect(decided > 100)
  }

  @Test("what is flagged is slow on its text, and what is not is fast on random ones")
  func randomPatterns() throws {
    var flagged = 0
    var random = SeededGenerator(seed: 4_711)
    for _ in 0..<150 {
      let pattern =
        (Bool.random(using: &random) ? "^" : "") + Self.part(3, &random) + (Bool.random(using: &random) ? "$" : "c")
      let tree = try tree(pattern)
      let ambiguity = Ambiguity(tree)
      if let finding = ambiguity.finding {
        flagged += 1
        #expect(isSlow(tree, finding.attack, isExponential: finding.growth != .polynomial), "\(pattern) \(finding)")
      } else if ambiguity.isLinear {
        for _ in 0..<6 {
          let pump = Self.text(1...3, &random)
          let (prefix, suffix) = (Self.text(0...2, &random), Self.text(0...2, &random))
          let counts = [12, 24].map {
            CountingMatcher.steps(
              of: tree, on: prefix + String(repeating: pump, count: $0) + suffix, limit: 100_000)
          }
          #expect(counts[1] <= 5 * counts[0] / 2 + 100, "\(pattern) on \(prefix) \(pump) \(suffix): \(counts)")
        }
      }
    }
    #expect(flagged > 20)
  }

  private static func text(_ length: ClosedRange<Int>, _ random: inout SeededGenerator) -> String {
    String((0..<Int.random(in: length, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
  }

  /// A row of characters and classes.
  private static func row(_ random: inout SeededGenerator) -> String {
    let parts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      (["a", "b", "[ab]", "[bc]", ".", "[^a]"].randomElement(using: &random) ?? "a")
        + (["", "", "*", "+", "+?", "?", "{2}"].randomElement(using: &random) ?? "")
    }
    return (Bool.random(using: &random) ? "^" : "") + parts.joined() + (Bool.random(using: &random) ? "$" : "")
  }

  private static func part(_ depth: Int, _ random: inout SeededGenerator) -> String {
    guard depth > 0 else { return ["a", "b", "[ab]", "c"].randomElement(using: &random) ?? "a" }
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: return part(depth - 1, &random) + part(depth - 1, &random)
    case 2: return "(?:" + part(depth - 1, &random) + "|" + part(depth - 1, &random) + ")"
    case 3: return "(?:" + part(depth - 1, &random) + ")" + (["*", "+", "*?"].randomElement(using: &random) ?? "*")
    case 4: return "(" + part(depth - 1, &random) + ")?"
    default: return part(depth - 1, &random)
    }
  }
}

import RegularExpressions
import Testing

@Suite("Ambiguity of patterns")
struct AmbiguityTests {
  /// Patterns as policies have them, and others on which backtracking is linear.
  private static let linearPatterns = [
    "", "a", "prod", "^prod-", "foo|bar", "^arn:aws:s3:::[a-z0-9.-]+$", "^[a-z]+-[0-9]{3}$", "\\.(png|jpg)$",
    "^[^@\\s]+@[^@\\s.]+\\.[a-z]{2,}$", "^v?\\d+\\.\\d+\\.\\d+$", "^(?:[a-z]+,)*[a-z]+$", "^(a*b)*$", "^([^/]*/)*$",
    "^.*\\.internal$", "^arn:([^:]*):([^:]*):([^:]*):([^:]*):", "^\"([^\"\\\\]|\\\\.)*\"$", "^(?i:dev|test|prod)-\\w+$",
    "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "[0-9]{1,3}(\\.[0-9]{1,3}){3}", "^\\pL+$",
    "^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
    // A match that is certain ends the search: nothing fails behind it.
    "\\s+", "a*a*", "(a|a)*", "foo(.*bar)?", "\\w+\\d?", "^(?:a+)+",
    // A start that an assertion shuts out within the loop.
    "\\b\\w+!", "(?m)^.*x$", "\\b[a-z]+\\b@",
    // What reads the same is told apart by what comes before.
    "^[a-z0-9.]+\\.[a-z]+$", "^(\\d+\\.)*\\d+$",
  ]

  @Test("backtracking is linear where no paths compound", arguments: linearPatterns)
  func linear(pattern: String) throws {
    let tree = try RegularExpression(Array(pattern.utf8)).tree
    #expect(isBacktrackingLinear(tree))
    #expect(Ambiguity(tree).isLinear)
    #expect(Ambiguity(tree).finding == nil)
  }

  /// Patterns, how their paths grow, and the repetitions that make them grow, as they are written.
  private static let compoundingPatterns: [(pattern: String, growth: Ambiguity.Growth, repetitions: [String])] = [
    // Two ways round one loop
    ("^(a+)+$", .exponential, ["(a+)+"]), ("^(a|a)*$", .exponential, ["(a|a)*"]),
    ("^(a|aa)+$", .exponential, ["(a|aa)+"]), ("(x*)*y", .exponential, ["(x*)*"]),
    ("^([a-z0-9]+\\.?)+$", .exponential, ["([a-z0-9]+\\.?)+"]), ("(?:a?b?)*c", .exponential, []),
    ("^(?:(?:,[a-z])?[a-z]*)*$", .exponential, []), ("(a|b|ab)*c", .exponential, []), ("(.*)*x", .exponential, []),
    // A loop that leads into another one
    ("^\\d+\\d+$", .polynomial, ["\\d+", "\\d+"]), ("^a*b?a*$", .polynomial, ["a*", "a*"]),
    ("^\\w*\\d+$", .polynomial, ["\\w*", "\\d+"]), ("^/api/.*/.*/items$", .polynomial, []),
    ("^a*?b??a*?$", .polynomial, []), ("^.*foo.*bar$", .polynomial, []), ("^(?:a*b?)a*$", .polynomial, []),
    // A loop that the search starts again at each place
    ("\\s+$", .polynomial, ["\\s+"]), ("\\w+@", .polynomial, ["\\w+"]), ("a.*b", .polynomial, [".*"]),
    (".*x", .polynomial, [".*"]), ("(?:a|b)+c", .polynomial, []), ("username=(.*)&password=(.*)", .polynomial, []),
    ("(?m)\\s*$", .polynomial, []), ("\\bx[a-z.]+@", .polynomial, []), ("^a|b+c", .polynomial, ["b+"]),
  ]

  @Test("backtracking is not linear where paths compound", arguments: compoundingPatterns)
  func compounding(pattern: String, growth: Ambiguity.Growth, repetitions: [String]) throws {
    let tree = try RegularExpression(Array(pattern.utf8)).tree
    #expect(!isBacktrackingLinear(tree))
    let finding = try #require(Ambiguity(tree).finding)
    #expect(finding.growth == growth)
    #expect(!finding.repetitions.isEmpty)
    let places = try finding.repetitions.map { try #require(tree.place(ofRepetition: $0)) }
    let parts = places.map { String(decoding: Array(pattern.utf8)[$0], as: UTF8.self) }
    if !repetitions.isEmpty { #expect(parts == repetitions) }
  }

  @Test("a loop that only a later start compounds is linear once it is anchored")
  func searches() throws {
    for pattern in ["\\s+$", "\\w+@", ".*x", "a.*b"] {
      #expect(try Ambiguity(RegularExpression(Array(pattern.utf8)).tree).finding?.involvesSearch == true, "\(pattern)")
      #expect(try Ambiguity(RegularExpression(Array(("^" + pattern).utf8)).tree).isLinear, "\(pattern)")
    }
  }

  @Test(
    "paths that are too many, though not for ever or not all followed, are not linear",
    arguments: [
      "^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a{27}$", "^(a{0,9}){0,9}$", "[a-z]{1,1000}!",
      // Paths that are preferred to a certain match
      "^(?:(?:a*b)?a)*", "^(?:a?){30}b", "(?:(?:|){20}){20}$", "(?:\\b){3}a", "^(\\.[\\w-]|[\\w-]?[\\w-]){0,30}@",
    ])
  func countedRepetitions(pattern: String) throws {
    #expect(try !isBacktrackingLinear(RegularExpression(Array(pattern.utf8)).tree))
  }

  @Test("the analysis gives up in bounded time")
  func limits() throws {
    for pattern in [
      "(?:a|b)*a(?:a|b){300}c", "(?:[ab]{1,30}[bc]{1,30}[cd]{1,30}){10}$", "(\\w+\\s?){1,500}$",
      "[a-z]{1000}{1}[0-9]*x",
    ] {
      guard let tree = try? RegularExpression(Array(pattern.utf8)).tree else { continue }
      #expect(!isBacktrackingLinear(tree), "\(pattern)")
    }
  }
}

import CEL
import MarkedSource
import Testing

@Suite("Laying out conditions")
struct ConditionLayoutTests {
  private static func written(_ text: String, width: Int, options: ParserOptions = .policy) -> String? {
    (try? ConditionLayout(text, options: options))?.written(width: width)
  }

  /// What a layout must not do, whatever the condition; `nil` when it does none of it.
  private static func fault(_ text: String, width: Int, options: ParserOptions = .cel) -> String? {
    let (tree, diagnostics) = parseExpression(text, options: options)
    if diagnostics.contains(where: { $0.severity == .error }) { return "does not parse" }
    guard let once = written(text, width: width, options: options) else { return "is not written" }
    let reread = parseExpression(once, options: options)
    if let fault = reread.diagnostics.first(where: { $0.severity == .error }) { return "\(once): \(fault.message)" }
    if let difference = difference(tree, reread.tree) { return "\(once): \(difference)" }
    if comments(once) != comments(text) { return "\(once): other comments" }
    let twice = written(once, width: width, options: options)
    return once == twice ? nil : "\(once)\nbecomes\n\(twice ?? "nothing")"
  }

  private static func comments(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return tokens(of: text).filter { $0.kind == .comment }.map { comment in
      var content = bytes[comment.span.range]
      while let last = content.last, last == 0x20 || last == 0x09 || last == 0x0D { content.removeLast() }
      return String(decoding: content, as: UTF8.self)
    }
  }

  @Test(
    "a condition that fits has one line",
    arguments: [
      ("a", "a"), (" ( ( a ) ) ", "a"), ("a==1", "a == 1"), ("a and b or not c", "a && b || !c"),
      ("not a in b", "!(a in b)"), ("not (a or b)", "!(a || b)"), ("not not a", "!!a"), ("a.or( b )", "a.or(b)"),
      ("a\n  &&\n b", "a && b"), ("((a||b))&&c", "(a || b) && c"), ("(a&&b)||c", "(a && b) || c"),
      ("(a == 1) && ((b))", "(a == 1) && b"), ("(a.b).c", "a.b.c"), ("(f(x)) && b", "f(x) && b"),
      ("!(a)", "!a"), ("-(1)", "-(1)"), ("-(a)", "-a"), ("- 1", "-1"), ("(1).f()", "(1).f()"),
      ("a - (-1)", "a - (-1)"), ("a- -1", "a - -1"), ("(a+b)+c", "(a + b) + c"), ("a+(b+c)", "a + (b + c)"),
      ("a*b%c", "a * b % c"), ("a?b:c", "a ? b : c"), ("a ? (b?c:d) : (e)", "a ? (b ? c : d) : e"),
      ("f( )", "f()"), ("f(a,b , c)", "f(a, b, c)"), ("f((a),(b+c))", "f(a, b + c)"), (". f(a)", ".f(a)"),
      ("a . b", "a.b"), ("a . ? b [ ? 'c' ]", "a.?b[?'c']"), ("a[ (1) ]", "a[1]"), ("a.`b-c`", "a.`b-c`"),
      ("[ 1,2 , ]", "[1, 2]"), ("[?a,b,]", "[?a, b]"), ("[]", "[]"), ("{ }", "{}"),
      ("{'a':1,b : c,}", "{'a': 1, b: c}"),
      ("{?'a':b}", "{?'a': b}"), ("a . B { c:1 , ?`d-e`:f, }", "a.B{c: 1, ?`d-e`: f}"),
      ("'a'+\"b\"+r'\\d'", "'a' + \"b\" + r'\\d'"), ("0x1F+1.50e3", "0x1F + 1.50e3"),
      ("a.all(x,x>0)", "a.all(x, x > 0)"), ("has(a.b)", "has(a.b)"), ("cel.bind(x,1,x+x)", "cel.bind(x, 1, x + x)"),
      ("a // why", "a // why"), ("a // why \n", "a // why"), ("a\n// end", "a\n// end"), ("// start\na", "// start\na"),
      ("// start\n\n\n\na", "// start\n\na"), ("a // why\n.b", "a.b // why"), ("f(// none\n)", "f() // none"),
    ])
  func oneLine(_ text: String, _ expected: String) {
    #expect(Self.written(text, width: 60) == expected)
    #expect(Self.fault(text, width: 60, options: .policy) == nil)
  }

  @Test(
    "a condition that does not fit is broken at the operators that bind least",
    arguments: [
      ("resource.a == 1 && resource.b == 2", "resource.a == 1\n&& resource.b == 2"),
      ("a && b && (ccccccccc || ddddddddddd) && e", "a\n&& b\n&& (ccccccccc || ddddddddddd)\n&& e"),
      (
        "a && (bbbbbbbbbbbbbbbb || ccccccccc || ddddddddddd)",
        "a\n&& (\n  bbbbbbbbbbbbbbbb\n  || ccccccccc\n  || ddddddddddd\n)"
      ),
      ("aaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbb || c", "aaaaaaaaaaaaaaaa\n  && bbbbbbbbbbbbbbb\n|| c"),
      ("!(aaaaaaaaaaaaaaaa && bbbbbbbbbbbbbbb)", "!(\n  aaaaaaaaaaaaaaaa\n  && bbbbbbbbbbbbbbb\n)"),
      ("aaaaaaaaaaaaaaaaaaa == bbbbbbbbbbbbbbb", "aaaaaaaaaaaaaaaaaaa\n  == bbbbbbbbbbbbbbb"),
      ("aaaaaaaaaa + bbbbbbbbbbb - ccccccc", "aaaaaaaaaa\n  + bbbbbbbbbbb\n  - ccccccc"),
      ("aaaaaaaaaaaa ? bbbbbbbbbbbbb : ccccccc", "aaaaaaaaaaaa\n  ? bbbbbbbbbbbbb\n  : ccccccc"),
      (
        "aaaaaa ? bbbbbbbb : ccccccc ? ddddddd : eeeee",
        "aaaaaa\n  ? bbbbbbbb\n  : ccccccc\n  ? ddddddd\n  : eeeee"
      ),
      (
        "resource.a in ['aaaaaaaaa', 'bbbbbbbbbbbb', 'c']",
        "resource.a in [\n  'aaaaaaaaa',\n  'bbbbbbbbbbbb',\n  'c'\n]"
      ),
      (
        "a in [11111111, 22222222, 33333333, 44444444, 5]",
        "a in [\n  11111111, 22222222, 33333333,\n  44444444, 5\n]"
      ),
      ("f(['aaaaaaaaaaaa', 'bbbbbbbbbbbb'])", "f([\n  'aaaaaaaaaaaa',\n  'bbbbbbbbbbbb'\n])"),
      ("f(aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb)", "f(\n  aaaaaaaaaaaaaaaa,\n  bbbbbbbbbbbbbbbb\n)"),
      (
        "resource.rules.all(rule, rule.port != 22)",
        "resource.rules.all(rule,\n  rule.port != 22\n)"
      ),
      (
        "resource.rules.filter(r, r.open).all(r, r.ok)",
        "resource.rules\n  .filter(r, r.open)\n  .all(r, r.ok)"
      ),
      ("items.filter(r, r.open).all(r, r.ok)", "items.filter(r, r.open)\n  .all(r, r.ok)"),
      ("size(resource.aaaaaaa.bbbbbbbbbb) > 0", "size(\n  resource.aaaaaaa.bbbbbbbbbb\n) > 0"),
      (
        "{'a': aaaaaaaaaaaa, 'b': bbbbbbbbbb && c}",
        "{\n  'a': aaaaaaaaaaaa,\n  'b': bbbbbbbbbb && c\n}"
      ),
      ("resource.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", "resource.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b"),
    ])
  func broken(_ text: String, _ expected: String) {
    #expect(Self.written(text, width: 32) == expected)
    #expect(Self.fault(text, width: 32, options: .policy) == nil)
  }

  @Test(
    "comments break lines, and stay with what they follow or precede",
    arguments: [
      ("a && // first\nb // second", "a // first\n&& b // second"),
      ("a // first\n&& b // second", "a // first\n&& b // second"),
      ("a &&\n// about b\nb", "a\n// about b\n&& b"),
      ("a\n\n// about b\n&& b\n\n&& c", "a\n\n// about b\n&& b\n\n&& c"),
      ("f(a, // first\n  b)", "f(\n  a, // first\n  b\n)"), ("f(a // first\n  , b)", "f(\n  a, // first\n  b\n)"),
      ("f(a\n // last\n)", "f(\n  a\n  // last\n)"), ("[1, 2, // all\n]", "[\n  1,\n  2 // all\n]"),
      ("(a || b // why\n) && c", "(\n  a || b // why\n)\n&& c"), ("a in // ports\n[1]", "a in [ // ports\n  1\n]"),
      ("a // 1\n&& // 2\nb", "a // 1\n// 2\n&& b"), ("not // why\na", "!a // why"),
      ("a ? // yes\nb : c", "a // yes\n  ? b\n  : c"), ("( // why\na )", "a // why"),
      ("a.all(x, // every\n x)", "a.all(x, // every\n  x\n)"),
    ])
  func comments(_ text: String, _ expected: String) {
    #expect(Self.written(text, width: 60) == expected)
    #expect(Self.fault(text, width: 60, options: .policy) == nil)
  }

  @Test("a condition with syntax errors is not laid out", arguments: ["", "a &&", "a b", "f(", "a = 1", "'a", "// a"])
  func unreadable(_ text: String) { #expect(Self.written(text, width: 60) == nil) }

  @Test("parentheses that would be one level too many leave the condition alone")
  func deepest() {
    let text = String(repeating: "not (a == 1 and ", count: 60) + "not b == c" + String(repeating: ")", count: 60)
    #expect(parseExpression(text, options: .policy).diagnostics.allSatisfy { $0.severity != .error })
    #expect(Self.fault(text, width: 40, options: .policy) == nil)
    let deeper = String(repeating: "!(a || ", count: 63) + "!not b == c" + String(repeating: ")", count: 63)
    let isReadable = parseExpression(deeper, options: .policy).diagnostics.allSatisfy { $0.severity != .error }
    if isReadable, let written = Self.written(deeper, width: 40) {
      #expect(parseExpression(written, options: .policy).diagnostics.isEmpty)
    }
  }

  @Test(
    "every shared expression keeps its meaning and its comments, and is laid out once for all",
    .enabled(if: SharedData.root != nil, "the shared data is not beside the checkout"), arguments: [20, 60, 100])
  func sharedExpressions(width: Int) {
    for text in SharedExpressions.conformance + SharedExpressions.realWorld {
      let fault = Self.fault(text, width: width)
      #expect(fault == nil, "\(text)")
    }
  }

  @Test("seeded random conditions with comments keep their meaning, and are laid out once for all")
  func randomConditions() {
    var read = 0
    for seed in 0..<1_500 as Range<UInt64> {
      var expressions = RandomExpression(seed: seed)
      var random = SeededGenerator(seed: seed)
      let text = scattered(expressions.text(depth: Int(seed % 6)), &random)
      let width = Int.random(in: 1...80, using: &random)
      // A blank behind the sign of the least integer makes it one that is too large.
      if parseExpression(text).diagnostics.contains(where: { $0.severity == .error }) { continue }
      read += 1
      let fault = Self.fault(text, width: width)
      #expect(fault == nil, "seed \(seed), width \(width): \(text)")
    }
    #expect(read > 1_000)
  }

  @Test("random bytes between tokens do no harm")
  func hostileText() {
    let parts = [
      "a", "(", ")", "[", "]", "{", "}", "&&", "or", "not", "?", ":", ",", ".", "'", "//", "\n", "1", "-", "\u{0}", "é",
    ]
    for seed in 0..<3_000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...14, using: &random)
      let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined(separator: " ")
      guard let layout = try? ConditionLayout(text) else { continue }
      let written = layout.written(width: 10)
      #expect(written == nil || Self.fault(text, width: 10, options: .policy) == nil, "seed \(seed): \(text)")
    }
  }

  @Test("chains of 20,000 are laid out on a small stack")
  func longChains() {
    let count = 20_000
    let chains = [
      "a" + String(repeating: " + a", count: count), "a" + String(repeating: ".a", count: count),
      "a" + String(repeating: "[a]", count: count), "a" + String(repeating: " && a", count: count),
      "a" + String(repeating: " // b\n&& a", count: count), "a" + String(repeating: ".a()", count: count),
      "a" + String(repeating: ".map(b, b)", count: 10_000), "[a" + String(repeating: ", a", count: count) + "]",
      "[1" + String(repeating: ", 1", count: count) + "]",
    ]
    for chain in chains {
      let isKept = onSmallStack { (try? ConditionLayout(chain))?.written(width: 100) != nil }
      #expect(isKept == true, "\(chain.prefix(12))")
    }
  }

  /// The text with other blanks, line breaks and comments between its tokens.
  private func scattered(_ text: String, _ random: inout SeededGenerator) -> String {
    let bytes = Array(text.utf8)
    let gaps = [
      " ", " ", " ", "  ", "\n", "\n\n", "\n\n\n", " // c\n", "\n// d \n", "\n\n// e\n\n", "//f\r\n", "// g\n// h\n",
    ]
    var result = ""
    for token in tokens(of: text) {
      result += String(decoding: bytes[token.span.range], as: UTF8.self) + (gaps.randomElement(using: &random) ?? " ")
    }
    return result
  }
}

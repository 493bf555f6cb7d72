import CEL
import Diagnostics
import MarkedSource
import Testing

@Suite("Writing trees back")
struct UnparserTests {
  /// Reads, writes, reads again, and says what differs.
  private static func roundTripFault(_ text: String, options: ParserOptions = .cel) -> String? {
    let (tree, diagnostics) = parseExpression(text, options: options)
    if let fault = diagnostics.first(where: { $0.severity == .error }) { return "does not parse: \(fault.message)" }
    let written = unparse(tree)
    let reread = parseExpression(written, options: options)
    if let fault = reread.diagnostics.first { return "\(written): \(fault.message)" }
    return difference(tree, reread.tree).map { "\(written): \($0)" }
  }

  @Test(
    "an expression is written with CEL's operators and the parentheses it needs",
    arguments: [
      ("a", "a"), ("( ( a ) )", "a"), (" .a . b ", ".a.b"), ("a.?b[?c][d]", "a.?b[?c][d]"), ("a.`b-c`", "a.`b-c`"),
      ("(a+b)+c", "a + b + c"), ("a+(b+c)", "a + (b + c)"), ("(a*b)+c", "a * b + c"), ("a*(b+c)", "a * (b + c)"),
      ("a-(b-c)-d", "a - (b - c) - d"), ("a/(b*c)%d", "a / (b * c) % d"), ("(a < b) == c", "a < b == c"),
      ("a < (b == c)", "a < (b == c)"), ("a in [b,c,]", "a in [b, c]"), ("(a in b).c", "(a in b).c"),
      ("a&&b&&c", "a && b && c"), ("a&&(b&&c)", "a && (b && c)"), ("(a&&b)&&c", "(a && b) && c"),
      ("a&&b||c&&d", "a && b || c && d"), ("(a||b)&&c", "(a || b) && c"), ("a||(b||c)", "a || (b || c)"),
      ("a?b:c?d:e", "a ? b : c ? d : e"), ("(a?b:c)?d:e", "(a ? b : c) ? d : e"),
      ("a?(b?c:d):e", "a ? (b ? c : d) : e"),
      ("(a?b:c)||d", "(a ? b : c) || d"), ("[a?b:c]", "[a ? b : c]"),
      ("!a", "!a"), ("!!a", "!!a"), ("!(a&&b)", "!(a && b)"), ("!(a in b)", "!(a in b)"), ("!a.b", "!a.b"),
      ("(!a).b", "(!a).b"), ("--a", "--a"), ("!(-a)", "!(-a)"), ("-(!a)", "-(!a)"), ("-(a+b)", "-(a + b)"),
      ("a- -b", "a - -b"), ("-a*b", "-a * b"), ("-(a*b)", "-(a * b)"),
      ("-1", "-1"), ("-(1)", "-(1)"), ("-(-1)", "-(-1)"), ("(-1).f()", "(-1).f()"), ("(1).f()", "(1).f()"),
      ("a-1", "a - 1"), ("a - (-1)", "a - -1"),
      ("f()", "f()"), (".f(a,b)", ".f(a, b)"), ("a.f(b).g()", "a.f(b).g()"), ("[1][0]", "[1][0]"),
      ("{}", "{}"), ("{'a':1,b:c?d:e,}", "{\"a\": 1, b: c ? d : e}"), ("[?a,b]", "[?a, b]"),
      ("{?'a':b}", "{?\"a\": b}"),
      ("A{}", "A{}"), (".a.B{c:1,?`d-e`:f,}", ".a.B{c: 1, ?`d-e`: f}"), ("A{b:1}.b", "A{b: 1}.b"),
      ("true||false", "true || false"), ("null==a", "null == a"),
      ("0x10", "16"), ("-0x8000000000000000", "-9223372036854775808"), ("9223372036854775807", "9223372036854775807"),
      ("18446744073709551615u", "18446744073709551615u"), ("0xFFU", "255u"),
      (".5", "0.5"), ("1e3", "1000.0"), ("1E-7", "1e-07"), ("-0.0", "-0.0"), ("0.1", "0.1"),
      ("1.7976931348623157e308", "1.7976931348623157e+308"), ("5e-324", "5e-324"),
      ("123456789012345678.0", "1.2345678901234568e+17"),
      ("'a\"b'", "\"a\\\"b\""), ("'\\u00e9\\n\\t\\\\'", "\"é\\n\\t\\\\\""), ("r'\\d+'", "\"\\\\d+\""),
      ("'''a\nb'''", "\"a\\nb\""),
      ("'\\u202e\\u200b\\x00\\U0001F600'", "\"\\u202e\\u200b\\u0000😀\""), ("b'a\\xff\\n\"'", "b\"a\\xff\\n\\\"\""),
      ("b'é'", "b\"\\xc3\\xa9\""),
      ("a // why\n && b", "a && b"),
    ])
  func spelling(_ text: String, _ expected: String) {
    #expect(unparse(parseExpression(text).tree) == expected)
    #expect(Self.roundTripFault(text) == nil)
  }

  @Test(
    "word operators are written as CEL's",
    arguments: [
      ("a and b or not c", "a && b || !c"), ("not a in b", "!(a in b)"), ("not (a or b) and c", "!(a || b) && c"),
      ("not not a", "!!a"), ("a.or(b) and c", "a.or(b) && c"),
    ])
  func wordOperators(_ text: String, _ expected: String) {
    #expect(unparse(parseExpression(text, options: .policy).tree) == expected)
    #expect(Self.roundTripFault(text, options: .policy) == nil)
  }

  @Test(
    "macro calls are written as they were read",
    arguments: [
      "has(a.b)", "!has(a.b.?c.d)", "a.all(x, x > 0)", "a.exists(i, v, v > i)", "a.exists_one(x, x == 1)",
      "a.existsOne(i, v, v == i)", "a.map(x, x + 1)", "a.map(x, x > 0, x + 1)", "a.filter(x, has(x.y))",
      "a.transformList(i, v, v)", "a.transformMap(k, v, k != 1, v)", "a.transformMapEntry(k, v, {v: k})",
      "a.sortBy(x, x.b).sortBy(x, -x.c)", "proto.getExt(a, b.c) == proto.hasExt(a.b, c)", "a.proto.getExt(b, c)",
      "a.optMap(x, x + 1).optFlatMap(y, y.?z)", "cel.bind(x, a.all(y, y), x && x)",
      "a.map(x, x.map(y, y.filter(z, z > x))).filter(w, w)", "[?a.map(x, x), {?\"k\": a.filter(x, x)}]",
      "[1].exists(cel.iterVar(0, 1), cel.iterVar(0, 1) == cel.index(2) + cel.accuVar(3, 4))",
      "(a ? b : c).all(x, x)", "(a + b).map(x, x)[0].c", "-a.map(x, x).size()", "!a.all(x, x) && b",
      "f(a.all(x, x), has(b.c))",
    ])
  func macros(_ text: String) {
    #expect(unparse(parseExpression(text).tree) == text)
    #expect(Self.roundTripFault(text) == nil)
  }

  @Test("a macro call that does not fit is written back too")
  func brokenMacros() {
    for text in ["has()", "has(a)", "a.all(x.y, true)", "a.all(x)", "a.map(x, y, z, w)", "1 + a.all(1, b) * 2"] {
      let (tree, diagnostics) = parseExpression(text)
      #expect(diagnostics.count == 1, "\(text)")
      #expect(unparse(tree) == text)
    }
  }

  @Test(
    "every conformance test's expression reads back as the same tree",
    .enabled(if: SharedData.root != nil, "the shared data is not beside the checkout"))
  func conformance() {
    #expect(SharedExpressions.conformance.count > 1_500)
    for text in SharedExpressions.conformance {
      let fault = Self.roundTripFault(text)
      #expect(fault == nil, "\(text)")
    }
  }

  @Test(
    "every expression of the real world reads back as the same tree",
    .enabled(if: SharedData.root != nil, "the shared data is not beside the checkout"))
  func realWorld() {
    #expect(SharedExpressions.realWorld.count > 1_000)
    for text in SharedExpressions.realWorld {
      let fault = Self.roundTripFault(text)
      #expect(fault == nil, "\(text)")
    }
  }

  @Test("chains of 100,000 are written on a small stack")
  func longChains() {
    let count = 100_000
    let chains = [
      "a" + String(repeating: " + a", count: count), "a" + String(repeating: ".a", count: count),
      "a" + String(repeating: "[a]", count: count), "a" + String(repeating: " && a", count: count),
      "a" + String(repeating: ".a()", count: count), "a" + String(repeating: ".map(b, b)", count: 10_000),
      "[a" + String(repeating: ", a", count: count) + "]",
    ]
    for chain in chains {
      let written = onSmallStack { unparse(parseExpression(chain).tree) }
      #expect(written?.utf8.elementsEqual(chain.utf8) == true, "\(chain.prefix(12))")
    }
    let described = onSmallStack { describe(parseExpression(chains[0]).tree) }
    #expect((described ?? "").utf8.count(where: { $0 == 0x0A }) == 2 * count)
  }

  @Test("seeded random trees read back as the same tree")
  func randomTrees() {
    for seed in 0..<1_500 as Range<UInt64> {
      var trees = RandomExpression(seed: seed)
      let text = trees.text(depth: Int(seed % 6))
      let fault = Self.roundTripFault(text)
      #expect(fault == nil, "seed \(seed): \(text)")
    }
  }

  @Test("a tree is described with one node a line")
  func description() {
    #expect(
      describe(parseExpression("has(a.b) && [1, 'x', ?c][0] != -d.?e").tree) == """
        (&& 0..<36
          (has .b 0..<8
            (identifier a 4..<5))
          (!= 12..<36
            (index 12..<27
              (list 12..<24
                (int 1 13..<14)
                (string "x" 16..<19)
                (?identifier c 22..<23))
              (int 0 25..<26))
            (- 31..<36
              (select .?e 32..<36
                (identifier d 32..<33)))))
        """)
  }
}

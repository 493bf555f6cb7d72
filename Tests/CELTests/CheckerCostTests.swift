import CEL
import Diagnostics
import Source
import Testing

/// The estimate of an expression's cost, and the text of the expressions it names.
private func estimate(
  _ text: String, in environment: Environment = .policy(), sizes: [String: SizeRange] = [:]
) -> (estimate: CostEstimate, unbounded: String?, tooCostly: String?) {
  let (tree, _) = parseExpression(text, options: .policy)
  var checker = Checker(environment)
  var diagnostics: [Diagnostic] = []
  var copy = text
  copy.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
  #expect(diagnostics.map(\.message) == [], "\(text)")
  let bytes = Array(text.utf8)
  func spelling(_ id: ExpressionID) -> String { String(decoding: bytes[tree[id].span.range], as: UTF8.self) }
  let estimate = checker.costEstimate(of: tree) { sizes[spelling($0)] }
  return (estimate, estimate.unbounded.map(spelling), estimate.tooCostly.map(spelling))
}

@Suite("Estimates of cost")
struct CheckerCostTests {
  @Test(
    "an expression without loops costs its names, operators and calls, and the texts that they read",
    arguments: [
      ("1", 0, 0), ("true", 0, 0), ("resource", 1, 1), ("resource.a", 2, 2), ("resource.a.b", 3, 3),
      ("!resource.a", 3, 3), ("resource.a == 1", 3, 4), ("resource.a == 'abcdefghijkl'", 3, 5),
      ("resource.a && resource.b", 3, 5), ("resource.a || resource.b || resource.c", 3, 7),
      ("resource.a ? 1 : resource.b", 3, 5), ("[1, 2]", 3, 3), ("{'a': 1}", 2, 2), ("has(resource.a.b)", 3, 3),
      ("resource.a.startsWith('abcdefghijk')", 5, 5), ("resource.a in [1, 2, 3]", 7, 10), ("1 + 2 * 3", 2, 2),
      ("math.abs(1)", 1, 1), ("'abcdefghij' + 'abcdefghij'", 3, 3), ("type(1) == int", 3, 3),
      ("lists.range(10)", 11, 11), ("size('abc')", 1, 1), ("now > timestamp(0)", 3, 3),
    ] as [(String, UInt64, UInt64)])
  func plain(text: String, minimum: UInt64, maximum: UInt64) {
    let (found, unbounded, tooCostly) = estimate(text)
    #expect(found.minimum == minimum)
    #expect(found.maximum == maximum)
    #expect(found.proven == maximum)
    #expect(unbounded == nil && tooCostly == nil)
  }

  @Test(
    "what depends on a size without a bound has no maximum, and says which",
    arguments: [
      ("resource.a == resource.b", "resource.a"), ("resource.a.matches('a+')", "resource.a"),
      ("resource.a in resource.b", "resource.b"), ("resource.a.all(x, x == 1)", "resource.a"),
      ("resource.a.all(x, resource.b.all(y, x.c == 1))", "resource.a"),
      ("resource.a == resource.c || resource.a.all(x, x.b.all(y, y == 1))", "resource.a"),
      ("'a'.contains(resource.b)", "resource.b"), ("resource.a.map(x, x + 1).exists(y, y == 2)", "resource.a"),
    ])
  func unbounded(text: String, culprit: String) {
    let (found, unbounded, tooCostly) = estimate(text)
    #expect(found.maximum == nil)
    #expect(unbounded == culprit)
    #expect(found.minimum <= found.proven && found.proven < 100)
    #expect(tooCostly == nil)
  }

  @Test("the cost of loops is that of what they do for each element of a literal")
  func loops() {
    // The loop, the list, and for each element the test whether to go on (2), `||` and its left side (2), and `==`.
    let once = estimate("[1].exists(x, x == 2)").estimate
    let thrice = estimate("[1, 2, 3].exists(x, x == 2)").estimate
    let nested = estimate("[1, 2, 3].exists(x, [1, 2, 3].exists(y, x == y))").estimate
    #expect(once.maximum != nil && once.minimum < thrice.maximum ?? 0)
    #expect((thrice.maximum ?? 0) > (once.maximum ?? 0) * 2)
    #expect((nested.maximum ?? 0) > (thrice.maximum ?? 0) * 3)
    // What a loop collects has as many elements as its range, and a bound variable as many as its value.
    for text in [
      "[1, 2, 3].map(x, x + 1).exists(y, y == 2)", "[1, 2, 3].filter(x, x > 1).exists(y, y == 2)",
      "cel.bind(l, [1, 2, 3], l.exists(y, y == 2))", "{1: 2, 3: 4}.exists(k, k == 2)",
      "{1: [1, 2]}.exists(k, v, v.exists(x, x == k))", "[[1, 2], [3]].exists(l, l.exists(x, x == 1))",
      "[3, 1].sortBy(x, -x).exists(x, x == 1)", "{1: 2}.transformMap(k, v, v + 1).exists(k, v, v == 2)",
      "{1: 2}.transformMapEntry(k, v, {v: k}).exists(k, v, v == 2)", "'a,b'.split(',').exists(x, x == 'a')",
      "(resource.a ? [1] : [2, 3]).exists(x, x == 1)", "[1].map(x, [x]).exists(l, l.exists(y, y == 1))",
      "([1] + [2]).exists(x, x == 1)", "optional.of(1).optMap(x, x + 1).hasValue()",
    ] { #expect(estimate(text).estimate.maximum != nil, "\(text)") }
  }

  @Test(
    "literals alone can be too costly, and the smallest such expression is named",
    arguments: [
      (
        "resource.a || lists.range(5000).all(a, lists.range(5000).all(b, a != b))",
        "lists.range(5000).all(a, lists.range(5000).all(b, a != b))"
      ),
      (
        "1 in lists.range(20000000) || 1 in lists.range(30000000) || [lists.range(40000000)] == []",
        "lists.range(20000000)"
      ),
      ("[1].all(x, x in lists.range(20000000))", "lists.range(20000000)"),
      (
        "lists.range(9223372036854775807).all(x, lists.range(9223372036854775807).all(y, x == y))",
        "lists.range(9223372036854775807)"
      ),
      (
        "resource.a.all(x, lists.range(4000).map(a, lists.range(4000).map(b, a * b)) == [])",
        "lists.range(4000).map(a, lists.range(4000).map(b, a * b))"
      ),
    ])
  func tooCostly(text: String, culprit: String) {
    let (found, _, tooCostly) = estimate(text)
    #expect(tooCostly == culprit)
    #expect(found.proven > CostEstimate.limit)
  }

  @Test("sizes that are known from elsewhere bound the cost")
  func knownSizes() {
    let text = "resource.a.all(x, resource.a.all(y, x != y))"
    let few = estimate(text, sizes: ["resource.a": SizeRange(0, 10), "x": SizeRange(0, 3)])
    #expect(few.estimate.minimum < 10)
    #expect(few.unbounded == "x" || few.unbounded == "y")
    let many = estimate(text, sizes: ["resource.a": SizeRange(0, 5_000)])
    #expect(many.tooCostly == text)
    let texts = estimate("resource.a == resource.b", sizes: ["resource.a": SizeRange(0, 100)])
    #expect(texts.estimate.maximum != nil)
  }

  @Test("an estimate takes linear time and little stack, and no size makes it trap")
  func growth() {
    let terms = Array(repeating: "resource.a == 1", count: 20_000).joined(separator: " || ")
    #expect(estimate(terms).estimate.maximum == 20_000 * 4 + 1)
    let list = "[" + Array(repeating: "['a', 'bc']", count: 20_000).joined(separator: ", ") + "]"
    #expect(estimate("\(list).all(x, x.all(y, y == 'a'))").estimate.maximum != nil)
    let loops = (0..<60).reversed().reduce("true") { "lists.range(1000000).all(x\($1), \($0))" }
    #expect(estimate(loops).estimate.proven == .max)
  }
}

extension CheckerCostTests {
  @Test(
    "an expression is passed over only if it is cheap",
    arguments: [
      ("resource.tags.exists(t, t.key in ['a', 'b'] && t.value != null)", true), ("resource.a + 1 == 2", true),
      ("resource.a.all(x, x.b.all(y, y.c.all(z, z == 1)))", true), ("lists.range(3) == [0, 1, 2]", false),
      ("'a b'.split(' ').all(x, x != '')", false), ("resource.a.all(x, x + [1] == [1])", false),
      ("[1].all(x, sets.contains([1], [x]))", false),
    ])
  func passedOver(text: String, isCheap: Bool) {
    #expect(parseExpression(text, options: .policy).tree.isCheap == isCheap)
    #expect(estimate(text).tooCostly == nil)
  }

  @Test("loops side by side do not multiply, and those that follow each other neither")
  func passedOverRows() {
    let list = "[1, 2, 3, 4, 5, 6]"
    let row = Array(repeating: "\(list).exists(x, x == resource.a)", count: 30).joined(separator: " || ")
    #expect(parseExpression(row, options: .policy).tree.isCheap)
    let maps = list + Array(repeating: ".map(x, \(list))", count: 30).joined() + " == []"
    #expect(parseExpression(maps, options: .policy).tree.isCheap)
    #expect(estimate(maps).estimate.proven <= CostEstimate.limit)
    let flattened = list + Array(repeating: ".map(x, \(list)).flatten()", count: 12).joined() + " == []"
    #expect(!parseExpression(flattened, options: .policy).tree.isCheap)
  }

  @Test("nested loops over literals are passed over only below the limit")
  func passedOverLoops() {
    for count in 1...30 {
      let list = "[" + (1...count).map { "\($0)" }.joined(separator: ", ") + "]"
      for depth in 1...5 {
        let text = (0..<depth).reversed().reduce("x0 in [1, 2]") { "\(list).all(x\($1), \($0))" }
        guard parseExpression(text, options: .policy).tree.isCheap else { continue }
        #expect(estimate(text).estimate.proven <= CostEstimate.limit, "\(text)")
      }
    }
  }
}

import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("What people write instead of CEL")
struct ForeignSpellingTests {
  @Test(
    "operators of other languages are mended and read on as if they were CEL's",
    arguments: [
      Faulty("a 1️⃣= 1", "`=` is not an operator of CEL: write `==`", fixed: "a == 1"),
      Faulty("a 1️⃣=== b 2️⃣!== c", "`===`", "`!==`", fixed: "a == b != c"),
      Faulty("a 1️⃣<> b", "`<>`", fixed: "a != b"),
      Faulty("a 1️⃣& b 2️⃣| c", "`&`", "`|`", fixed: "a && b || c"),
      Faulty("a 1️⃣&&& b", "`&&&`", fixed: "a && b"),
      Faulty("a 1️⃣=> b", "`=>`", fixed: "a >= b"),
      Faulty("a 1️⃣=< b", "`=<`", fixed: "a <= b"),
      Faulty("a 1️⃣> = b", "`> =` is written `>=`", fixed: "a >= b"),
      Faulty("a 1️⃣= = b", "`= =`", fixed: "a == b"),
      Faulty("a 1️⃣! = b", "`! =`", fixed: "a != b"),
      Faulty("a 1️⃣:= b", "`:=`", fixed: "a == b"),
      Faulty("a.b 1️⃣=~ \"^x\" && c", "`=~`", fixed: "a.b.matches(\"^x\") && c"),
      Faulty("a + b 1️⃣!~ 'x'", "`!~`", fixed: "!(a + b).matches('x')"),
      Faulty("a 1️⃣contains 'x'", "`contains` is not an operator", fixed: "a.contains('x')"),
      Faulty("a 1️⃣startswith b || c", "`startswith`", fixed: "a.startsWith(b) || c"),
      Faulty("a 1️⃣like 'x%'", "`like` is not an operator"),
      Faulty("a 1️⃣?? b", "CEL has no operator `??`"),
      Faulty("a 1️⃣^ b", "CEL has no operator `^`"),
      Faulty("i1️⃣++", "CEL has no operator `++`"),
      Faulty("1️⃣+5", "CEL has no unary `+`", fixed: "5"),
      Faulty("a 1️⃣AND b 2️⃣Or c", "`AND`", "`Or`", fixed: "a && b || c"),
      Faulty("1️⃣NOT a", "`NOT`", fixed: "!a"),
      Faulty("a 1️⃣IS NULL", "`IS NULL` is not CEL: write `== null`", fixed: "a == null"),
      Faulty("a 1️⃣is not None", "`is not None`", fixed: "a != null"),
      Faulty("a 1️⃣is b", "`is`", fixed: "a == b"),
      Faulty("a 1️⃣IN [1]", "`IN`", fixed: "a in [1]"),
      Faulty("a && x 1️⃣not in (y)", "`not in` is not an operator", fixed: "a && !(x in (y))"),
      Faulty("(x) 1️⃣!in y", "`!in`", fixed: "!((x) in y)"),
      Faulty("1️⃣return a", "a condition is an expression and has no `return`", fixed: "a"),
      Faulty("1️⃣let x = a", "a condition is an expression and declares nothing"),
      Faulty("1️⃣for == 1", "`for` is a reserved word"),
    ])
  func operators(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "word operators are read where an operator may stand",
    arguments: [
      Faulty("a 1️⃣and b 2️⃣or c", "`and`", "`or`", fixed: "a && b || c"),
      Faulty("1️⃣not a in b", "`not`", fixed: "!(a in b)"),
      Faulty("1️⃣not (a) 2️⃣and 3️⃣not b.c", "`not`", "`and`", "`not`", fixed: "!(a) && !b.c"),
      Faulty("1️⃣not 2️⃣not a == b", "`not`", "`not`", fixed: "!!(a == b)"),
      Faulty("1️⃣not -x > 5", "`not`", fixed: "!(-x > 5)"),
      Faulty("x.or(y).and(z).not()"),
      Faulty("{and: 1, or: 2, not: 3}"),
      Faulty("M{and: 1, not: 2}"),
      Faulty("a.and && a.?or == a.`not`"),
      Faulty("not.x && not[0] && or == and"),
      Faulty("f(not, and, or)"),
      Faulty("a && 1️⃣and b", "expected an operand, found `and`"),
      Faulty("a 1️⃣and 2️⃣and b", "`and` is not an operator of CEL", "expected an operand, found `and`"),
      Faulty("not(a) && and(b)", options: .cel),
      Faulty("1️⃣not a 2️⃣and b", "`not` is not an operator of CEL: write `!`", "`and`", fixed: "!a && b", options: .cel),
    ])
  func words(_ row: Faulty) { expectDiagnostics(row) }

  @Test("a word operator is a hint, and never in plain CEL")
  func severity() {
    #expect(parseExpression("a and b", options: .policy).diagnostics.map(\.severity) == [.hint])
    #expect(parseExpression("a and b", options: .cel).diagnostics.map(\.severity) == [.error])
  }

  @Test(
    "a fix-it leaves the tree as it was read",
    arguments: [
      "a = 1", "a & b | c", "not a in b", "not (a == b) and c", "x not in y && z", "a IS NOT NULL || b", "not not a",
      "a ? not b == c : d", "'it''s' == a", "a =~ 'x' && b", "list.0.name > = 5", "not -x > 5", "a == not b == c",
      "a?.b == c", "x in (1, 2)", "“a” == b", "(a == 1 && b", "f(a[1)", "a !~ b", "not a ? b : c", "not a.b(c)[0]",
    ])
  func sameTree(_ text: String) {
    let before = parseExpression(text, options: .policy)
    #expect(!before.diagnostics.isEmpty)
    let fixed = applyingFixIts(text, before.diagnostics)
    let after = parseExpression(fixed, options: .policy)
    #expect(after.diagnostics.map(\.message) == [], "\(fixed)")
    #expect(shape(before.tree) == shape(after.tree), "\(fixed)")
    for diagnostic in before.diagnostics {
      let mended = parseExpression(applyingFixIts(text, [diagnostic]), options: .policy)
      #expect(shape(mended.tree) == shape(before.tree), "\(applyingFixIts(text, [diagnostic]))")
    }
  }
}

/// A tree without its places.
func shape(_ tree: SyntaxTree) -> String { shape(tree, tree.root) }

private func shape(_ tree: SyntaxTree, _ id: ExpressionID) -> String {
  let node = tree[id]
  let parts: [String]
  switch node.kind {
  case .null, .bool, .int, .uint, .double: parts = ["\(node.first) \(node.second)"]
  case .string, .bytes: parts = ["\(Array(tree.literal(node)))"]
  case .identifier: parts = [tree.text(NameID(rawValue: node.first))]
  case .select: parts = [shape(tree, ExpressionID(rawValue: node.first)), tree.text(NameID(rawValue: node.second))]
  case .unary: parts = [shape(tree, ExpressionID(rawValue: node.first))]
  case .index, .binary:
    parts = [shape(tree, ExpressionID(rawValue: node.first)), shape(tree, ExpressionID(rawValue: node.second))]
  case .call, .memberCall, .message:
    parts = [tree.text(NameID(rawValue: node.first))] + tree.list(node.second).map { shape(tree, $0) }
  case .error, .chain, .conditional, .list, .map: parts = tree.list(node.second).map { shape(tree, $0) }
  case .comprehension: parts = []
  }
  return "\(node.kind) \(node.operation) \(node.flags.rawValue)(\(parts.joined(separator: ", ")))"
}

import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Recovery")
struct RecoveryTests {
  @Test(
    "a missing operand is reported where it should have been",
    arguments: [
      Faulty("resource.size > 1️⃣&& resource.public", "expected an operand, found `&&`"),
      Faulty("a &&1️⃣", "expected an operand after `&&`"),
      Faulty("a && 1️⃣&& b", "expected an operand, found `&&`", fixed: "a &&  b"),
      Faulty("1️⃣&& b", "expected an operand, found `&&`"),
      Faulty("(a &&1️⃣) || b", "expected an operand after `&&`"),
      Faulty("a == 1️⃣< b", "expected an operand"),
      Faulty("a ? b :1️⃣", "expected an operand after `:`"),
      Faulty("a ? 1️⃣: b", "expected an operand after `?`"),
      Faulty("!1️⃣", "expected an operand after `!`"),
      Faulty("a and1️⃣", "expected an operand after `and`", fixed: nil, options: .cel).withoutWords,
      Faulty("(1️⃣)", "expected an expression"),
      Faulty("a[1️⃣]", "expected an expression"),
      Faulty("1️⃣", "expected an expression"),
      Faulty("1️⃣  // nothing", "expected an expression").atTheEnd,
    ])
  func missingOperand(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "two operands side by side are reported once",
    arguments: [
      Faulty("a 1️⃣b", "expected an operator between `a` and `b`"),
      Faulty("invalid 1️⃣syntax here", "expected an operator between `invalid` and `syntax`"),
      Faulty("a == 1 1️⃣b == 2", "expected an operator between `1` and `b`"),
      Faulty("f(1)1️⃣(2)", "expected an operator between `)` and `(`"),
      Faulty("(a 1️⃣b) && (c 2️⃣d)", "expected an operator", "expected an operator"),
      Faulty("a 1️⃣$ b", "unexpected character `$`"),
      Faulty("name == prod1️⃣\"", "unterminated string"),
      Faulty("a 1️⃣`x` b", "a name in backquotes can only be selected"),
    ])
  func neighbours(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "a bracket that is missing, too many or wrong is reported at its place",
    arguments: [
      Faulty("(a == 1 && b1️⃣", "expected `)`", fixed: "(a == 1 && b)"),
      Faulty("f(a[11️⃣)", "expected `]`, found `)`", fixed: "f(a[1])"),
      Faulty("(a1️⃣]", "expected `)`, found `]`", fixed: "(a)"),
      Faulty("(a1️⃣])", "unmatched `]`", fixed: "(a)"),
      Faulty("a1️⃣)", "unmatched `)`", fixed: "a"),
      Faulty("a && 1️⃣) b", "unmatched `)`", fixed: "a &&  b"),
      Faulty("a[(1 + 21️⃣] && b", "expected `)`, found `]`", fixed: "a[(1 + 2)] && b"),
      Faulty("a ? [1, 2 1️⃣: 3", "expected `]`, found `:`", fixed: "a ? [1, 2] : 3"),
      Faulty("[(a1️⃣, b]", "expected `)`, found `,`", fixed: "[(a), b]"),
      Faulty("{\"a\": (11️⃣}", "expected `)`", fixed: "{\"a\": (1)}"),
      Faulty("f(g(x) && [1, 21️⃣", "expected `]`", fixed: "f(g(x) && [1, 2])"),
      Faulty("a.b(1️⃣", "expected `)`", fixed: "a.b()"),
    ])
  func brackets(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "lists, maps, messages and calls go on behind what they lack",
    arguments: [
      Faulty("[1 1️⃣2 2️⃣3]", "expected `,`, found `2`", "expected `,`, found `3`", fixed: "[1, 2, 3]"),
      Faulty("[1,1️⃣,2]", "expected an element"),
      Faulty("f(1️⃣,a)", "expected an argument"),
      Faulty("f(a1️⃣,)", "a call has no `,` behind its last argument", fixed: "f(a)"),
      Faulty("f(a1️⃣;b)", "expected `,`, found `;`", fixed: "f(a,b)"),
      Faulty("{a 1️⃣1}", "expected `:`, found `1`", fixed: "{a: 1}"),
      Faulty("{a: 1, b1️⃣}", "expected `:` and a value"),
      Faulty("{a 1️⃣= 1, b: 2}", "expected `:`, found `=`", fixed: "{a : 1, b: 2}"),
      Faulty("M{1️⃣\"a\": 1}", "a field's name stands without quotes", fixed: "M{a: 1}"),
      Faulty("M{1️⃣1: 1, b: 2}", "expected a field name"),
      Faulty("x in 1️⃣(1, 2)", "a list stands in `[…]`", fixed: "x in [1, 2]"),
      Faulty("(a1️⃣, b, c)", "unexpected `,`"),
      Faulty("a[11️⃣:2]", "unexpected `:`"),
      Faulty("a1️⃣; b", "a condition is one expression"),
      Faulty("a1️⃣;", "a condition is one expression", fixed: "a"),
      Faulty("a 1️⃣: b", "unexpected `:`"),
    ])
  func lists(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "what follows a dot and is no field is reported",
    arguments: [
      Faulty("a.1️⃣", "expected a field name after `.`"),
      Faulty("a. 1️⃣== b", "expected a field name after `.`"),
      Faulty("a.1️⃣(b)", "expected a field name after `.`"),
      Faulty("a.1️⃣.b", "expected a field name, found `.`", fixed: "a.b"),
      Faulty("a.1️⃣\"b\"", "a field's name behind `.` stands without quotes", fixed: "a[\"b\"]"),
      Faulty("a1️⃣.[0]", "`[` follows its operand without `.`", fixed: "a[0]"),
      Faulty("a.1️⃣in", "`in` is a keyword", fixed: "a.`in`"),
      Faulty("list1️⃣.0.name", "an index stands in brackets", fixed: "list[0].name"),
      Faulty("a.1️⃣`b`(c)", "a method's name stands without backquotes"),
      Faulty(
        "a1️⃣?.b == c2️⃣?.d", "`?.` is not an operator of CEL: write `.`", "`?.` is not an operator of CEL",
        fixed: "a.b == c.d"),
    ])
  func selections(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "a conditional that lacks a part or its parentheses is reported",
    arguments: [
      Faulty("a ? b1️⃣", "expected `:` and another value"),
      Faulty("(a ? b1️⃣) && c", "expected `:` and another value"),
      Faulty(
        "a ? b 1️⃣? c : d : e", "a conditional between `?` and `:` stands in parentheses", fixed: "a ? (b ? c : d) : e"),
      Faulty("1️⃣if a then b else c", "CEL has no `if`", fixed: "a ? b : c"),
      Faulty("a 1️⃣if b else c", "CEL has no `if`"),
    ])
  func conditionals(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "every independent fault of a condition is found, and no other",
    arguments: [
      Faulty(
        "a 1️⃣= 1 2️⃣& b 3️⃣<> 2 4️⃣AND c == null", "`=`", "`&`", "`<>`", "`AND`",
        fixed: "a == 1 && b != 2 && c == null"),
      Faulty(
        "(a &&1️⃣) || [1,2️⃣,2] == x3️⃣] || for_all.4️⃣in", "expected an operand", "expected an element", "unmatched `]`",
        "`in` is a keyword"),
      Faulty(
        "f(1️⃣'it''s', \"2️⃣\\q\") && 3️⃣9223372036854775808 > x 4️⃣=== y", "a `'` inside", "unknown escape",
        "`9223372036854775808` is beyond", "`===`"),
      Faulty(
        "a. 1️⃣== b ? c : d 2️⃣! = e && 3️⃣été", "expected a field name", "`! =`", "unexpected character U+00E9"),
      Faulty("1️⃣0x > 2️⃣1..2 || 3️⃣12ab", "`0x` needs", "`1..2` is not a number", "`12ab` is not a number"),
    ])
  func several(_ row: Faulty) { expectDiagnostics(row) }

  @Test("a missing closing bracket names the opening one")
  func relatedOpener() {
    let diagnostics = parseExpression("a && (b || c").diagnostics
    #expect(diagnostics.map { $0.related.map(\.span) } == [[SourceSpan(5, 6)]])
  }

  @Test("what could be read of an unreadable expression stays in the tree")
  func parts() {
    let tree = parseExpression("resource.a == 1 resource.b == 2").tree
    #expect(tree[tree.root].kind == .error)
    #expect(tree.list(tree[tree.root].second).map { tree[$0].kind } == [.binary, .binary])
  }
}

extension Faulty {
  /// The row with plain CEL's error for its `and` before the expected one.
  fileprivate var withoutWords: Faulty {
    var row = self
    row.marked = "a 1️⃣and2️⃣"
    row.expected = [Expected("1️⃣", "`and` is not an operator of CEL"), Expected("2️⃣", "expected an operand after `and`")]
    return row
  }

  /// The row with its marker behind the comment, where its text ends.
  fileprivate var atTheEnd: Faulty {
    var row = self
    row.marked = "  // nothing1️⃣"
    return row
  }
}

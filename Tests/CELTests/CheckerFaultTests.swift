import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Faults of types")
struct CheckerFaultTests {
  @Test(
    "a fault is reported at its token, and nowhere else",
    arguments: [
      ("resource.name.1️⃣startWith(\"x\")", ["unknown-function"]),
      ("1️⃣startsWith(resource.name, 'x')", ["unknown-function"]),
      ("resource.x.1️⃣int() == 1", ["unknown-function"]),
      ("1️⃣math.greatst(1, 2) > 1", ["unknown-function"]),
      ("1️⃣all([1], true)", ["unknown-function"]),
      ("(resource.a) // why\n  . 1️⃣lowercase() == 'a'", ["unknown-function"]),
      ("resource.name.1️⃣size(1, 2) > 1", ["wrong-argument-count"]),
      ("1️⃣int(resource.x, 1) == 1", ["wrong-argument-count"]),
      ("math.1️⃣abs() == 1", ["wrong-argument-count"]),
      ("('tags: ') 1️⃣+ (size(resource.tags)) == 'x'", ["no-matching-overload"]),
      ("1 1️⃣+ 1.0 == 2", ["no-matching-overload"]),
      ("7.0 1️⃣% 2.0 == 1.0", ["no-matching-overload"]),
      ("'a' 1️⃣in 'abc'", ["no-matching-overload"]),
      ("not 'a' 1️⃣in 'abc'", ["no-matching-overload"]),
      ("resource.tags.contains(1️⃣1)", ["no-matching-overload"]),
      ("1️⃣{'a': 1}.contains('a')", ["no-matching-overload"]),
      ("1️⃣[1].contains(1)", ["no-matching-overload"]),
      ("math.greatest(1️⃣'a', 2) > 1", ["no-matching-overload"]),
      ("math.greatest(1, 2, 1️⃣'a') > 1", ["no-matching-overload"]),
      ("now 1️⃣< '2024-01-01T00:00:00Z'", ["no-matching-overload"]),
      ("now - timestamp(0) 1️⃣> 90", ["no-matching-overload"]),
      ("[1] 1️⃣< resource.a", ["no-matching-overload"]),
      ("resource.a && 1️⃣'a'", ["no-matching-overload"]),
      ("1️⃣1 || 2️⃣2", ["no-matching-overload", "no-matching-overload"]),
      ("!1️⃣5", ["no-matching-overload"]),
      ("1️⃣-('a') == 1", ["no-matching-overload"]),
      ("1️⃣'a' ? true : false", ["no-matching-overload"]),
      ("true ? true : 1️⃣'a'", ["no-matching-overload"]),
      ("[1].all(x, 1️⃣x)", ["no-matching-overload"]),
      ("[1].filter(x, 1️⃣x + 1) != []", ["no-matching-overload"]),
      ("1️⃣'abc'.exists(c, c == 1)", ["no-matching-overload"]),
      ("now.1️⃣year > 2020", ["no-matching-overload"]),
      ("1️⃣'abc'[0] == 'a'", ["no-matching-overload"]),
      ("[1][1️⃣'a'] == 1", ["no-matching-overload"]),
      ("{'a': 1}[1️⃣2] == 1", ["no-matching-overload"]),
      ("size(1️⃣'abc'.sortBy(x, x)) > 1", ["no-matching-overload"]),
      ("size(1️⃣{'a': 1}.sortBy(x, x)) > 1", ["no-matching-overload"]),
      ("[1].sortBy(x, x 1️⃣+ 'a') == []", ["no-matching-overload"]),
      ("1️⃣1.optMap(x, x).hasValue()", ["no-matching-overload"]),
      ("{1: 2}.transformMapEntry(k, v, 1️⃣k) == {}", ["no-matching-overload"]),
      ("[?1️⃣1] == [1]", ["no-matching-overload"]),
      ("optional.of(1).orValue(1️⃣'a') == 1", ["no-matching-overload"]),
      ("isIP(1️⃣cidr('10.0.0.0/8'))", ["no-matching-overload"]),
      ("size(resource.tags) 1️⃣== \"3\"", ["incomparable-types"]),
      ("(size(resource.tags)) // all\n1️⃣!= null", ["incomparable-types"]),
      ("'a' 1️⃣in [1, 2]", ["incomparable-types"]),
      ("1 1️⃣in {'a': 1}", ["incomparable-types"]),
      ("now 1️⃣== '2024-01-01T00:00:00Z'", ["incomparable-types"]),
      ("[1] 1️⃣== ['a']", ["incomparable-types"]),
      ("true 1️⃣== 'true'", ["incomparable-types"]),
      ("1️⃣size(resource.tags)", ["condition-not-boolean"]),
      ("1️⃣'a'", ["condition-not-boolean"]),
      ("1️⃣[true]", ["condition-not-boolean"]),
      ("1️⃣null", ["condition-not-boolean"]),
      ("1️⃣resource.a ? 1 : 2", ["condition-not-boolean"]),
    ])
  func place(marked: String, codes: [String]) {
    let markers = ["1️⃣", "2️⃣", "3️⃣"]
    expectFaults(marked, zip(markers, codes).map { (marker: $0, code: $1) })
  }

  @Test("each of several faults is reported, and none that follows from another")
  func independentFaults() {
    expectFaults(
      "(1 1️⃣+ 'a') * 2 == 5 && size(2️⃣1) > 'b'.3️⃣len() && true 4️⃣== 'true' && [resource.a].all(x, 5️⃣foo(x) + 1 > 2)",
      [
        ("1️⃣", "no-matching-overload"), ("2️⃣", "no-matching-overload"), ("3️⃣", "unknown-function"),
        ("4️⃣", "incomparable-types"), ("5️⃣", "unknown-function"),
      ])
  }

  @Test("beside a syntax error the other operands are checked all the same")
  func besideSyntaxError() {
    let source = MarkedSource("resource.a > && size(1️⃣1) == 1 && 2️⃣foo(3) && (1 + ) == 2")
    let result = checked(source.text, expectsBool: true)
    #expect(!result.syntaxErrors.isEmpty)
    #expect(
      result.diagnostics.map { "\($0.code) at \($0.span.start)" } == [
        "no-matching-overload at \(source.offset("1️⃣"))", "unknown-function at \(source.offset("2️⃣"))",
      ])
  }

  @Test(
    "a syntax error, an unknown function and a type error in separate operands are all reported, in any order",
    arguments: [
      [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
    ])
  func independentKinds(order: [Int]) {
    let wrong = ["resource.a > ", "foo(resource.b)", "1 + 'a' == 2"]
    let codes = ["invalid-condition-syntax", "unknown-function", "no-matching-overload"]
    for form in [
      "% && % && %", "% || (% && %)", "[%, %, %].all(x, x)", "resource.c ? % : resource.d ? % : %", "(%) && (%) && (%)",
    ] {
      var parts = order.makeIterator()
      let text = form.split(separator: "%", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset == 0 ? "\($0.element)" : (parts.next().map { wrong[$0] } ?? "") + $0.element }.joined()
      let result = checked(text, expectsBool: true)
      let found = Set((result.syntaxErrors + result.diagnostics).map(\.code))
      #expect(found == Set(codes), "\(text): \((result.syntaxErrors + result.diagnostics).map(\.message))")
    }
  }

  @Test(
    "what a missing bracket or quote makes of the rest is not judged",
    arguments: [
      "size(resource.tags < 3", "size(\"abc) > 3", "resource.name.startsWith(\"a, 1)", "1 + \"a > 3",
      "[1][resource.a == 2",
    ])
  func behindSyntaxError(text: String) {
    let result = checked(text, expectsBool: true)
    #expect(!result.syntaxErrors.isEmpty)
    #expect(result.diagnostics.map(\.message) == [])
  }

  @Test(
    "what may be right on some input is not reported",
    arguments: [
      "resource.a == null", "resource.a.b != true", "now == null || resource.created < now", "1 == 1.0", "1u in [1, 2]",
      "{1: 'a'}[1u] == 'a'", "[1, 2][0u] == 1", "[1] == [1.0]", "resource.a in resource.b", "undeclared.f(1) && nobody",
      "undeclared + 1 == 'a'", "(resource.a + [1]).exists(t, t == 'a')", "cel.bind(x, [], x == ['a'] || x == [1])",
      "resource.?a.orValue(1) == 'a'", "resource.a.exists(a, a.b == 1) && resource.m.all(k, v, k == 'a' && v > 1)",
      "math.abs(resource.x) > 2", "type(resource.a) == string", "{'a': resource.x}.a == null", "[1, 'a'][0] == 'a'",
      "has(resource.a) ? resource.a : null", "{'a': 1, 'b': 'c'}[resource.k] == 'c'", "resource.a.b.c(1) || true",
      "dyn(1) == 'a'", "resource.f == 1 && resource.f == 'a'", "x.y.z.w()", "optional.none() == optional.of(1)",
      "[].all(x, x > 1 && x == 'a')", "{}.a == 1", "[1, 2, 3].map(x, [x]).filter(l, l == []) == []",
      "google.protobuf.Int32Value{} == null", "cidr(resource.c).containsIP(resource.ip)",
    ])
  func noFalseAlarm(text: String) {
    // Undeclared names and methods of a dynamic value's own are other checks' to judge, but for unknown methods.
    let result = checked(text, expectsBool: true)
    #expect(result.syntaxErrors.map(\.message) == [])
    #expect(result.diagnostics.filter { $0.code != "unknown-function" }.map(\.message) == [])
  }

  @Test(
    "a message says the types and what was probably meant",
    arguments: [
      ("resource.name.startWith('x')", "unknown method `startWith`; did you mean `startsWith`?", nil),
      (
        "startsWith(resource.name, 'x')", "unknown function `startsWith`",
        "`startsWith` is a method: `string.startsWith(string) -> bool`"
      ),
      ("math.greatst(1) > 1", "unknown function `math.greatst`; did you mean `math.greatest`?", nil),
      (
        "resource.name.startsWith('a', 1)", "`startsWith` cannot take 2 arguments",
        "it is declared as `string.startsWith(string) -> bool`"
      ),
      ("1.optMap(x, x).hasValue()", "`optMap` is called on `optional(A)`, and this is `int`", nil),
      ("'a'.sortBy(x, x) == []", "`sortBy` is called on `list(A)`, and this is `string`", nil),
      (
        "[1].transformMapEntry(i, v, v) == {}",
        "`transformMapEntry` takes an entry such as `{key: value}` here, and this is `int`", nil
      ),
      ("'a' + 1 == ''", "`+` cannot take `string` and `int`", "`string(…)` converts the `int`"),
      ("1 + 1.0 > 1.0", "`+` cannot take `int` and `double`", "`double(…)` converts the `int`"),
      (
        "{'a': 1}.contains('a')", "`contains` is a method of `string`, and this is `map(string, int)`",
        "`key in map` asks whether a map has a key"
      ),
      (
        "[1].contains(1)", "`contains` is a method of `string`, and this is `list(int)`",
        "`element in list` asks whether a list has an element"
      ),
      (
        "'a' in 'abc'", "`in` needs a list or a map, and this is `string`",
        "`text.contains(part)` looks for a part of a string"
      ),
      (
        "now < 'x'", "`<` cannot take `timestamp` and `string`", "write `timestamp(…)` around the `string`"
      ),
      (
        "true == 'true'", "`bool` and `string` are never equal", "`true` and `false` are written without quotes"
      ),
      (
        "1 in ['1']", "`int` is never in `list(string)`",
        "numbers are written without quotes; `int(…)` and `double(…)` convert a string"
      ),
      ("size([1])", "condition must be `bool`, and this one is `int`", "compare it: `… > 0`"),
      ("[1].all(x, x)", "the condition of `all` must be `bool`, and is `int`", "compare it: `… > 0`"),
    ] as [(String, String, String?)])
  func wording(text: String, message: String, help: String?) {
    let found = checked(text, expectsBool: true).diagnostics
    #expect(found.map(\.message) == [message])
    #expect(found.first?.help == help)
  }
}

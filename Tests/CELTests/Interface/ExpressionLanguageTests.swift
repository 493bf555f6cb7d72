import CEL
import MarkedSource
import Testing

struct ExpressionLanguageTests {
  private static let language = {
    var language = ExpressionLanguage()
    try? language.declare(variable: "x", type: .int)
    try? language.declare(variable: "user", type: "map(string, dyn)")
    try? language.declare(variable: "acme.limit", type: .int)
    try? language.declare(constant: "acme.Color.RED", 3)
    try? language.declare(RecordType("acme.Team", [.init("name", .string, default: "nobody"), .init("lead", .dyn)]))
    return language
  }()

  @Test(
    "an expression has a type and a value",
    arguments: [
      ("x + 1", CELType.int, CELValue.int(8)), ("user.name", .dyn, "Ann"), ("[x, 2]", .list(.int), [7, 2]),
      ("acme.limit * 2", .int, 20), ("{'a': 1u}", .map(.string, .uint), ["a": .uint(1)]),
      ("acme.Color.RED", .int, 3), ("acme.Team{lead: 'Bo'}.name", .string, "nobody"),
      ("type(acme.Team{}) == acme.Team", .bool, true), ("optional.of(x)", .optional(.int), .optional(7)),
      ("'a' + 'b' == 'ab'", .bool, true), ("type(1)", .type(.int), .type("int")),
    ] as [(String, CELType, CELValue)])
  func values(text: String, type: CELType, value: CELValue) throws {
    let expression = try Self.language.compile(text)
    #expect(expression.type == type)
    #expect(expression.text == text)
    #expect(try expression.evaluate(["x": 7, "user": ["name": "Ann"], "acme.limit": 10]) == value)
  }

  @Test("everything that is wrong is reported, with its place")
  func compilationErrors() {
    let source = MarkedSource("1️⃣usr.name + 1 == 22️⃣ && size(3️⃣3) > 0 && x 4️⃣+ 'a' == 1 && (5️⃣")
    let error = #expect(throws: CompilationError.self) { try Self.language.compile(source.text) }
    let found = error?.diagnostics ?? []
    #expect(found.contains { $0.code == "undeclared-reference" && $0.span.start == source.offset("1️⃣") })
    #expect(found.contains { $0.code == "no-matching-overload" })
    #expect(found.contains { $0.code == "invalid-condition-syntax" })
    #expect(found.allSatisfy { $0.span.end <= source.text.utf8.count })
    #expect(error?.text == source.text)
    #expect(error?.description.split(separator: "\n").count == found.count)
  }

  @Test("an unchecked expression needs only be readable")
  func unchecked() throws {
    let expression = try Self.language.compile("nothing || x == 7", isChecked: false)
    #expect(expression.type == .dyn)
    #expect(try expression.evaluate(["x": 7]) == true)
    #expect(throws: EvaluationError.self) { try expression.evaluate(["x": 8]) }
    #expect(throws: CompilationError.self) { try Self.language.compile("1 +", isChecked: false) }
  }

  @Test("a condition must be a bool where that is asked")
  func conditions() throws {
    #expect(throws: CompilationError.self) { try Self.language.compile("x + 1", expectsBool: true) }
    #expect(try Self.language.compile("x > 1", expectsBool: true).evaluate(["x": 2]).boolValue == true)
  }

  @Test("word operators are operators where the language has them")
  func wordOperators() throws {
    var language = Self.language
    #expect(throws: CompilationError.self) { try language.compile("not true or x == 1") }
    language.hasWordOperators = true
    #expect(try language.compile("not true or x == 1").evaluate(["x": 1]) == true)
  }

  @Test("absent members read as null where the language says so")
  func absent() throws {
    var language = Self.language
    #expect(throws: EvaluationError.self) { try language.compile("user.a.b == null").evaluate(["user": [:]]) }
    language.readsAbsentAsNull = true
    #expect(try language.compile("user.a.b == null && user['c'] == null").evaluate(["user": [:]]) == true)
    #expect(try language.compile("user.list[0].k == null").evaluate(["user": ["list": [[:]]]]) == true)
    #expect(throws: EvaluationError.self) { try language.compile("dyn({'a': 1})['b'] == null").evaluate(["user": [:]]) }
  }

  @Test(
    "what always fails is an error of the compilation where the language says so",
    arguments: [("1 / 0 > x", "constant-error"), ("'a'.matches('(')", "invalid-regex")])
  func constantErrors(text: String, code: String) throws {
    var language = Self.language
    let expression = try language.compile(text)
    #expect(throws: EvaluationError.self) { try expression.evaluate(["x": 1]) }
    language.rejectsConstantErrors = true
    let error = #expect(throws: CompilationError.self) { try language.compile(text) }
    #expect(error?.diagnostics.map(\.code) == [code])
  }

  @Test("names are looked up in the container first")
  func container() throws {
    var language = Self.language
    language.container = "acme"
    #expect(try language.compile("limit + Color.RED").evaluate(["acme.limit": 4]) == 7)
    #expect(try language.compile("Team{name: 'a'}.name").evaluate() == "a")
  }

  @Test(
    "an evaluation's error has its kind, its words and its place",
    arguments: [
      ("1 + 1️⃣x / 02️⃣", EvaluationError.Kind.divisionByZero, "division by zero"),
      ("1️⃣user.nobody2️⃣ == 1", .noSuchKey, "no such key: `nobody`"),
      ("1️⃣9223372036854775807 + x2️⃣", .overflow, "integer overflow"),
    ])
  func errors(marked: String, kind: EvaluationError.Kind, words: String) throws {
    let source = MarkedSource(marked)
    let expression = try Self.language.compile(source.text)
    let error = #expect(throws: EvaluationError.self) { try expression.evaluate(["x": 1, "user": [:]]) }
    #expect(error?.kind == kind)
    #expect(error?.description == words)
    #expect(error?.range == source.offset("1️⃣")..<source.offset("2️⃣"))
  }

  @Test(
    "values of variables must be declared and of their types",
    arguments: [
      (["y": 1], "no variable `y` is declared; did you mean `x`?"),
      (["x": "1"], "`x` is declared as `int`, and its value is `string`"),
      (["user": [1: 2]], "`user` is declared as `map(string, dyn)`, and its value is `map(dyn, dyn)`"),
      (["user": ["a": 1, "a": 2]], "`user`: the key is there already"),
    ] as [([String: CELValue], String)])
  func badValues(values: [String: CELValue], words: String) throws {
    let expression = try Self.language.compile("1")
    #expect(throws: EvaluationError.self) { try expression.evaluate(values) }
    do { _ = try expression.evaluate(values) } catch { #expect(error.description == words) }
  }

  @Test("a variable without a value is an error only where it is used")
  func missingValue() throws {
    let expression = try Self.language.compile("true || x == 1")
    #expect(try expression.evaluate() == true)
    let error = #expect(throws: EvaluationError.self) { try Self.language.compile("x == 1").evaluate() }
    #expect(error?.kind == .unboundVariable)
  }

  @Test("a budget that is used up ends the evaluation")
  func budget() throws {
    let expression = try Self.language.compile("[1, 2, 3, 4].map(a, [1, 2, 3, 4].map(b, a * b)).size()")
    #expect(try expression.evaluate() == 4)
    let error = #expect(throws: EvaluationError.self) {
      try expression.evaluate(budget: EvaluationBudget(iterations: 10))
    }
    #expect(error?.kind == .limit)
  }

  @Test("a value that shares its parts many times over is an error, not a hang")
  func sharedParts() throws {
    var text = "v40"
    for level in (1...40).reversed() { text = "cel.bind(v\(level), [v\(level - 1), v\(level - 1)], \(text))" }
    let expression = try Self.language.compile("cel.bind(v0, [1, 1], \(text))")
    let error = #expect(throws: EvaluationError.self) {
      try expression.evaluate(budget: EvaluationBudget(bytes: 1 << 20))
    }
    #expect(error?.kind == .limit)
  }

  @Test("one evaluator serves many expressions, and values are converted once")
  func evaluator() throws {
    let evaluator = ExpressionEvaluator()
    let values = try Self.language.values(["x": 7, "user": ["name": "Ann"]])
    for (text, value) in [("x * 2", 14), ("user.name + '!'", "Ann!"), ("x", 7)] as [(String, CELValue)] {
      #expect(try evaluator.evaluate(Self.language.compile(text), values) == value)
    }
    #expect(try evaluator.evaluate(Self.language.compile("x"), ["x": 1]) == 1)
  }

  @Test("values serve a language with more variables, and not one with others")
  func foreignValues() throws {
    let values = try Self.language.values(["x": 7])
    var larger = Self.language
    try larger.declare(variable: "z")
    #expect(try ExpressionEvaluator().evaluate(larger.compile("x"), values) == 7)
    var other = ExpressionLanguage()
    try other.declare(variable: "y")
    #expect(throws: EvaluationError.self) { try ExpressionEvaluator().evaluate(other.compile("y"), values) }
  }

  @Test("what is declared later changes nothing that is compiled already")
  func laterDeclarations() throws {
    var language = ExpressionLanguage()
    try language.declare(variable: "a")
    let copy = language
    let early = try language.compile("a")
    try language.declare(variable: "b")
    #expect(try language.compile("a + b").evaluate(["a": 1, "b": 2]) == 3)
    #expect(try early.evaluate(["a": 1]) == 1)
    #expect(throws: CompilationError.self) { try copy.compile("b") }
  }

  @Test("warnings are given beside the expression")
  func warnings() throws {
    let loops = "lists.range(5000).all(a, lists.range(5000).all(b, a * b >= 0))"
    #expect(try Self.language.compile(loops).warnings.map(\.code) == ["condition-too-costly"])
    #expect(try Self.language.compile("x + 1").warnings.isEmpty)
  }

  @Test("eight threads evaluate one expression")
  func threads() async throws {
    var extended = Self.language
    try extended.declare(function: "method string.shout() -> string") { (text: String) in text.uppercased() }
    let language = extended
    let expression = try language.compile(
      "[x, 2, 3].map(n, string(n * x)).join('-').matches('^[0-9-]+$') && user.name.shout() == 'ANN' && x > 0 "
        + "&& timestamp('2026-01-31T00:00:00Z').getHours('+01:00') == 1")
    let shared = try language.values(["x": 1, "user": ["name": "Ann"]])
    let count = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<8 {
        group.addTask {
          let evaluator = ExpressionEvaluator()
          var count = 0
          for round in 1...200 {
            let own: [String: CELValue] = ["x": .int(Int64(worker * 1000 + round)), "user": ["name": "ann"]]
            if (try? expression.evaluate(own)) == true { count += 1 }
            if (try? evaluator.evaluate(expression, shared)) == true { count += 1 }
            if round % 50 == 0, (try? language.compile("x + \(round)").evaluate(own)) != nil { count += 1 }
          }
          return count
        }
      }
      return await group.reduce(0, +)
    }
    #expect(count == 8 * 404)
  }
}

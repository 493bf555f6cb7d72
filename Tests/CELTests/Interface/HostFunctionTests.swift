import CEL
import Synchronization
import Testing

struct HostFunctionTests {
  /// A type of a program's own.
  private struct Point: OpaqueValue, Equatable {
    var x: Double
    var y: Double

    var typeName: String { "acme.Point" }
  }

  private struct Refusal: Error, CustomStringConvertible {
    var description: String { "the register is closed" }
  }

  private static func language() throws -> ExpressionLanguage {
    var language = ExpressionLanguage()
    try language.declare(variable: "x")
    try language.declare(opaqueType: "acme.Point")
    try language.declare(RecordType("acme.User", fields: ["name": .string]))
    try language.declare(function: "function point(double, double) -> acme.Point") { (x: Double, y: Double) in
      Point(x: x, y: y)
    }
    try language.declare(function: "method acme.Point.x() -> double") { (point: Point) in point.x }
    try language.declare(function: "method acme.Point.plus(acme.Point) -> acme.Point") { (left: Point, right: Point) in
      Point(x: left.x + right.x, y: left.y + right.y)
    }
    try language.declare(function: "method string.shout() -> string") { (text: String) in text.uppercased() }
    try language.declare(function: "method string.shout(int) -> string") { (text: String, count: Int) in
      text.uppercased() + String(repeating: "!", count: count)
    }
    try language.declare(function: "function total(list(int)) -> int") { (numbers: [Int64]) in numbers.reduce(0, &+) }
    try language.declare(function: "function first(list(A)) -> optional(A)") { arguments in
      .optional(arguments[0].listValue?.first)
    }
    try language.declare(function: "function user(string) -> acme.User") { arguments in
      .record("acme.User", fields: ["name": arguments[0]])
    }
    try language.declare(function: "function lookUp(string) -> string") { (name: String) -> String in throw Refusal() }
    try language.declare(function: "function liar(int) -> string") { _ in 1 }
    try language.declare(function: "function both(string, timestamp, duration, uint, bool) -> string") {
      (text: String, time: Timestamp, length: CEL.Duration, number: UInt64, flag: Bool) in
      "\(text) \(time) \(length) \(number) \(flag)"
    }
    try language.declare(function: "function or(optional(int), int) -> int") { (value: Int64?, other: Int64) in
      value ?? other
    }
    return language
  }

  @Test(
    "a function of the program's own has checked types and gives its value",
    arguments: [
      ("'ann'.shout()", CELType.string, CELValue.string("ANN")), ("'ann'.shout(2)", .string, "ANN!!"),
      ("x.shout()", .string, "X"), ("total([1, 2, 3])", .int, 6), ("first(['a']).value()", .string, "a"),
      ("first([]).hasValue()", .bool, false), ("user('Ann').name", .string, "Ann"),
      ("user('Ann') == acme.User{name: 'Ann'}", .bool, true), ("point(1.0, 2.0).x()", .double, 1.0),
      ("point(1.0, 2.0) == point(1.0, 2.0)", .bool, true), ("point(1.0, 2.0) == point(1.0, 3.0)", .bool, false),
      ("point(1.0, 2.0).plus(point(3.0, 0.0)).x()", .double, 4.0),
      ("type(point(1.0, 2.0)) == acme.Point", .bool, true),
      ("both('a', timestamp(0), duration('1s'), 2u, true)", .string, "a 1970-01-01T00:00:00Z 1s 2 true"),
      ("or(optional.none(), 3) + or(optional.of(1), 3)", .int, 4),
      ("['a', 'b'].map(t, t.shout())", .list(.string), ["A", "B"]),
    ] as [(String, CELType, CELValue)])
  func calls(text: String, type: CELType, value: CELValue) throws {
    let expression = try Self.language().compile(text)
    #expect(expression.type == type)
    #expect(try expression.evaluate(["x": "x"]) == value)
  }

  @Test(
    "a call that does not fit the signature is an error of the expression",
    arguments: ["1.shout()", "'a'.shout('b')", "total(['a'])", "point(1, 2)", "point(1.0, 2.0).y()", "shout('a')"])
  func badCalls(text: String) throws {
    let language = try Self.language()
    #expect(throws: CompilationError.self) { try language.compile(text) }
  }

  @Test(
    "what is wrong in a call is the evaluation's error",
    arguments: [
      ("x.shout()", "no such overload"),
      ("total(['a', x])", "no such overload: `total(list(int)) -> int` does not take `list(dyn)` for `list(int)`"),
      ("lookUp('a')", "the register is closed"), ("liar(1)", "`liar(int) -> string` gave a value of type `int`"),
    ])
  func errors(text: String, words: String) throws {
    let expression = try Self.language().compile(text, isChecked: false)
    let error = #expect(throws: EvaluationError.self) { try expression.evaluate(["x": 1]) }
    #expect(error?.description == words)
    #expect(error?.range != nil)
  }

  @Test("an error in an expression that a function evaluates has the place of the call")
  func nestedExpressions() throws {
    var language = ExpressionLanguage()
    try language.declare(variable: "x", type: .int)
    let inner = try language.compile("1 + 2 + 3 + 10 / x")
    try language.declare(function: "function rule(int) -> int") { arguments in try inner.evaluate(["x": arguments[0]]) }
    #expect(try language.compile("rule(5)").evaluate() == 8)
    let error = #expect(throws: EvaluationError.self) { try language.compile("1 + rule(x)").evaluate(["x": 0]) }
    #expect(error?.kind == .divisionByZero)
    #expect(error?.range == 4..<11)
  }

  @Test("an error of a function is absorbed as any other")
  func absorption() throws {
    #expect(try Self.language().compile("lookUp('a') == 'b' || true").evaluate() == true)
  }

  @Test("a function is called once for each evaluation, and a pure one once in all where its arguments are constants")
  func purity() throws {
    let (calls, pureCalls) = (Counter(), Counter())
    var language = ExpressionLanguage()
    try language.declare(function: "function roll() -> int") { _ in .int(calls.next()) }
    try language.declare(function: "function answer(int) -> int", isPure: true) { _ in .int(pureCalls.next()) }
    let expression = try language.compile("[roll(), answer(1)]")
    #expect(try expression.evaluate() == [1, 1])
    #expect(try expression.evaluate() == [2, 1])
  }

  private final class Counter: Sendable {
    private let count = Mutex<Int64>(0)

    func next() -> Int64 {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  @Test("arguments that are handed over are paid for")
  func budget() throws {
    let language = try Self.language()
    let expression = try language.compile("x.all(i, total(x) > 0)")
    let values: [String: CELValue] = ["x": .list((1...10_000).map { .int($0) })]
    let error = #expect(throws: EvaluationError.self) {
      try expression.evaluate(values, budget: EvaluationBudget(steps: 1_000_000))
    }
    #expect(error?.kind == .limit)
  }
}

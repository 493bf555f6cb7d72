import CEL
import MarkedSource
import Testing

struct LanguageExampleTests {
  @Test("the README's example runs as it stands there")
  func example() throws {
    var printed: [String] = []
    func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }
    // README
    var language = ExpressionLanguage()  // CEL with all of its libraries
    try language.declare(RecordType("acme.User", fields: ["name": .string, "age": .int]))
    try language.declare(variable: "user", type: "acme.User")
    try language.declare(variable: "limits", type: "map(string, int)")
    try language.declare(function: "method string.shout() -> string") { (text: String) in text.uppercased() }

    let expression = try language.compile("user.name.shout() == 'ANN' && user.age >= limits.age")
    print(expression.type)  // bool

    let value = try expression.evaluate([
      "user": .record("acme.User", fields: ["name": "Ann", "age": 41]),
      "limits": ["age": 18],
    ])
    print(value)  // true

    do {
      _ = try language.compile("user.nam.shout() || limits.age > '18'")
    } catch {
      for diagnostic in error.diagnostics {  // all that is wrong, in the order of the text
        print(diagnostic.code, diagnostic.span.range, diagnostic.message)
      }
    }
    // README end
    #expect(Array(printed.prefix(2)) == ["bool", "true"])
    #expect(
      printed.dropFirst(2).map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        == ["no-matching-overload 0..<16", "no-matching-overload 5..<8", "no-matching-overload 31..<32"])
  }

  @Test("the library's page runs as it stands there")
  func page() throws {
    var printed: [String] = []
    func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }
    // README
    struct Point: OpaqueValue, Equatable {
      var x, y: Double
      var typeName: String { "acme.Point" }
    }

    var language = ExpressionLanguage()
    try language.declare(opaqueType: "acme.Point")
    try language.declare(function: "function point(double, double) -> acme.Point") { Point(x: $0, y: $1) }
    try language.declare(function: "method acme.Point.distance(acme.Point) -> double") { (from: Point, to: Point) in
      let (x, y) = (to.x - from.x, to.y - from.y)
      return (x * x + y * y).squareRoot()
    }
    try language.declare(function: "function area(string) -> list(double)") { (name: String) in
      guard name == "harbour" else { throw EvaluationError(message: "no area `\(name)`") }
      return [0.0, 10.0]
    }
    try language.declare(variable: "ship", type: "acme.Point")
    try language.declare(constant: "acme.Limits.NEAR", 5.0)

    let near = try language.compile("ship.distance(point(0.0, 0.0)) < acme.Limits.NEAR", expectsBool: true)
    let far = try language.compile("ship.distance(point(area('harbour')[1], 0.0))")

    let evaluator = ExpressionEvaluator(budget: EvaluationBudget(iterations: 10_000))
    let values = try language.values(["ship": .opaque(Point(x: 3, y: 4))])
    print(try evaluator.evaluate(near, values), try evaluator.evaluate(far, values))

    do {
      _ = try language.compile("1 + size(area('port'))").evaluate()
    } catch let error as EvaluationError {
      print(error.kind, error.range ?? 0..<0, error)
    }
    // README end
    #expect(printed == ["false 8.06225774829855", "invalidArgument 9..<21 no area `port`"])
  }

  @Test(
    "the user's page for the library shows code that is compiled here",
    arguments: ["README.md", "Sources/CEL/CEL.docc/CEL.md"])
  func code(page: String) throws {
    let text = try #require(Self.text(page))
    let here = try #require(Self.text("Tests/CELTests/Interface/LanguageExampleTests.swift"))
    let examples = Self.parts(of: here, from: "    // README\n", to: "    // README end\n")
      .map {
        $0.split(separator: "\n", omittingEmptySubsequences: false).map { String($0.dropFirst(4)) }.joined(
          separator: "\n")
      }
    let shown = Self.parts(of: text, from: "```swift\nimport CEL\n\n", to: "```\n")
    #expect(!shown.isEmpty)
    for code in shown { #expect(examples.contains(code), "\(page):\n\(code)") }
  }

  /// A file of the project.
  private static func text(_ path: String) -> String? {
    var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    components.removeLast(4)
    return SharedData.fileBytes(components.joined(separator: "/") + "/" + path).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// What stands between two lines, wherever they stand.
  private static func parts(of text: String, from start: String, to end: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while let opening = rest.firstRange(of: start) {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: end) else { break }
      parts.append(String(rest[..<closing.lowerBound]))
      rest = rest[closing.upperBound...]
    }
    return parts
  }
}

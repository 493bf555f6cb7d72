import MarkedSource
import Testing

@testable import CEL

struct LanguageGuideTests {
  /// An expression of the guide, and what it says of it.
  struct Example: Sendable, CustomStringConvertible {
    enum Outcome: Sendable {
      case value(String)
      case error(String)
      /// The code of a diagnostic.
      case rejection(String)
    }

    let line: Int
    let expression: String
    let outcome: Outcome

    var description: String { "line \(line): \(expression)" }
  }

  private static let page: String? = {
    var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    components.removeLast(3)
    return SharedData.fileBytes(components.joined(separator: "/") + "/grammar/README.md").map {
      String(decoding: $0, as: UTF8.self)
    }
  }()

  /// The language of policies.
  private static let language: ExpressionLanguage = {
    var language = ExpressionLanguage()
    language.hasWordOperators = true
    language.readsAbsentAsNull = true
    language.rejectsConstantErrors = true
    try? language.declare(variable: "resource")
    try? language.declare(variable: "now", type: .timestamp)
    return language
  }()

  private static let values: VariableValues? = {
    guard let text = page?.split(separator: "```cel\n").dropFirst().first?.split(separator: "```").first,
      let resource = try? ExpressionLanguage().compile(String(text)).evaluate(),
      let now = Timestamp("2026-01-31T12:00:00Z")
    else { return nil }
    return try? language.values(["resource": resource, "now": .timestamp(now)])
  }()

  /// A piece of code in backticks, of which there may be several around it.
  private struct CodeSpan {
    let text: String
    let range: Range<String.Index>
  }

  private static func codeSpans(_ line: String) -> [CodeSpan] {
    var spans: [CodeSpan] = []
    var rest = line[...]
    while let start = rest.firstIndex(of: "`") {
      let opening = rest[start...].prefix { $0 == "`" }
      guard let closing = rest[opening.endIndex...].firstRange(of: String(opening)) else { break }
      let text = rest[opening.endIndex..<closing.lowerBound].replacing("\\|", with: "|")
      let isPadded = opening.count > 1 && text.hasPrefix(" ") && text.hasSuffix(" ")
      spans.append(
        CodeSpan(
          text: isPadded ? String(text.dropFirst().dropLast()) : String(text), range: start..<closing.upperBound))
      rest = rest[closing.upperBound...]
    }
    return spans
  }

  private static let lines = (page ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

  /// All examples, which may go on over the end of a line.
  private static let examples: [Example] = {
    var examples: [Example] = []
    for (index, line) in lines.enumerated() {
      var text = line
      if text.hasSuffix("→"), index + 1 < lines.count { text += " " + lines[index + 1] }
      let spans = codeSpans(text)
      for (span, next) in zip(spans, spans.dropFirst()) {
        let outcome: Example.Outcome
        switch text[span.range.upperBound..<next.range.lowerBound] {
        case " → ": outcome = .value(next.text)
        case " → error ": outcome = .error(next.text)
        case " → rejected ": outcome = .rejection(next.text)
        default: continue
        }
        examples.append(Example(line: index + 1, expression: span.text, outcome: outcome))
      }
    }
    return examples
  }()

  @Test("each example gives what the guide says", arguments: examples)
  func example(_ example: Example) throws {
    // A machine without time zone data knows no names of zones.
    if TimeZoneDatabase.system.isEmpty, example.expression.contains("Europe/") { return }
    let values = try #require(Self.values)
    let evaluator = ExpressionEvaluator()
    switch example.outcome {
    case .value(let text):
      let value = try evaluator.evaluate(Self.language.compile(example.expression), values)
      let expected = try Self.language.compile(text).evaluate()
      #expect(value.description == expected.description)
      #expect(value.type == expected.type)
    case .error(let message):
      let expression = try Self.language.compile(example.expression)
      let error = #expect(throws: EvaluationError.self) { try evaluator.evaluate(expression, values) }
      #expect(error?.description == message)
    case .rejection(let code):
      let error = #expect(throws: CompilationError.self) { try Self.language.compile(example.expression) }
      #expect(error?.diagnostics.map(\.code) == [code])
    }
  }

  @Test("the guide has examples for everything it lists")
  func exampleCount() { #expect(Self.examples.count > 150) }

  /// The signatures in the first cells of the tables of functions.
  private static let listed: [String] = {
    var listed: [String] = []
    var isTable = false
    for line in lines {
      if line.hasPrefix("| function |") { isTable = true } else if !line.hasPrefix("|") { isTable = false }
      guard isTable else { continue }
      listed += codeSpans(line).map(\.text).filter { $0.contains(" -> ") }
    }
    return listed
  }()

  /// What conditions cannot or need not write: what macros expand to.
  private static let declared = StandardDeclarations.library.map(\.overload)
    .filter { !$0.name.contains("@") && $0.name != "cel.block" }.map(\.description)

  @Test("the guide lists every function, and none that is not there")
  func functions() {
    #expect(Set(Self.declared).subtracting(Self.listed).sorted() == [])
    #expect(Set(Self.listed).subtracting(Self.declared).sorted() == [])
    #expect(Self.listed.count == Set(Self.listed).count)
  }

  @Test("the guide names every macro that conditions write")
  func macros() {
    let names = [
      "has", "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap",
      "transformMapEntry", "sortBy", "optMap", "optFlatMap", "cel.bind",
    ]
    for name in names { #expect(Self.page?.contains("`\(name)") == true, "\(name)") }
  }

  @Test("each row of a table of functions has an example")
  func rows() {
    var isTable = false
    for (index, line) in Self.lines.enumerated() {
      if line.hasPrefix("| function |") { isTable = true } else if !line.hasPrefix("|") { isTable = false }
      guard isTable, line.hasPrefix("| `") else { continue }
      #expect(Self.examples.contains { $0.line == index + 1 }, "line \(index + 1)")
    }
  }
}

import CEL
import Diagnostics
import DocumentTree
import MarkedSource
import PolicyCortex
import Source
import Testing

/// Conditions of the kinds that safe fix-its change, and inputs that have what they ask for or not.
private struct AdvisableCondition {
  var random: SeededGenerator

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  private mutating func path() -> String {
    pick([
      "resource.a", "resource.b", "resource.a.b", "resource.a.b.c", "resource.t[\"k\"]", "principal.a", "x.a",
      "resource.l[0]",
    ])
    .replacing("x.a", with: loopVariables > 0 ? "x.a" : "resource.c")
  }

  private var loopVariables = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func literal() -> String { pick(["\"x\"", "'y'", "1", "2", "-1", "true", "false", "null", "1.5"]) }

  /// An operand of a chain, or what stands in its place.
  private mutating func operand(_ depth: Int) -> String {
    let inner = depth > 0 ? depth - 1 : 0
    switch Int.random(in: 0..<(depth > 0 ? 18 : 11), using: &random) {
    case 0: return "\(path()) == \(literal())"
    case 1: return "\(path()) != \(literal())"
    case 2: return "\(literal()) == \(path())"
    case 3: return "\(literal()) \(pick(["<", "<=", ">", ">="])) \(path())"
    case 4: return "has(\(pick(["resource.a", "resource.a.b", "resource.a.b.c", "principal.a", "resource.t.k"])))"
    case 5: return "!has(\(pick(["resource.a", "resource.a.b", "principal.a"])))"
    case 6: return "\(path()) \(pick(["==", "!="])) null"
    case 7: return "\(path()) in [\"x\", \"y\"]"
    case 8: return "\(path()).startsWith(\"x\")"
    case 9: return "!\(path()) in [true, 1]"
    case 10: return path()
    case 11: return "(\(operand(inner))) \(pick(["==", "!="])) \(pick(["true", "false"]))"
    case 12: return "\(pick(["true", "false"])) \(pick(["==", "!="])) (\(operand(inner)))"
    case 13: return "\(pick(["!!", "!! ", "!"]))(\(condition(inner)))"
    case 14: return "(\(condition(inner)))"
    case 15:
      let same = path()
      return "\(same) == \"x\" || \(same) == 'y'\(pick([" || \(same) == \"z\"", ""]))"
    case 16:
      loopVariables += 1
      defer { loopVariables -= 1 }
      return "resource.l.exists(x, \(condition(inner)))"
    default: return "(\(operand(inner)) ? \(operand(inner)) : \(operand(inner)))"
    }
  }

  mutating func condition(_ depth: Int = 2) -> String {
    let operators = pick(["&&", "||", "and", "or", "mixed"])
    var text = operand(depth)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      text += " \(operators == "mixed" ? pick(["and", "or", "&&", "||"]) : operators) \(operand(depth))"
    }
    return text
  }

  private mutating func value(_ depth: Int) -> String {
    let scalar = ["null", "true", "false", "1", "2", "1.5", "\"x\"", "\"y\"", "\"z\"", "[]", "{}"]
    guard depth > 0 else { return pick(scalar) }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return "{\(pick(["\"b\": \(value(depth - 1))", "\"c\": \(value(depth - 1))", "\"a\": \(value(0))"]))}"
    case 1: return "[\(value(depth - 1)), {\"a\": \(value(0))}]"
    default: return pick(scalar)
    }
  }

  mutating func input() -> String {
    func object(_ names: [String]) -> String {
      let members = names.compactMap { name in
        Int.random(in: 0..<4, using: &random) == 0 ? nil : "\"\(name)\": \(value(2))"
      }
      return "{\(members.joined(separator: ", "))}"
    }
    let resource = object(["a", "b", "c", "t", "l"])
    return "{\"resource\": \(resource), \"principal\": \(object(["a"]))}"
  }
}

@Suite("Safe fix-its of advice")
struct SafeFixItTests {
  static let codes: Set = [
    "word-operator", "suspicious-precedence", "simplifiable-condition", "redundant-existence-check",
  ]

  private func policy(_ condition: String, isYAML: Bool) -> String {
    isYAML
      ? "name: p\nrules:\n- action: deny\n  message: m\n  condition: |-\n    \(condition)\n"
      : #"{"name": "p", "rules": [{"condition": \#(JSONText.quoted(condition)), "action": "deny", "message": "m"}]}"#
  }

  private func outcomes(_ report: ValidationReport, _ inputs: [String]) throws -> [String] {
    let evaluator = PolicyEvaluator(report.policies)
    return try inputs.map { text in
      let (document, _) = readDocument(SourceText(name: "i.json", text: text))
      let input = try EvaluationInput(document, at: try #require(document.roots.first), now: .least)
      let answer = evaluator.answer(to: input)
      return "\(answer.decision) \(answer.rules.map { "\($0.outcome)" })"
    }
  }

  @Test("change no decision, whatever is absent, null or of another type", arguments: [1, 2, 3, 4] as [UInt64])
  func decisionsStay(seed: UInt64) throws {
    var generator = AdvisableCondition(seed: seed)
    var met: [String: Int] = [:]
    for round in 0..<600 {
      let condition = generator.condition()
      let name = round % 2 == 0 ? "p.json" : "p.yaml"
      let text = policy(condition, isYAML: round % 2 == 1)
      let report = PolicyValidator().validate(Array(text.utf8), name: name)
      guard report.status == .valid else { continue }
      let fixable = report.diagnostics.filter { Self.codes.contains($0.code) && !$0.fixIts.isEmpty }
      guard !fixable.isEmpty else { continue }
      let inputs = (0..<12).map { _ in generator.input() }
      let before = try outcomes(report, inputs)
      for diagnostic in fixable {
        let fixIt = try #require(diagnostic.fixIts.first)
        #expect(fixIt.applicability == .safe)
        met[diagnostic.code, default: 0] += 1
        let mended = text.applying(fixIt.edits)
        let after = PolicyValidator().validate(Array(mended.utf8), name: name)
        #expect(after.status == .valid, "seed \(seed): \(condition), \(fixIt.title): \(mended)")
        let outcomes = try outcomes(after, inputs)
        for (index, input) in inputs.enumerated() where outcomes[index] != before[index] {
          Issue.record(
            "seed \(seed): \(condition) becomes \(mended): \(before[index]), \(outcomes[index]) for \(input)")
        }
      }
    }
    for code in Self.codes { #expect(met[code, default: 0] > 3, "seed \(seed): \(code) was met \(met)") }
  }
}

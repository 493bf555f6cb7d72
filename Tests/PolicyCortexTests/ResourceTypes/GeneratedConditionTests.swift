import Foundation
import MarkedSource
import PolicyCortex
import Testing

/// Conditions that are made of real schemas: right ones give no error, and each wrong one exactly its own.
@Suite("Conditions made of the schemas of real resource types")
struct GeneratedConditionTests {
  private static let folder = SharedData.root.map { "\($0)/resource-types" }
  private static let catalogue = folder.flatMap { try? ResourceTypeCatalogue.load(from: $0) }
  private static let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) }?.sorted() ?? []
  private static let seed = UInt64.random(in: 0..<1_000_000)

  @Test(
    "are judged as they were made", .enabled(if: folder != nil, "../shared/resource-types is absent"),
    arguments: files)
  func areJudgedAsMade(file: String) throws {
    let bytes = try #require(SharedData.bytes("resource-types/\(file)"))
    let name = try #require(
      (try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])?["typeName"] as? String)
    let generated = try #require(SchemaConditions(bytes, seed: Self.seed)).conditions
    #expect(generated.count > 20)
    let rules = generated.map { ["condition": $0.text, "action": "deny"] }
    let policy = try JSONSerialization.data(
      withJSONObject: ["name": "p", "resource_type": name, "rules": rules] as [String: Any])
    let catalogue: ResourceTypeCatalogue = try #require(Self.catalogue)
    let validator = PolicyValidator(resourceTypes: catalogue)
    let report = validator.validate(Array(policy), name: "policy.json")
    var found: [Int: [Diagnostic]] = [:]
    for diagnostic in report.diagnostics where diagnostic.severity == .error {
      guard case .index(let rule)? = diagnostic.path.components.dropFirst().first else {
        Issue.record("\(diagnostic.field): \(diagnostic.message)")
        continue
      }
      found[rule, default: []].append(diagnostic)
    }
    var mistakes: [String] = []
    for (index, condition) in generated.enumerated() {
      if let mistake = Self.mistake(condition, found[index] ?? []) {
        mistakes.append("\(condition.text)\n    \(mistake)")
      }
    }
    #expect(
      mistakes.isEmpty,
      "seed \(Self.seed), \(mistakes.count) of \(generated.count):\n\(mistakes.prefix(10).joined(separator: "\n"))")
  }

  /// In what the diagnostics of a condition differ from those it was made for.
  private static func mistake(_ condition: GeneratedCondition, _ found: [Diagnostic]) -> String? {
    let told = found.map { "\($0.code) at \($0.conditionSpan.map { "\($0.start)..<\($0.end)" } ?? "?"): \($0.message)" }
    switch condition.expected {
    case .nothing: return found.isEmpty ? nil : told.joined(separator: "; ")
    case .finding(let code, let start, let end, let suggestions):
      let expected = "expected \(code) at \(start)..<\(end) for \(suggestions), found \(told)"
      guard found.count == 1, let first = found.first, first.code == code, first.conditionSpan?.start == start,
        first.conditionSpan?.end == end
      else { return expected }
      let hasSuggestion = first.message.contains("did you mean")
      guard !suggestions.isEmpty else { return hasSuggestion ? expected : nil }
      guard suggestions.contains(where: { first.message.hasSuffix("did you mean `\($0)`?") }), first.fixIts.count == 1
      else { return expected }
      return nil
    }
  }
}

import DocumentTree
import PolicyCortex
import Source
import Testing

/// Evaluates a policy in YAML against an input in JSON, as the command line does.
func evaluated(_ policy: String, _ input: String, isTraced: Bool = false) throws -> PolicyAnswer {
  let report = PolicyValidator().validate(Array(policy.utf8), name: "policy.yaml")
  #expect(report.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  let (document, diagnostics) = readDocument(SourceText(name: "input.json", text: input))
  #expect(diagnostics.map(\.message) == [])
  let root = try #require(document.roots.first)
  let input = try EvaluationInput(document, at: root, now: EvaluationInput.currentTime())
  return PolicyEvaluator(report.policies, isTraced: isTraced).answer(to: input)
}

/// Evaluates a policy of rules, one a line: an action and a condition.
func evaluated(rules: [String], head: String = "", _ input: String) throws -> PolicyAnswer {
  var policy = "name: p\n\(head)rules:\n"
  for rule in rules {
    let parts = rule.split(separator: " ", maxSplits: 1)
    policy += "- action: \(parts[0])\n  condition: |-\n    \(parts[1])\n"
  }
  return try evaluated(policy, input)
}

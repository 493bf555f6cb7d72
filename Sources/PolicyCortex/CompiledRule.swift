internal import CEL
internal import DocumentTree
internal import PolicyModel

/// A rule whose condition and message are compiled.
struct CompiledRule: Sendable {
  private let index: Int
  private let id: String?
  private let action: Action
  private let isEnabled: Bool
  private let condition: CompiledExpression?
  private let message: CompiledMessage?

  init(_ rule: PolicyRule, in document: Document, _ compiler: inout ConditionCompiler, isTraced: Bool) {
    index = rule.position
    id = rule.id
    // What is not known forbids.
    action = rule.action ?? .deny
    isEnabled = rule.isEnabled
    condition = rule.conditionNode.map { node in
      unsafe document.withBytes(of: node) { unsafe compiler.compiled($0, isTraced: isTraced) }
    }
    message = rule.messageNode.map { node in
      unsafe document.withBytes(of: node) { unsafe CompiledMessage($0, &compiler) }
    }
  }

  func tracedCondition(policy: Int) -> TracedCondition? {
    guard let condition, let plan = condition.trace else { return nil }
    let parts = plan.parts.enumerated().filter(\.element.isShown).map { number, part in
      TracedCondition.Part(number: number, span: part.span, isBoolean: part.isBoolean)
    }
    return TracedCondition(
      policy: policy, index: index, id: id, text: String(decoding: condition.text, as: UTF8.self), parts: parts)
  }

  func answer(_ outcome: RuleOutcome, policy: Int) -> RuleAnswer {
    RuleAnswer(policy: policy, index: index, id: id, action: action, outcome: outcome)
  }

  /// What the rule says under an activation, whose variables have their values.
  func answer(_ evaluation: PolicyEvaluation, policy: Int) -> RuleAnswer {
    guard isEnabled else { return answer(.skipped, policy: policy) }
    guard let condition else {
      var answer = answer(.error, policy: policy)
      answer.error = "the rule has no condition"
      return answer
    }
    var answer = answer(.no, policy: policy)
    switch evaluation.value(of: condition) {
    case .success(let value) where value.kind == .bool: answer.outcome = value.isTrue ? .applies : .no
    case .success(let value):
      answer.outcome = .error
      let type = value.kind == .null ? "null" : "`\(value.kind.typeName)`"
      answer.error = "the condition must be `bool`, and its value is \(type)"
    case .failure(let error):
      answer.outcome = .error
      answer.error = evaluation.words(for: error, in: condition)
    }
    if answer.outcome == .applies { answer.message = message?.rendered(evaluation) }
    if let plan = condition.trace {
      var run = TraceRun(condition, plan, evaluation)
      answer.trace = ConditionTrace(
        condition: String(decoding: condition.text, as: UTF8.self), values: run.values())
    }
    return answer
  }
}

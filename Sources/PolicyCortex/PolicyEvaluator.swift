package import PolicyModel

/// The policies of a document, ready to be evaluated against any number of inputs; safe to use from any number of threads.
package struct PolicyEvaluator: Sendable {
  private let policies: [CompiledPolicy]

  /// Prepares policies.
  ///
  /// - Parameters:
  ///   - policies: Those of one valid document. In one that is not valid, what is wrong ends in evaluation errors.
  ///   - isTraced: Whether answers are to have the values of the conditions' parts.
  package init(_ policies: [Policy], isTraced: Bool = false) {
    self.policies = policies.map { CompiledPolicy($0, isTraced: isTraced) }
  }

  /// The conditions whose parts have values in traces; none unless traced.
  var tracedConditions: [TracedCondition] {
    policies.enumerated().flatMap { index, policy in policy.tracedConditions(policy: index) }
  }

  /// What the policies say of an input.
  package func answer(to input: EvaluationInput) -> PolicyAnswer {
    var answer = PolicyAnswer(decision: .allow, rules: [])
    for (index, policy) in policies.enumerated() {
      let (rules, decision) = policy.answer(to: input, index: index)
      answer.rules += rules
      answer.decision = max(answer.decision, decision)
    }
    return answer
  }
}

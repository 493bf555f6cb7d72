package import CEL
internal import Diagnostics
package import PolicyModel

/// What became of a test.
package struct PolicyTestResult: Sendable {
  /// What was expected and did not come, a line each; empty for a test that passes.
  package let failures: [String]
  /// What the policy answers, with traces.
  package let answer: PolicyAnswer

  package var isPassed: Bool { failures.isEmpty }
}

/// Runs tests against the policies of a valid document; safe to use from any number of threads.
package struct PolicyTester: Sendable {
  /// Answers to inputs, with traces.
  package let evaluator: PolicyEvaluator
  private let policyCount: Int
  private let ruleNames: [String]

  /// Prepares the policies of a valid document.
  ///
  /// - Parameters:
  ///   - policies: The policies.
  ///   - resourceTypes: The types that resources may be of, by which their numbers are read.
  ///   - inputs: What is known of the other inputs.
  package init(
    _ policies: [Policy], resourceTypes: ResourceTypeCatalogue? = nil, inputs: InputSchemas = InputSchemas()
  ) {
    evaluator = PolicyEvaluator(policies, resourceTypes: resourceTypes, inputs: inputs, isTraced: true)
    policyCount = policies.count
    var names: [String] = []
    for (index, policy) in policies.enumerated() {
      for rule in policy.rules { names.append(Self.name(rule.id, rule.position, policies.count > 1 ? index : nil)) }
    }
    ruleNames = names
  }

  /// Prepares policies for inputs of the types that a validator knows.
  package init(_ policies: [Policy], validatedBy validator: PolicyValidator) {
    self.init(policies, resourceTypes: validator.types.resourceTypes, inputs: validator.types.inputs)
  }

  /// The parts of all conditions, for coverage.
  package var conditions: [TracedCondition] { evaluator.tracedConditions }

  /// Reads the input of a test that has it in its own file; `nil` when it is in another one.
  ///
  /// - Throws: `InputFault` for what is no input.
  package func inlineInput(of test: PolicyTest, now: Timestamp) throws(InputFault) -> EvaluationInput? {
    try test.inlineInput(evaluator, now: now)
  }

  /// Compares what the policies answer to an input with what a test expects.
  package func result(of test: PolicyTest, on input: EvaluationInput) -> PolicyTestResult {
    let answer = evaluator.answer(to: input)
    var failures: [String] = []
    if let decision = test.decision, decision != answer.decision {
      failures.append("expected decision `\(decision.rawValue)`, got `\(answer.decision.rawValue)`")
    }
    if let expected = test.rules {
      let wanted = Set(expected)
      var applying: Set<String> = []
      for rule in answer.rules {
        let name = Self.name(rule.id, rule.index, policyCount > 1 ? rule.policy : nil)
        switch rule.outcome {
        case .applies:
          applying.insert(name)
          if !wanted.contains(name) { failures.append("rule `\(name)` applies, and was not expected to") }
        // An error is never what a test expects.
        case .error: failures.append("rule `\(name)` has no value: \(rule.error ?? "an error")")
        case .no, .skipped: break
        }
      }
      for name in expected where !applying.contains(name) {
        if ruleNames.contains(name) {
          failures.append("rule `\(name)` was expected to apply, and does not")
        } else {
          let closest = closestName(to: name, among: ruleNames).map { "; did you mean `\($0)`?" } ?? ""
          failures.append("there is no rule `\(name)`\(closest)")
        }
      }
    }
    return PolicyTestResult(failures: failures, answer: answer)
  }

  /// What tests call a rule: its `id`, or its place, with that of its policy where there are several.
  package static func name(_ id: String?, _ index: Int, _ policy: Int?) -> String {
    id ?? (policy.map { "[\($0)]." } ?? "") + "rules[\(index)]"
  }
}

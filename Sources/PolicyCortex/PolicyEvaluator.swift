package import CEL
package import DocumentTree
package import PolicyModel

/// The policies of a document, ready to be evaluated against any number of inputs; safe to use from any number of threads.
package struct PolicyEvaluator: Sendable {
  private let policies: [CompiledPolicy]
  let resourceTypes: ResourceTypeCatalogue?
  private let inputs: InputSchemas

  /// Prepares policies.
  ///
  /// - Parameters:
  ///   - policies: Those of one valid document. In one that is not valid, what is wrong ends in evaluation errors.
  ///   - resourceTypes: The types that resources may be of, by which their numbers are read.
  ///   - inputs: What is known of the other inputs.
  ///   - isTraced: Whether answers are to have the values of the conditions' parts.
  package init(
    _ policies: [Policy], resourceTypes: ResourceTypeCatalogue? = nil, inputs: InputSchemas = InputSchemas(),
    isTraced: Bool = false
  ) {
    self.resourceTypes = resourceTypes
    self.inputs = inputs
    self.policies = policies.map { CompiledPolicy($0, isTraced: isTraced) }
  }

  /// Reads an input as the schemas say.
  ///
  /// - Parameters:
  ///   - document: The document it stands in.
  ///   - root: The input's object.
  ///   - now: The current time, which counts where the input names none.
  /// - Returns: The input.
  /// - Throws: `InputFault` for what is no input.
  package func input(
    _ document: Document, at root: NodeID, now: Timestamp
  ) throws(InputFault) -> EvaluationInput {
    try EvaluationInput(document, at: root, now: now, resourceTypes: resourceTypes, inputs: inputs)
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

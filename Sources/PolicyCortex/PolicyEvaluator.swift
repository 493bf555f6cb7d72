package import PolicyModel
internal import CEL
internal import DocumentTree
internal import Source

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

/// A policy whose expressions are compiled.
struct CompiledPolicy: Sendable {
  private let isEnabled: Bool
  private let resourceTypes: [String]
  private let defaultAction: DefaultAction
  private let environment: Environment
  private let variables: [(name: String, expression: CompiledExpression?)]
  private let rules: [CompiledRule]

  init(_ policy: Policy, isTraced: Bool) {
    isEnabled = policy.isEnabled
    resourceTypes = policy.resourceTypes
    defaultAction = policy.defaultAction
    let declared = policy.variables
    var compiler = ConditionCompiler(variableNames: declared.map(\.name))
    var variables: [(name: String, expression: CompiledExpression?)] = []
    for (index, variable) in declared.enumerated() {
      let expression = variable.expressionNode.map { node in
        unsafe policy.document.withBytes(of: node) { unsafe compiler.compiled($0) }
      }
      if expression != nil { compiler.declareVariable(at: index) }
      variables.append((variable.name, expression))
    }
    self.variables = variables
    rules = policy.rules.map { CompiledRule($0, in: policy.document, &compiler, isTraced: isTraced) }
    environment = compiler.environment
  }

  /// What the rules say of an input, and what follows from that.
  func answer(to input: EvaluationInput, index: Int) -> (rules: [RuleAnswer], decision: Decision) {
    guard isEnabled, isMeant(for: input.resourceType) else {
      // A policy that is not for this input decides nothing, not even by default.
      return (rules.map { $0.answer(.skipped, policy: index) }, .allow)
    }
    let activation = Activation(environment)
    for (place, root) in input.roots.enumerated() { activation.set(place, to: root) }
    activation.set(input.roots.count, to: .timestamp(input.now))
    // The values of variables lie in their evaluators, which must not run again.
    let evaluators = variables.map { _ in Evaluator() }
    for (place, variable) in variables.enumerated() {
      guard let expression = variable.expression else { continue }
      let slot = environment.slot(ofMember: place)
      do throws(EvaluationError) {
        activation.set(slot, to: try evaluators[place].evaluate(expression.program, activation))
      } catch {
        var inVariable = error
        inVariable.detail = "in `variables.\(variable.name)`, \(expression.words(for: error))"
        activation.set(slot, to: inVariable)
      }
    }
    let evaluator = Evaluator()
    let answers = rules.map { $0.answer(activation, evaluator, policy: index) }
    withExtendedLifetime(evaluators) {}
    return (answers, Decision(answers, defaultAction: defaultAction))
  }

  private func isMeant(for type: String?) -> Bool {
    if resourceTypes.isEmpty { return true }
    guard let type else { return false }
    return resourceTypes.contains { $0.utf8.elementsEqual(type.utf8) }
  }
}

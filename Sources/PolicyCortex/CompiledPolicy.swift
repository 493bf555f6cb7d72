internal import CEL
internal import DocumentTree
internal import PolicyModel

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

  func tracedConditions(policy: Int) -> [TracedCondition] { rules.compactMap { $0.tracedCondition(policy: policy) } }

  /// What the rules say of an input, and what follows from that.
  func answer(to input: EvaluationInput, index: Int) -> (rules: [RuleAnswer], decision: Decision) {
    guard isEnabled, isMeant(for: input.resourceType) else {
      // A policy that is not for this input decides nothing, not even by default.
      return (rules.map { $0.answer(.skipped, policy: index) }, .allow)
    }
    var evaluation = PolicyEvaluation(input, environment)
    for (place, variable) in variables.enumerated() {
      guard let expression = variable.expression else { continue }
      evaluation.declare(variable.name, at: place, as: expression)
    }
    let answers = rules.map { $0.answer(evaluation, policy: index) }
    return (answers, Decision(answers, defaultAction: defaultAction))
  }

  private func isMeant(for type: String?) -> Bool {
    if resourceTypes.isEmpty { return true }
    guard let type else { return false }
    return resourceTypes.contains { $0.utf8.elementsEqual(type.utf8) }
  }
}

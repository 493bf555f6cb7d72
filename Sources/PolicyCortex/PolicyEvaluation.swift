internal import CEL

/// One evaluation of a policy: the values of its names, and what runs its expressions.
struct PolicyEvaluation {
  let activation: Activation
  private let environment: Environment
  private let evaluator = Evaluator()
  /// The evaluators of the variables, whose values lie in them: none runs again.
  private var variableEvaluators: [Evaluator] = []
  /// The values of the input lie in it.
  private let input: EvaluationInput

  /// Gives the roots their values.
  ///
  /// - Parameters:
  ///   - input: What the policy is evaluated against.
  ///   - environment: The policy's, `Environment.policy(variables:)`.
  init(_ input: EvaluationInput, _ environment: Environment) {
    self.input = input
    self.environment = environment
    activation = Activation(environment)
    for (place, root) in input.roots.enumerated() { activation.set(place, to: root) }
    activation.set(input.roots.count, to: .timestamp(input.now))
  }

  /// Gives a variable its value; an error is one wherever the variable is used, and nowhere else.
  mutating func declare(_ name: String, at place: Int, as expression: CompiledExpression) {
    let slot = environment.slot(ofMember: place)
    let evaluator = Evaluator()
    variableEvaluators.append(evaluator)
    do throws(EvaluationError) {
      activation.set(slot, to: try evaluator.evaluate(expression.program, activation))
    } catch {
      var inVariable = error
      inVariable.detail = "\(EvaluationFailure.variablePrefix)\(name)`, \(words(for: error, in: expression))"
      activation.set(slot, to: inVariable)
    }
  }

  /// The value of an expression, which lies in the evaluation until the next.
  func value(of expression: CompiledExpression) -> Result<Value, EvaluationError> {
    do throws(EvaluationError) { return .success(try evaluator.evaluate(expression.program, activation)) } catch {
      return .failure(error)
    }
  }

  func words(for error: EvaluationError, in expression: CompiledExpression) -> String {
    EvaluationFailure(expression: expression, error: error).words(activation, environment)
  }
}

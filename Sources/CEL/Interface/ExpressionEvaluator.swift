/// Evaluates expressions one after the other in the same memory, which is faster than each on its own.
///
/// One evaluator serves one thread at a time.
///
/// ```swift
/// let evaluator = ExpressionEvaluator()
/// let values = try language.values(["user": user])
/// for expression in expressions { print(try evaluator.evaluate(expression, values)) }
/// ```
public final class ExpressionEvaluator {
  private let evaluator: Evaluator
  private let budget: EvaluationBudget

  /// Makes an evaluator.
  ///
  /// - Parameter budget: What each evaluation may use before it ends in an error.
  public init(budget: EvaluationBudget = .standard) {
    self.budget = budget
    evaluator = Evaluator(budget: budget)
  }

  /// Evaluates an expression.
  ///
  /// - Parameters:
  ///   - expression: What to evaluate.
  ///   - values: The variables' values, made by the language of the expression.
  /// - Returns: The value.
  /// - Throws: The error that the expression ends in, with its place.
  public func evaluate(
    _ expression: CompiledExpression, _ values: VariableValues
  ) throws(EvaluationError) -> CELValue {
    guard expression.layout.sharesVariables(with: values.layout) else {
      throw .invalidArgument("the values were made for a language of other variables")
    }
    do throws(EvaluationError) {
      // The value points into all three.
      return try withExtendedLifetime((evaluator, expression, values)) { () throws(EvaluationError) in
        try evaluator.evaluate(expression.program, values.activation).copied(byteLimit: budget.bytes)
      }
    } catch {
      throw expression.placed(error)
    }
  }

  /// Evaluates an expression with values that are used once.
  public func evaluate(
    _ expression: CompiledExpression, _ values: [String: CELValue] = [:]
  ) throws(EvaluationError) -> CELValue {
    try evaluate(expression, VariableValues(values, expression.layout))
  }
}

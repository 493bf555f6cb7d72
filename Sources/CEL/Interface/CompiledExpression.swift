public import Diagnostics
internal import Source

/// An expression that was checked and made ready for evaluation.
///
/// It never changes: any number of threads may evaluate it at once.
public struct CompiledExpression: Sendable {
  /// The expression as it was written.
  public let text: String
  /// The type of its values, as far as it is known before evaluation: `dyn` where it is not, or was not checked.
  public let type: CELType
  /// What is worth a warning.
  public let warnings: [Diagnostic]

  let program: Program
  let layout: LanguageLayout
  /// Where each expression stands, by its id.
  private let spans: [SourceSpan]

  init(
    _ text: String, _ layout: LanguageLayout, isChecked: Bool, expectsBool: Bool
  ) throws(CompilationError) {
    var parser = Parser(options: layout.parserOptions)
    var checker = layout.checker
    var found: [Diagnostic] = []
    var native = text
    native.withUTF8 { bytes in
      unsafe parser.parse(bytes)
      found = parser.diagnostics
      if isChecked {
        var references = layout.references
        references.check(parser.tree, into: &found)
        unsafe checker.check(parser.tree, text: bytes, expectsBool: expectsBool, into: &found)
        if layout.rejectsConstantErrors {
          var constants = ConstantChecker()
          unsafe constants.check(parser.tree, text: bytes, &checker, into: &found)
        }
      } else {
        // Programs ask the checker what names refer to.
        var ignored = found
        unsafe checker.check(parser.tree, text: bytes, expectsBool: false, into: &ignored)
      }
    }
    found.sort(by: Diagnostic.precedes)
    guard !found.contains(where: { $0.severity == .error }) else {
      throw CompilationError(text: text, diagnostics: found)
    }
    if isChecked, !parser.tree.isCheap {
      let estimate = checker.costEstimate(of: parser.tree)
      if let culprit = estimate.tooCostly {
        let message = ConditionTooCostly(steps: estimate.tooCostlySteps, limit: CostEstimate.limit)
        found.append(Diagnostic(message, at: parser.tree[culprit].span))
      }
    }
    self.text = text
    self.layout = layout
    warnings = found
    let type = isChecked ? checker.type(of: parser.tree.root) : .dyn
    self.type = type == .error ? .dyn : type
    var builder = ProgramBuilder()
    program = builder.program(parser.tree, &checker)
    spans = parser.tree.nodes.map(\.span)
  }

  /// Evaluates the expression.
  ///
  /// - Parameters:
  ///   - values: The variables that have values; those without are errors where they are used.
  ///   - budget: What the evaluation may use before it ends in an error.
  /// - Returns: The value.
  /// - Throws: The error that the expression ends in, with its place; also for variables that are not declared, and for
  ///   values that are not of their types.
  public func evaluate(
    _ values: [String: CELValue] = [:], budget: EvaluationBudget = .standard
  ) throws(EvaluationError) -> CELValue {
    try ExpressionEvaluator(budget: budget).evaluate(self, VariableValues(values, layout))
  }

  /// An error with the place that it belongs to.
  func placed(_ error: EvaluationError) -> EvaluationError {
    var error = error
    if let expression = error.expression, spans.indices.contains(expression.index) {
      error.range = spans[expression.index].range
    }
    return error
  }
}

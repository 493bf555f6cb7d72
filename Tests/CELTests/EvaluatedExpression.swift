import CEL
import Diagnostics
import Testing

/// What an expression gives: its value, or the error it ends in.
///
/// - Parameters:
///   - expression: The expression.
///   - bindings: The variables and their values; all are declared as `dyn`.
///   - types: The record types beside CEL's own.
///   - isChecked: Whether it must check.
/// - Returns: The value, copied out of the evaluation.
/// - Throws: `EvaluationError`, and `CheckFailure` when the expression does not check.
func evaluated(
  _ expression: String, _ bindings: [(String, CELValue)] = [], types: [RecordType] = [], isChecked: Bool = true
) throws -> CELValue {
  var parser = Parser(options: .cel)
  let environment = Environment(bindings.map { VariableDeclaration($0.0) }, types: types)
  var checker = Checker(environment)
  let bytes = Array(expression.utf8)
  unsafe bytes.withUnsafeBufferPointer { unsafe parser.parse($0) }
  var diagnostics = parser.diagnostics
  unsafe bytes.withUnsafeBufferPointer {
    unsafe checker.check(parser.tree, text: $0, expectsBool: false, into: &diagnostics)
  }
  guard diagnostics.isEmpty || !isChecked else { throw CheckFailure(diagnostics: diagnostics) }
  var builder = ProgramBuilder()
  let program = builder.program(parser.tree, &checker)
  let activation = Activation(checker.environment)
  for (index, binding) in bindings.enumerated() {
    activation.set(index, to: try activation.arena.value(binding.1, environment.records))
  }
  return try Evaluator().result(of: program, activation)
}

/// An expression that was to be evaluated does not check.
struct CheckFailure: Error, CustomStringConvertible {
  let diagnostics: [Diagnostic]

  var description: String { diagnostics.map { "\($0.code): \($0.message)" }.joined(separator: "; ") }
}

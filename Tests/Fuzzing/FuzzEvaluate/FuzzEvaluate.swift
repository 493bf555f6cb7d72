import CEL
import Diagnostics
import Invariants

/// Evaluation: whatever can be read is prepared and evaluated, whether it checks or not, and gives the same each time.
func checkEvaluation(_ bytes: [UInt8]) {
  let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
  policy.check(text)
  typed.check(text)
}

nonisolated(unsafe) private var policy = Subject(.policy, Inputs.policy)
nonisolated(unsafe) private var typed = Subject(.cel, Inputs.typed)

/// What evaluates one input after another, as a program does that keeps its evaluator.
private struct Subject {
  private var parser: Parser
  private var checker: Checker
  private var builder = ProgramBuilder()
  private let activation: Activation
  private let evaluator = Evaluator(budget: EvaluationBudget(steps: 200_000, iterations: 10_000, bytes: 1 << 20))

  init(_ options: ParserOptions, _ inputs: Inputs) {
    parser = Parser(options: options)
    checker = Checker(inputs.environment)
    activation = inputs.activation()
  }

  mutating func check(_ text: [UInt8]) {
    unsafe text.withUnsafeBufferPointer { unsafe parser.parse($0) }
    var diagnostics: [Diagnostic] = []
    unsafe text.withUnsafeBufferPointer {
      unsafe checker.check(parser.tree, text: $0, expectsBool: false, into: &diagnostics)
    }
    let program = builder.program(parser.tree, &checker)
    let first = outcome(program)
    let second = outcome(program)
    invariant(first == second, "first \(first), then \(second)")
  }

  /// What an evaluation gives, in words.
  private func outcome(_ program: Program) -> String {
    do {
      let value = try evaluator.evaluate(program, activation)
      let copy = try value.copied()
      if !copy.holdsNaN {
        let isEqual: Bool
        do { isEqual = try value.isEqual(to: value) } catch { isEqual = true }
        invariant(isEqual, "a value is not equal to itself: \(copy)")
      }
      return "\(copy)"
    } catch {
      return "\(error.kind)"
    }
  }
}

extension CELValue {
  /// Whether a part of it is NaN, which equals nothing.
  fileprivate var holdsNaN: Bool {
    switch self {
    case .double(let value): value.isNaN
    case .list(let elements): elements.contains { $0.holdsNaN }
    case .map(let entries): entries.contains { $0.value.holdsNaN }
    case .optional(let value): value?.holdsNaN ?? false
    case .record(_, let fields): fields.contains { $0.value.holdsNaN }
    case .null, .bool, .int, .uint, .string, .bytes, .timestamp, .duration, .type, .opaque: false
    }
  }
}

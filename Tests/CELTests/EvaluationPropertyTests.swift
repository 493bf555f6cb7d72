import CEL
import Diagnostics
import MarkedSource
import Testing

/// What must hold of every expression, whatever it means.
@Suite("Evaluation of random expressions")
struct EvaluationPropertyTests {
  static let environment = Environment(
    ExpressionGenerator.variables.map { VariableDeclaration($0.name, type: $0.type) })
  static let count = 1_500

  /// The values of the generator's variables.
  static func activation() throws -> Activation {
    let activation = Activation(environment)
    for (index, variable) in ExpressionGenerator.variables.enumerated() {
      activation.set(index, to: try activation.arena.value(try evaluated(variable.value)))
    }
    return activation
  }

  /// What a program gives, in words that tell all values apart.
  static func outcome(_ program: Program, _ evaluator: Evaluator, _ activation: Activation) -> String {
    do {
      return "\(try evaluator.result(of: program, activation))"
    } catch {
      return "error: \(error.kind) \(error.detail)"
    }
  }

  @Test("an expression that is written again means the same", arguments: [11, 12] as [UInt64])
  func unparsed(seed: UInt64) throws {
    var generator = ExpressionGenerator(seed: seed, .whole)
    var builder = ProgramBuilder()
    let evaluator = Evaluator()
    let activation = try Self.activation()
    for _ in 0..<Self.count {
      let text = generator.expression()
      var expression = GeneratedExpression(text, Self.environment)
      let expected = Self.outcome(builder.program(expression.tree, &expression.checker), evaluator, activation)
      let written = unparse(expression.tree)
      var again = GeneratedExpression(written, Self.environment)
      let found = Self.outcome(builder.program(again.tree, &again.checker), evaluator, activation)
      #expect(found == expected, "seed \(seed): \(text), written as \(written)")
    }
  }

  @Test("a value is of the type that was deduced", arguments: [21, 22] as [UInt64])
  func deducedType(seed: UInt64) throws {
    var generator = ExpressionGenerator(seed: seed, .whole)
    var builder = ProgramBuilder()
    let evaluator = Evaluator()
    let activation = try Self.activation()
    var values = 0
    for _ in 0..<Self.count {
      let text = generator.expression()
      var expression = GeneratedExpression(text, Self.environment)
      let type = expression.checker.type(of: expression.tree.root)
      let program = builder.program(expression.tree, &expression.checker)
      guard let value = try? evaluator.result(of: program, activation) else { continue }
      values += 1
      #expect(value.isOf(type), "seed \(seed): \(text) is \(type), and gives \(value)")
    }
    #expect(values > Self.count / 2)
  }

  @Test(
    "an evaluator gives the same again, and what a new one gives, whatever it did before", arguments: [31] as [UInt64])
  func repeated(seed: UInt64) throws {
    var generator = ExpressionGenerator(seed: seed, .whole)
    var builder = ProgramBuilder()
    let evaluator = Evaluator()
    let activation = try Self.activation()
    for _ in 0..<Self.count {
      let text = generator.expression()
      var expression = GeneratedExpression(text, Self.environment)
      let program = builder.program(expression.tree, &expression.checker)
      let expected = Self.outcome(program, Evaluator(), activation)
      #expect(Self.outcome(program, evaluator, activation) == expected, "seed \(seed): \(text)")
      #expect(Self.outcome(program, evaluator, activation) == expected, "seed \(seed): \(text), the second time")
      var newBuilder = ProgramBuilder()
      let twin = newBuilder.program(expression.tree, &expression.checker)
      #expect(Self.outcome(twin, evaluator, activation) == expected, "seed \(seed): \(text), by a new builder")
    }
  }

  @Test("what is known of the variables' types decides nothing", arguments: [41, 42] as [UInt64])
  func unchecked(seed: UInt64) throws {
    var generator = ExpressionGenerator(seed: seed, .whole)
    var builder = ProgramBuilder()
    let evaluator = Evaluator()
    let activation = try Self.activation()
    let untyped = Environment(ExpressionGenerator.variables.map { VariableDeclaration($0.name) })
    for _ in 0..<Self.count {
      let text = generator.expression()
      var expression = GeneratedExpression(text, Self.environment)
      let expected = Self.outcome(builder.program(expression.tree, &expression.checker), evaluator, activation)
      var unchecked = GeneratedExpression(text, untyped)
      let found = Self.outcome(builder.program(unchecked.tree, &unchecked.checker), evaluator, activation)
      #expect(found == expected, "seed \(seed): \(text)")
    }
  }
}

extension CELValue {
  /// Whether a value may be what an expression of a type gives.
  func isOf(_ type: CELType) -> Bool {
    switch (self, type) {
    case (_, .dyn), (_, .parameter), (_, .any): true
    case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string),
      (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.type, .type), (.null, .wrapper):
      true
    case (.list(let elements), .list(let element)): elements.allSatisfy { $0.isOf(element) }
    case (.map(let entries), .map(let key, let value)):
      entries.allSatisfy { $0.key.isOf(key) && $0.value.isOf(value) }
    case (.optional(let value), .abstract("optional_type", let parameters)):
      value.map { value in parameters.allSatisfy { value.isOf($0) } } ?? true
    default: false
    }
  }
}

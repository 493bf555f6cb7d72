import CEL
import Diagnostics
import DocumentTree
import PolicyCortex
import Source

/// A parser, a checker and a builder of programs that are kept, as the engine does it.
struct ConditionCompiler {
  var parser = Parser(options: .policy)
  var checker: Checker
  var builder = ProgramBuilder()
  private(set) var diagnostics: [Diagnostic] = []

  init(_ environment: Environment) { checker = Checker(environment) }

  /// The workload's environment: three maps of string to dyn.
  static var workload: ConditionCompiler {
    ConditionCompiler(
      Environment(["resource", "request", "principal"].map { VariableDeclaration($0, type: .map(.string, .dyn)) }))
  }

  /// The environment of the growing expressions.
  static var growth: ConditionCompiler {
    ConditionCompiler(
      Environment([
        VariableDeclaration("a", type: .int), VariableDeclaration("b", type: .bool), VariableDeclaration("m"),
        VariableDeclaration("s", type: .string),
      ]))
  }

  mutating func program(_ text: [UInt8]) -> Program {
    unsafe text.withUnsafeBufferPointer { unsafe parser.parse($0) }
    diagnostics = parser.diagnostics
    unsafe text.withUnsafeBufferPointer {
      unsafe checker.check(parser.tree, text: $0, expectsBool: true, into: &diagnostics)
    }
    return builder.program(parser.tree, &checker)
  }
}

/// Parsing, checking and preparing the workload's conditions.
func measureConditionCompiling(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  for (name, conditions) in try classes(of: workload(options), options) {
    let repetitions = max(1, 5_000 / conditions.count)
    var compiler = ConditionCompiler.workload
    var mismatch = 0
    let seconds = median(rounds: options.rounds) {
      mismatch = 0
      for _ in 0..<repetitions {
        for condition in conditions {
          _ = compiler.program(condition.text)
          mismatch += compiler.diagnostics.isEmpty ? 0 : 1
        }
      }
    }
    Measurement(
      "condition-compile", name, count: conditions.count, seconds * 1e6 / Double(conditions.count * repetitions),
      "us/expr", mismatch: mismatch / repetitions
    ).report()
  }
}

/// Evaluating the workload's conditions under 64 activations in turn, each read from the same text.
func measureConditionEvaluation(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let activationCount = 64
  let compiler = ConditionCompiler.workload
  let text = try options.bytes("w1_activation.json")
  var activations: [Activation] = []
  for _ in 0..<activationCount {
    activations.append(try activation(text, compiler.checker.environment))
  }
  for (name, conditions) in try classes(of: workload(options), options) {
    var compiler = compiler
    let programs = conditions.map { compiler.program($0.text) }
    let repetitions = max(1, 50_000 / conditions.count)
    let evaluator = Evaluator()
    var mismatch = 0
    let seconds = median(rounds: options.rounds) {
      mismatch = 0
      var turn = 0
      for _ in 0..<repetitions {
        for index in programs.indices {
          let value = evaluator.truth(of: programs[index], activations[turn % activationCount])
          if value != conditions[index].isTrue { mismatch += 1 }
          turn += 1
        }
      }
    }
    Measurement(
      "condition-evaluate", name, count: conditions.count, seconds * 1e9 / Double(conditions.count * repetitions),
      "ns/eval", mismatch: mismatch / repetitions
    ).report()
  }
}

extension Evaluator {
  /// The result of a condition; `nil` for an error and for anything but a bool.
  fileprivate func truth(of program: Program, _ activation: Activation) -> Bool? {
    do throws(EvaluationError) {
      let value = try evaluate(program, activation)
      return value.kind == .bool ? value.isTrue : nil
    } catch {
      return nil
    }
  }
}

private func activation(_ text: [UInt8], _ environment: Environment) throws(BenchmarkFailure) -> Activation {
  let (document, diagnostics) = readDocument(SourceText(name: "w1_activation.json", bytes: text))
  guard diagnostics.isEmpty, let root = document.roots.first else {
    throw BenchmarkFailure("w1_activation.json cannot be read")
  }
  let activation = Activation(environment)
  do throws(InputFault) {
    let value = try document.value(of: root, in: activation.arena, readsAbsentAsNull: false)
    for index in 0..<value.entries.count {
      let entry = value.entries[index]
      guard let place = environment.variables.firstIndex(where: { $0.name == entry.key.text }) else { continue }
      activation.set(place, to: entry.value)
    }
  } catch {
    throw BenchmarkFailure("w1_activation.json: \(error.message)")
  }
  return activation
}

/// The constructs that are repeated up to 100,000 times: parsing, checking, preparing and evaluating, in milliseconds.
func measureGrowth(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  for shape in ["or", "and", "add", "list", "chain", "idx", "sel", "not", "paren", "brack", "tern", "macro"] {
    for count in [1, 2, 3, 4, 5, 6, 7, 10, 100, 1_000, 10_000, 100_000] {
      guard let text = try? options.bytes("w4_\(shape)_\(count).cel") else { continue }
      var compiler = ConditionCompiler.growth
      let activation = Activation(compiler.checker.environment)
      activation.set(0, to: .int(-1))
      activation.set(1, to: .bool(true))
      let evaluator = Evaluator()
      var mismatch = 0
      let seconds = median(rounds: min(options.rounds, 5)) {
        let program = compiler.program(text)
        // Beyond the nesting limit there is a diagnostic instead of a value.
        mismatch = compiler.diagnostics.isEmpty && evaluator.truth(of: program, activation) == nil ? 1 : 0
      }
      Measurement("condition-growth", "\(shape) \(count)", count: count, seconds * 1e3, "ms", mismatch: mismatch)
        .report()
    }
  }
}

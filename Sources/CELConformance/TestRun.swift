internal import CEL
internal import Diagnostics
internal import DocumentTree

/// Runs tests one after the other.
package struct TestRun {
  private var parser = Parser(options: .cel)
  private var builder = ProgramBuilder()

  package init() {}

  /// Runs the test of a line.
  package mutating func answer(_ line: [UInt8]) -> Answer {
    guard let json = JSONValue(line) else { return Answer(id: "", .unsupported("the record could not be read")) }
    do throws(TestRecord.Fault) {
      return answer(try TestRecord(json), usesMessages: Self.mentionsMessages(line))
    } catch {
      return Answer(id: error.id, .unsupported(error.text))
    }
  }

  /// Whether a record names any part of the messages' package, so that they are worth declaring.
  private static func mentionsMessages(_ line: [UInt8]) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    return ["conformance", "TestAllTypes", "proto2", "proto3"].contains { text.contains($0) }
  }

  private mutating func answer(_ record: TestRecord, usesMessages: Bool) -> Answer {
    let text = Array(record.expression.utf8)
    if parser.options.macros != record.hasMacros {
      parser = Parser(options: ParserOptions(wordOperators: false, macros: record.hasMacros))
    }
    unsafe text.withUnsafeBufferPointer { unsafe parser.parse($0) }
    if let fault = Self.fault(in: parser.diagnostics) { return Answer(id: record.id, .parseError(fault)) }
    if record.endsAfterParsing { return Answer(id: record.id, .parsed) }

    let environment = Self.environment(record, usesMessages: usesMessages)
    var checker = Checker(environment)
    var names = ReferenceChecker(environment, rejectsBareNames: false)
    var diagnostics: [Diagnostic] = []
    names.check(parser.tree, into: &diagnostics)
    unsafe text.withUnsafeBufferPointer {
      unsafe checker.check(parser.tree, text: $0, expectsBool: false, into: &diagnostics)
    }
    if record.isChecked, let fault = Self.fault(in: diagnostics) { return Answer(id: record.id, .checkError(fault)) }
    let type = record.isChecked ? checker.type(of: parser.tree.root) : nil
    if record.endsAfterChecking { return Answer(id: record.id, .checked, type: type) }

    let program = builder.program(parser.tree, &checker)
    return Answer(id: record.id, Self.outcome(program, record, environment), type: type, records: environment.records)
  }

  private static func environment(_ record: TestRecord, usesMessages: Bool) -> Environment {
    guard usesMessages else {
      return Environment(record.variables, functions: record.functions, container: record.container)
    }
    let messages: TestMessages = record.needs.contains("enum_strong") ? .withTypedEnums : .withEnumsAsInts
    return Environment(
      record.variables, functions: record.functions + messages.functions, container: record.container,
      types: messages.types, constants: messages.constants)
  }

  private static func outcome(
    _ program: Program, _ record: TestRecord, _ environment: Environment
  ) -> Answer.Outcome {
    let activation = Activation(environment)
    for (name, value) in record.bindings {
      guard let index = environment.variables.firstIndex(where: { $0.name == name }) else { continue }
      do throws(EvaluationError) {
        activation.set(index, to: try activation.arena.value(value, environment.records))
      } catch {
        return .unsupported("`\(name)`: \(error)")
      }
    }
    do throws(EvaluationError) { return .value(try Evaluator().result(of: program, activation)) } catch {
      return .error("\(error)")
    }
  }

  /// The first error of a text in words.
  private static func fault(in diagnostics: [Diagnostic]) -> String? {
    diagnostics.first { $0.severity == .error }.map { "\($0.code): \($0.message)" }
  }
}

import CEL
import Diagnostics
import Glibc
import Testing

@testable import CELConformance

@Suite("Random expressions")
struct DifferentialRecords {
  @Test("all check", arguments: [(1, .common), (2, .whole)] as [(UInt64, ExpressionGenerator.Vocabulary)])
  func allCheck(seed: UInt64, vocabulary: ExpressionGenerator.Vocabulary) throws {
    var generator = ExpressionGenerator(seed: seed, vocabulary)
    let environment = Environment(ExpressionGenerator.variables.map { VariableDeclaration($0.name, type: $0.type) })
    for _ in 0..<500 {
      let text = generator.expression()
      let faults = GeneratedExpression(text, environment).diagnostics.filter { $0.severity == .error }
      #expect(faults.isEmpty, "seed \(seed): \(text): \(faults.map(\.message))")
    }
  }

  /// Writes records for `differential.py`, which compares what this engine and Google's make of them.
  @Test("are written as records for another engine", .enabled(if: DifferentialRecords.path != nil))
  func writeRecords() throws {
    let file = unsafe fopen(Self.path ?? "", "w")
    defer { if let file = unsafe file { unsafe fclose(file) } }
    let seed = Self.setting("DIFFERENTIAL_SEED").flatMap { UInt64($0) } ?? 1
    let count = Self.setting("DIFFERENTIAL_COUNT").flatMap { Int($0) } ?? 1_000
    var context = Array("\"type_env\":[".utf8)
    for (index, variable) in ExpressionGenerator.variables.enumerated() {
      context += "\(index > 0 ? "," : ""){\"name\":\"\(variable.name)\",\"kind\":\"variable\",\"type\":".utf8
      variable.type.writeTagged(to: &context)
      context += "}".utf8
    }
    context += "],\"bindings\":{".utf8
    for (index, variable) in ExpressionGenerator.variables.enumerated() {
      context += "\(index > 0 ? "," : "")\"\(variable.name)\":".utf8
      TaggedValue.write(try evaluated(variable.value), .standard, to: &context)
    }
    context += "}}\n".utf8
    var generator = ExpressionGenerator(seed: seed)
    for number in 0..<count {
      var line = Array("{\"id\":\"\(seed)/\(number)\",\"expr\":".utf8)
      JSONText.append(generator.expression(), to: &line)
      line += ",".utf8
      line += context
      #expect(unsafe fwrite(line, 1, line.count, file) == line.count)
    }
  }

  static let path = setting("DIFFERENTIAL_OUT")

  private static func setting(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }
}

/// An expression that was parsed and checked.
struct GeneratedExpression {
  let tree: SyntaxTree
  let diagnostics: [Diagnostic]
  var checker: Checker

  init(_ text: String, _ environment: Environment) {
    var parser = Parser(options: .cel)
    var checker = Checker(environment)
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBufferPointer { unsafe parser.parse($0) }
    var found = parser.diagnostics
    unsafe bytes.withUnsafeBufferPointer {
      unsafe checker.check(parser.tree, text: $0, expectsBool: false, into: &found)
    }
    tree = parser.tree
    diagnostics = found
    self.checker = checker
  }
}

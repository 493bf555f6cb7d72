internal import CEL
internal import DocumentTree
internal import PolicyModel
internal import Source

/// Makes the expressions of a policy ready for evaluation.
struct ConditionCompiler {
  private var parser = Parser(options: .policy)
  private var checker: Checker
  private var builder = ProgramBuilder()

  init(variableNames: [String]) { checker = Checker(.policy(variables: variableNames)) }

  /// What the activations of the programs are made for.
  var environment: Environment { checker.environment }

  /// Gives a variable the type of the expression that was compiled last.
  mutating func declareVariable(at index: Int) { checker.setMemberType(at: index, toTypeOf: parser.tree) }

  /// Compiles an expression; what is wrong with it fails when it is evaluated.
  mutating func compiled(_ text: UnsafeBufferPointer<UInt8>, isTraced: Bool = false) -> CompiledExpression {
    unsafe parser.parse(text)
    var diagnostics = parser.diagnostics
    unsafe checker.check(parser.tree, text: text, expectsBool: false, into: &diagnostics)
    let program = builder.program(parser.tree, &checker)
    let trace = unsafe isTraced ? TracePlan(parser.tree, text: text, &checker, &builder) : nil
    return unsafe CompiledExpression(
      program: program, text: Array(text), spans: parser.tree.nodes.map(\.span), trace: trace)
  }
}

/// An expression of a policy, ready for evaluation by any number of threads.
struct CompiledExpression: Sendable {
  let program: Program
  /// UTF-8.
  let text: [UInt8]
  /// Where each node of the tree stood.
  let spans: [SourceSpan]
  let trace: TracePlan?

  /// A part of the text on one line, cut where it is long.
  func excerpt(_ span: SourceSpan) -> String {
    // More bytes than the characters that are shown have.
    let end = min(span.end, span.start + 16 * Self.excerptLimit, text.count)
    let part = String(decoding: text[min(span.start, end)..<end], as: UTF8.self)
    let line = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= Self.excerptLimit && end == span.end ? line : line.prefix(Self.excerptLimit) + "…"
  }

  /// In characters.
  private static let excerptLimit = 60
}

internal import ArgumentParser
internal import CEL
internal import DiagnosticRendering
internal import Diagnostics
internal import Source

/// `ast`: the syntax tree of a condition.
struct SyntaxTreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ast", abstract: "Print the syntax tree of a condition.")

  @Argument(help: "The condition.")
  var expression: String

  func run() throws {
    let (tree, diagnostics) = parseExpression(expression, options: .policy)
    try writeOutput(Array((describe(tree) + "\n").utf8))
    try report(diagnostics, of: expression)
  }
}

/// Says on standard error what is wrong with a condition from the command line.
///
/// - Throws: `ExitStatus.findings` where there is an error.
func report(_ diagnostics: [Diagnostic], of expression: String) throws {
  let findings = FileFindings(
    source: SourceText(name: "<expression>", text: expression), status: 0, policyCount: 0, diagnostics: diagnostics)
  let style = TerminalStyle(.auto, isTerminal: StandardStream.error.isTerminal, environment: environmentVariable)
  _ = StandardStream.error.write([TextRenderer(style: style, showsSummary: false).renderAll([findings])])
  if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.findings }
}

internal import ArgumentParser
internal import CEL
internal import DiagnosticRendering
internal import Source

/// `tokens`: the tokens of a condition, a line each: where it stands, what it is, how it is written.
struct TokensCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tokens", abstract: "Print the tokens of a condition.")

  @Argument(help: "The condition.")
  var expression: String

  func run() throws {
    let text = SourceText(name: "", text: expression)
    let lines = tokens(of: expression).map { token in
      "\(token.span.start)..<\(token.span.end) \(token.kind) \(displayText(text.string(token.span)))\n"
    }
    try writeOutput(Array(lines.joined().utf8))
    try report(parseExpression(expression, options: .policy).diagnostics, of: expression)
  }
}

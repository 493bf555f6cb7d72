internal import ArgumentParser
internal import CEL
internal import DiagnosticRendering
internal import PolicyCortex
internal import Source

/// `types`: the types of a condition's parts, a line each: where it stands, its type, how it is written.
struct TypesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "types", abstract: "Print the type of every part of a condition.")

  @Argument(help: "The condition.")
  var expression: String

  func run() throws {
    let (types, diagnostics) = expressionTypes(of: expression)
    let text = SourceText(name: "", text: expression)
    let lines = types.map { part in
      "\(part.span.start)..<\(part.span.end) \(part.type) \(displayText(text.string(part.span)))\n"
    }
    try writeOutput(Array(lines.joined().utf8))
    try report(diagnostics, of: expression)
  }
}

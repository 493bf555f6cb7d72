internal import ArgumentParser
internal import DiagnosticRendering
internal import Diagnostics

/// `explain`: what a diagnostic means, with a bad and a good example.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a diagnostic means; without a code, list them all.")

  @Argument(
    help: "The code, as in error[unknown-field].", completion: .list(DiagnosticCatalog.descriptors.map(\.id)))
  var code: String?

  @Option(help: "Whether the output is coloured.")
  var color = ColorChoice.auto

  func run() throws {
    guard let code else {
      return try writeOutput(Explanation.list(DiagnosticCatalog.descriptors))
    }
    guard let descriptor = DiagnosticCatalog.descriptor(code) else {
      let closest = closestName(to: code, among: DiagnosticCatalog.descriptors.map(\.id))
      let suggestion = closest.map { "; did you mean `\($0)`?" } ?? ""
      StandardStream.error.write("error: no diagnostic `\(displayText(code))`\(suggestion)\n")
      throw ExitStatus.failure
    }
    let style = TerminalStyle(color, isTerminal: StandardStream.output.isTerminal, environment: environmentVariable)
    try writeOutput(Explanation(descriptor, style: style).render())
  }
}

/// Writes to the standard output, or says why not.
func writeOutput(_ bytes: [UInt8]) throws {
  guard let failure = StandardStream.output.write([bytes]) else { return }
  StandardStream.error.write("error: cannot write the output: \(errorText(failure))\n")
  throw ExitStatus.failure
}

internal import ArgumentParser
internal import DiagnosticRendering

/// `diagnostics`: the reference of all diagnostics.
struct DiagnosticsCommand: ParsableCommand {
  /// The formats of the reference.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case json, markdown
  }

  static let configuration = CommandConfiguration(
    commandName: "diagnostics", abstract: "Print the reference of all diagnostics.")

  @Option(help: "How it is written.")
  var format = Format.markdown

  func run() throws {
    switch format {
    case .json: try writeOutput(DiagnosticReference.json())
    case .markdown: try writeOutput(DiagnosticReference.markdown())
    }
  }
}

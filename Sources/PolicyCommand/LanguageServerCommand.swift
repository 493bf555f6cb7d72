internal import ArgumentParser
internal import PolicyLanguageServer

/// `lsp`: the language server.
struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Help an editor: the language server, on the standard input and output.",
    discussion: """
      Speaks the Language Server Protocol 3.17 with the editor that starts it. What it finds in a file is what validate \
      finds in the same text, with the same configuration.
      """)

  @Flag(help: "Speak on the standard input and output, as is done anyway.")
  var stdio = false

  func run() throws {
    let status = serveLanguage(
      input: StandardStream.input.descriptor, output: StandardStream.output.descriptor, version: PolicyCommand.version)
    if status != 0 { throw ExitStatus(rawValue: status) ?? .failure }
  }
}

internal import ArgumentParser
internal import Glibc

/// The command line.
///
/// Plain commands, none of them `async`: an asynchronous `main` costs ten milliseconds at start.
@main
struct PolicyCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "policycortex",
    abstract: "Validates governance policies before they are submitted.",
    discussion: "Exit status: 0 clean, 1 findings, 2 wrong usage, or input that could not be read.",
    version: "policycortex \(version)",
    subcommands: [
      ValidateCommand.self, FormatCommand.self, EvaluateCommand.self, TestCommand.self, LanguageServerCommand.self,
      ExplainCommand.self,
      DiagnosticsCommand.self, TokensCommand.self, SyntaxTreeCommand.self, TypesCommand.self, CompletionsCommand.self,
      ManualCommand.self, VersionCommand.self,
    ])

  static func main() {
    // A reader that goes away, such as `head`, is answered where the output is written.
    _ = signal(SIGPIPE, SIG_IGN)
    do {
      if let run = ValidationRun(plainArguments: CommandLine.arguments.dropFirst()) { return try run.run() }
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      Glibc.exit(status.rawValue)
    } catch {
      let message = fullMessage(for: error)
      guard exitCode(for: error).isSuccess else {
        StandardStream.error.write(message + "\n")
        Glibc.exit(ExitStatus.failure.rawValue)
      }
      if !message.isEmpty { StandardStream.output.write(message + "\n") }
    }
  }
}

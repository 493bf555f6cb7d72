internal import ArgumentParser

/// `completions`: a script that teaches a shell to complete commands.
struct CompletionsCommand: ParsableCommand {
  /// The shells.
  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var completionShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print a completion script for a shell.")

  @Argument(help: "The shell.")
  var shell: Shell

  func run() throws {
    try writeOutput(Array((PolicyCommand.completionScript(for: shell.completionShell) + "\n").utf8))
  }
}

internal import ArgumentParser

/// `version`: which release this is.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

  func run() throws { try writeOutput(Array("policycortex \(PolicyCommand.version)\n".utf8)) }
}

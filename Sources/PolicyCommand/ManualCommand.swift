internal import ArgumentParser

/// `manual`: the manual page.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, for man.",
    discussion: "To read it: policycortex manual | man -l -")

  func run() throws {
    let page = ManualPage(CommandHelp(of: PolicyCommand.self), version: PolicyCommand.version)
    try writeOutput(Array(page.written().utf8))
  }
}

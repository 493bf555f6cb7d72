internal import ArgumentParser
internal import DiagnosticRendering
internal import Diagnostics

/// The output formats: `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case pretty, concise, json, jsonl, api
}

/// What makes a run fail: `--fail-level`.
enum FailLevel: String, CaseIterable, ExpressibleByArgument {
  case error, warning, hint

  var severity: Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .hint: .hint
    }
  }
}

extension ColorChoice: ExpressibleByArgument {}

/// `validate`: says everything that is wrong with policies.
struct ValidateCommand: ParsableCommand {
  static let aliases = ["check", "lint"]

  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say everything that is wrong with policies.",
    discussion: """
      In directories every *.json, *.yaml and *.yml is validated, hidden ones aside; a file that is named is validated \
      whatever it is called. Without a path the standard input is read.
      """,
    aliases: aliases)

  @Argument(help: "Files and directories; - is the standard input.", completion: .file())
  var paths: [String] = []

  @Option(
    help: "JSON Schemas of the resource types that policies may name: a file, or a directory of them.",
    completion: .directory)
  var resourceTypes: String?

  @Option(help: "How findings are written.")
  var format = OutputFormat.pretty

  @Option(name: .shortAndLong, help: "Write to a file, not to the standard output.", completion: .file())
  var output: String?

  @Option(help: "What the standard input is called; .json, .yaml or .yml tells its format.")
  var stdinFilename = ValidationRun.standardInputName

  @Option(help: "The least that makes the exit status 1.")
  var failLevel = FailLevel.error

  @Option(help: "Whether pretty output is coloured.")
  var color = ColorChoice.auto

  @Option(help: "How many files are validated at once. (default: the number of processors)")
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "Leave out the summary line.")
  var quiet = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if paths.isEmpty, StandardStream.input.isTerminal {
      throw ValidationError("name a file or directory, or give a policy on the standard input")
    }
  }

  func run() throws {
    try ValidationRun(
      paths: paths, format: format, output: output, standardInputName: stdinFilename, failLevel: failLevel.severity,
      color: color, jobs: jobs, showsSummary: !quiet, resourceTypes: resourceTypes
    ).run()
  }
}

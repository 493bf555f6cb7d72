internal import ArgumentParser
internal import DiagnosticRendering
internal import Diagnostics
internal import Glibc
internal import PolicyCortex

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
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say everything that is wrong with policies.",
    discussion: """
      In directories every *.json, *.yaml and *.yml is validated, hidden ones aside; a file that is named is validated \
      whatever it is called. Without a path the standard input is read.
      """,
    aliases: ["check", "lint"])

  @Argument(help: "Files and directories; - is the standard input.", completion: .file())
  var paths: [String] = []

  @Option(help: "How findings are written.")
  var format = OutputFormat.pretty

  @Option(name: .shortAndLong, help: "Write to a file, not to the standard output.", completion: .file())
  var output: String?

  @Option(help: "What the standard input is called; .json, .yaml or .yml tells its format.")
  var stdinFilename = "<stdin>"

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
    let search = InputSearch(paths.isEmpty ? ["-"] : paths, standardInputName: stdinFilename)
    var problems = search.problems
    let renderer = renderer()
    let outcomes = ParallelValidation(search.files, renderer: renderer, validator: PolicyValidator())
      .run(jobs: jobs ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    var summary = FindingsSummary()
    for (file, outcome) in zip(search.files, outcomes) {
      summary += outcome.summary
      if let failure = outcome.failure { problems.append("cannot read `\(file.name)`: \(errorText(failure))") }
    }
    let parts = outcomes.map(\.output)
    if summary.files > 0 || problems.isEmpty || format == .json {
      if let problem = write(renderer.assemble(parts: parts, summary)) { problems.append(problem) }
    }
    for problem in problems { StandardStream.error.write("error: \(displayText(problem))\n") }
    if !problems.isEmpty { throw ExitStatus.failure }
    if summary.count(atLeast: failLevel.severity) > 0 { throw ExitStatus.findings }
  }

  private func renderer() -> any FindingsRenderer {
    switch format {
    case .pretty:
      let style = TerminalStyle(
        color, isTerminal: output == nil && StandardStream.output.isTerminal, environment: environmentVariable)
      return TextRenderer(style: style, showsSummary: !quiet)
    case .concise: return ConciseRenderer()
    case .json: return JSONRenderer(toolVersion: PolicyCommand.version)
    case .jsonl: return JSONLinesRenderer()
    case .api: return ErrorEnvelope()
    }
  }

  /// Writes the findings where they belong.
  ///
  /// - Returns: What went wrong.
  private func write(_ bytes: [UInt8]) -> String? {
    guard let output else {
      return StandardStream.output.write(bytes).map { "cannot write the output: \(errorText($0))" }
    }
    let descriptor = unsafe withCString(Array(output.utf8)) {
      unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { return "cannot write `\(output)`: \(errorText(errno))" }
    let failure = StandardStream(descriptor: descriptor).write(bytes)
    let isClosed = close(descriptor) == 0
    guard let code = failure ?? (isClosed ? nil : errno) else { return nil }
    return "cannot write `\(output)`: \(errorText(code))"
  }
}

internal import ArgumentParser
internal import DiagnosticRendering
internal import Diagnostics

/// The output formats: `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case pretty, concise, json, jsonl, api
  case sarif, github, gitlab, junit, checkstyle, rdjson

  /// Whether the output is one document, which stands even where there is nothing to say.
  var isOneDocument: Bool {
    switch self {
    case .pretty, .concise, .jsonl, .api, .github: false
    case .json, .sarif, .gitlab, .junit, .checkstyle, .rdjson: true
    }
  }
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
      In directories every *.json, *.yaml and *.yml is validated, hidden ones, tests (*.test.yaml) and what the \
      configuration excludes aside; a file that is named is validated whatever it is called. Without a path the standard \
      input is read.

      The nearest .policycortex.yaml, walking up from each file, configures what is reported.
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

  @OptionGroup(title: "What is reported")
  var reporting: ReportingOptions

  @OptionGroup(title: "Fixes")
  var fixing: FixingOptions

  @Option(help: "Whether pretty output is coloured.")
  var color = ColorChoice.auto

  @Option(help: "How many files are validated at once. (default: the number of processors)")
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "Leave out the summary line.")
  var quiet = false

  @Flag(help: "Validate again whenever a file changes, until interrupted.")
  var watch = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if paths.isEmpty, StandardStream.input.isTerminal {
      throw ValidationError("name a file or directory, or give a policy on the standard input")
    }
    if watch, paths.isEmpty || paths.contains("-") { throw ValidationError("--watch needs files or directories") }
    if reporting.statistics {
      switch format {
      case .pretty, .concise, .json: break
      case .jsonl, .api, .sarif, .github, .gitlab, .junit, .checkstyle, .rdjson:
        throw ValidationError("--statistics goes with --format pretty, concise or json")
      }
      if fixing.diff { throw ValidationError("--statistics and --diff exclude each other") }
    }
  }

  func run() throws {
    var run = ValidationRun(paths: paths)
    run.format = format
    run.output = output
    run.standardInputName = stdinFilename
    run.failLevel = reporting.failLevel?.severity
    run.color = color
    run.jobs = jobs
    run.showsSummary = !quiet
    run.configurationSource = reporting.configurationSource
    run.selected = try codes(reporting.select, of: "--select")
    run.ignored = try codes(reporting.ignore, of: "--ignore")
    run.baseline = reporting.baseline
    run.writtenBaseline = reporting.writeBaseline
    run.changedSince = reporting.changedSince
    run.countsCodes = reporting.statistics
    run.fixing = fixing.fixing
    run.includesUnsafeFixes = fixing.unsafeFixes
    run.resourceTypes = resourceTypes
    if watch { try WatchLoop(run).run() } else { try run.run() }
  }

  /// The codes of an option, which may be given more than once, with commas between them.
  private func codes(_ values: [String], of option: String) throws -> [String] {
    let codes = values.flatMap { $0.split(separator: ",") }
      .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    for code in codes {
      guard let descriptor = DiagnosticCatalog.descriptor(code) else {
        let closest = closestName(to: code, among: DiagnosticCatalog.descriptors.map(\.id))
        throw ValidationError(
          "\(option): no diagnostic `\(displayText(code))`" + (closest.map { "; did you mean `\($0)`?" } ?? ""))
      }
      if descriptor.failure != nil {
        StandardStream.error.write("warning: \(option): `\(code)` is an error, and errors are always reported\n")
      }
    }
    return codes
  }
}

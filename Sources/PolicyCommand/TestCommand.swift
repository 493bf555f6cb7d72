internal import ArgumentParser
internal import DiagnosticRendering

/// How results of tests are written: `--format`.
enum TestFormat: String, CaseIterable, ExpressibleByArgument {
  case pretty, json, junit
}

/// How coverage is written: `--coverage-format`.
enum CoverageFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, lcov
}

/// `test`: runs the tests that stand beside policies.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests of policies.",
    discussion: """
      In directories every *.test.yaml, *.test.yml and *.test.json is run: {"policy": FILE, "tests": [{"name", "input" | \
      "input_file" | "resource", "decision", "rules": [ids of the rules that apply]}]}. Files are looked for from the \
      folder of the tests. Without a path the current directory is searched.

      The exit status is 1 when a test fails or a policy is not valid, and 2 when tests or inputs cannot be read.
      """)

  @Argument(help: "Files of tests, and directories.", completion: .file())
  var paths: [String] = []

  @Option(help: "How results are written.")
  var format = TestFormat.pretty

  @Option(name: .shortAndLong, help: "Write results to a file, not to the standard output.", completion: .file())
  var output: String?

  @Option(help: "Run only tests whose names contain this.")
  var filter: String?

  @Flag(help: "Say which parts of conditions were seen true and false.")
  var coverage = false

  @Option(help: "How coverage is written.")
  var coverageFormat = CoverageFormat.text

  @Option(help: "Write coverage to a file, not behind the results.", completion: .file())
  var coverageOutput: String?

  @Option(
    help: "JSON Schemas of the resource types that policies may name: a file, or a directory of them.",
    completion: .directory)
  var resourceTypes: String?

  @Option(help: "How many files are run at once. (default: the number of processors)")
  var jobs: Int?

  @Option(help: "Whether pretty output is coloured.")
  var color = ColorChoice.auto

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if coverage, coverageOutput == nil, format != .pretty, output == nil {
      throw ValidationError("--coverage with --format \(format.rawValue) needs --coverage-output or --output")
    }
  }

  func run() throws {
    try TestRun(
      paths: paths.isEmpty ? ["."] : paths, format: format, output: output, filter: filter,
      coverage: coverage || coverageOutput != nil ? coverageFormat : nil, coverageOutput: coverageOutput, jobs: jobs,
      color: color, resourceTypes: resourceTypes
    ).run()
  }
}

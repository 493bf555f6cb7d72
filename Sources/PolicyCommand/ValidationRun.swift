internal import DiagnosticRendering
internal import Diagnostics
internal import Glibc
internal import PolicyCortex

/// One run of `validate`: finds the files, validates and renders them, writes what was found.
struct ValidationRun {
  /// What the standard input is called when nothing else is said.
  static let standardInputName = "<stdin>"

  /// Files and directories; `-`, or none at all, is the standard input.
  var paths: [String]
  var format = OutputFormat.pretty
  /// The file to write to; `nil` is the standard output.
  var output: String?
  var standardInputName = ValidationRun.standardInputName
  var failLevel = Severity.error
  var color = ColorChoice.auto
  /// How many threads work; `nil` for one a processor.
  var jobs: Int?
  var showsSummary = true

  /// Runs to the end.
  ///
  /// - Throws: `ExitStatus`, unless nothing was found.
  func run() throws {
    let search = InputSearch(paths.isEmpty ? ["-"] : paths, standardInputName: standardInputName)
    var problems = search.problems
    let files = search.files
    let renderer = renderer()
    let jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    // Threads that have no file of their own share the rules of one.
    let validator = PolicyValidator(workers: max(1, jobs / max(1, files.count)))
    var outcomes = parallelMap(files.count, workers: jobs) { FileOutcome(of: files[$0], validator) }
    FileOutcome.compare(&outcomes)
    let findings = outcomes.map(\.findings)
    let parts = parallelMap(files.count, workers: jobs) { findings[$0].map { renderer.render($0) } ?? [] }

    var summary = FindingsSummary()
    for (file, outcome) in zip(files, outcomes) {
      if let findings = outcome.findings { summary += FindingsSummary(findings) }
      if let failure = outcome.failure { problems.append("cannot read `\(file.name)`: \(errorText(failure))") }
    }
    if summary.files > 0 || problems.isEmpty || format == .json {
      if let problem = write(renderer.assembled(parts, summary)) { problems.append(problem) }
    }
    for problem in problems { StandardStream.error.write("error: \(displayText(problem))\n") }
    if !problems.isEmpty { throw ExitStatus.failure }
    if summary.count(atLeast: failLevel) > 0 { throw ExitStatus.findings }
  }

  private func renderer() -> any FindingsRenderer {
    switch format {
    case .pretty:
      let style = TerminalStyle(
        color, isTerminal: output == nil && StandardStream.output.isTerminal, environment: environmentVariable)
      return TextRenderer(style: style, showsSummary: showsSummary)
    case .concise: return ConciseRenderer()
    case .json: return JSONRenderer(toolVersion: PolicyCommand.version)
    case .jsonl: return JSONLinesRenderer()
    case .api: return ErrorEnvelope()
    }
  }

  /// Writes the findings where they belong.
  ///
  /// - Returns: What went wrong.
  private func write(_ parts: [[UInt8]]) -> String? {
    guard let output else {
      return StandardStream.output.write(parts).map { "cannot write the output: \(errorText($0))" }
    }
    let descriptor = unsafe withCString(Array(output.utf8)) {
      unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { return "cannot write `\(output)`: \(errorText(errno))" }
    let failure = StandardStream(descriptor: descriptor).write(parts)
    let isClosed = close(descriptor) == 0
    guard let code = failure ?? (isClosed ? nil : errno) else { return nil }
    return "cannot write `\(output)`: \(errorText(code))"
  }
}

extension ValidationRun {
  /// Reads the plainest command lines, `validate [--format FORMAT] PATH…`, without ArgumentParser.
  ///
  /// Editors and commit hooks start the command for each file, and ArgumentParser takes a millisecond to look at its own
  /// types: as long as all the rest. Whatever is less plain, wrong usage included, is left to it.
  init?(plainArguments arguments: some Collection<String>) {
    guard let command = arguments.first, command == "validate" || ValidateCommand.aliases.contains(command) else {
      return nil
    }
    self.init(paths: [])
    var rest = arguments.dropFirst()
    while let argument = rest.popFirst() {
      if argument == "--format" {
        guard let format = rest.popFirst().flatMap(OutputFormat.init(rawValue:)) else { return nil }
        self.format = format
      } else if argument == "-" || !argument.utf8.starts(with: "-".utf8) && !argument.isEmpty {
        paths.append(argument)
      } else {
        return nil
      }
    }
    if paths.isEmpty { return nil }
  }
}

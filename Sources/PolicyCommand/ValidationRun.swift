internal import DocumentTree
internal import DiagnosticRendering
internal import Diagnostics
internal import Glibc
internal import PolicyCortex
internal import Source

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
  /// What fails the run; `nil` for what the configuration says.
  var failLevel: Severity?
  var color = ColorChoice.auto
  /// How many threads work; `nil` for one a processor.
  var jobs: Int?
  var showsSummary = true
  var configurationSource = RunConfigurations.Source.nearest
  /// The codes of advice that are reported; empty for what the configuration says.
  var selected: [String] = []
  /// The codes of advice that are not reported, besides those of the configuration.
  var ignored: [String] = []
  /// The file that knows findings which are not reported.
  var baseline: String?
  /// The file that the findings are written to, to be known later.
  var writtenBaseline: String?
  /// The revision from which a file must differ to be validated.
  var changedSince: String?
  /// Whether findings are counted instead of shown.
  var countsCodes = false
  var fixing = FilePlan.Fixing.none
  var includesUnsafeFixes = false

  /// Where the schemas of resource types are; `nil` for what the configuration says.
  var resourceTypes: String?

  init(paths: [String]) { self.paths = paths }

  /// Runs to the end.
  ///
  /// - Throws: `ExitStatus`, unless nothing was found.
  func run() throws {
    var configurations = RunConfigurations(configurationSource, resourceTypes: resourceTypes)
    let search = InputSearch(
      paths.isEmpty ? ["-"] : paths, standardInputName: standardInputName, &configurations)
    try configurations.report(color)
    var problems = search.problems
    let files = try changed(search.files)
    let jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let plan = try plan(configurations, files, workers: max(1, jobs / max(1, files.count)))
    let progress = StandardStream.error.isTerminal && showsSummary ? ProgressLine(total: files.count) : nil
    var outcomes = parallelMap(files.count, workers: jobs) { index in
      defer { progress?.advance() }
      return plan.outcome(of: files[index])
    }
    progress?.finish()
    plan.compare(&outcomes, files)
    let found = outcomes
    let answers = parallelMap(files.count, workers: jobs) { plan.answer(found[$0], of: files[$0]) }

    var summary = FindingsSummary()
    for answer in answers { summary += answer.summary }
    for (file, outcome) in zip(files, outcomes) {
      if let failure = outcome.failure { problems.append("cannot read `\(file.name)`: \(errorText(failure))") }
      if let failure = outcome.fixFailure { problems.append("cannot fix `\(file.name)`: \(failure.text)") }
    }
    if summary.files > 0 || problems.isEmpty || format.isOneDocument {
      if let problem = write(outcomes, answers, summary, plan) { problems.append(problem) }
    }
    if let problem = writeBaseline(zip(files, answers)) { problems.append(problem) }
    for problem in problems { say(problem) }
    if !problems.isEmpty { throw ExitStatus.failure }
    let wouldChange = fixing == .shown && outcomes.contains(where: \.isChanged)
    if wouldChange || answers.contains(where: \.isFailing) { throw ExitStatus.findings }
  }

  private func say(_ problem: String) { StandardStream.error.write("error: \(displayText(problem))\n") }

  /// The files that differ from the revision, if one is named.
  private func changed(_ files: [InputFile]) throws -> [InputFile] {
    guard let changedSince else { return files }
    do throws(GitChanges.Failure) {
      let changes = try GitChanges(since: changedSince)
      var locations = FileLocations()
      return files.filter { file in locations.absolutePath(of: file).map(changes.contains) ?? true }
    } catch {
      say(error.text)
      throw ExitStatus.failure
    }
  }

  /// What is done with each file.
  private func plan(_ configurations: RunConfigurations, _ files: [InputFile], workers: Int) throws -> FilePlan {
    let configured = configurations.files.map(\.configuration)
    var schemas = try ConfiguredSchemas(resourceTypes: resourceTypes)
    // Threads that have no file of their own share the rules of one.
    let validators = try (configured.map(Optional.init) + [nil]).map { configuration in
      PolicyValidator(
        resourceTypes: try schemas.resourceTypes(of: configuration), inputs: try schemas.inputs(of: configuration),
        advice: selection(configuration?.advice ?? AdviceSelection()), workers: workers)
    }
    var plan = FilePlan(
      validators: validators, failLevels: (configured.map(\.failLevel) + [nil]).map { failLevel ?? $0 ?? .error },
      renderer: renderer())
    plan.fixing = fixing
    plan.includesUnsafeFixes = includesUnsafeFixes
    plan.countsCodes = countsCodes
    plan.writesBaseline = writtenBaseline != nil
    if let baseline { plan.known = try known(to: baseline, files) }
    return plan
  }

  /// What a configuration asks for, as far as the command line does not say otherwise.
  ///
  /// What is selected here is reported even if the configuration ignores it.
  private func selection(_ configured: AdviceSelection) -> AdviceSelection {
    var advice = configured
    if !selected.isEmpty {
      advice.selected = Set(selected)
      advice.ignored = []
    }
    advice.ignored.formUnion(ignored)
    return advice
  }

  private func renderer() -> any FindingsRenderer {
    switch format {
    case .pretty:
      let isTerminal = output == nil && findingsStream.isTerminal
      let style = TerminalStyle(color, isTerminal: isTerminal, environment: environmentVariable)
      return TextRenderer(style: style, showsSummary: showsSummary)
    case .concise: return ConciseRenderer()
    case .json: return JSONRenderer(toolVersion: PolicyCommand.version)
    case .jsonl: return JSONLinesRenderer()
    case .api: return ErrorEnvelope()
    case .sarif: return SARIFRenderer(toolVersion: PolicyCommand.version, workingDirectory: workingDirectory())
    case .github: return GitHubRenderer()
    case .gitlab: return GitLabRenderer()
    case .junit: return JUnitRenderer(failLevel: failLevel ?? .error)
    case .checkstyle: return CheckstyleRenderer()
    case .rdjson: return ReviewdogRenderer()
    }
  }
}

// MARK: - Baselines

extension ValidationRun {
  /// The fingerprints that a baseline has of each file.
  private func known(to baseline: String, _ files: [InputFile]) throws -> [InputFile: Set<String>] {
    let problem: String
    switch InputFile.file(Array(baseline.utf8)).read() {
    case .tooLarge: problem = "cannot read `\(baseline)`: it is too large"
    case .unreadable(let code): problem = "cannot read `\(baseline)`: \(errorText(code))"
    case .bytes(let bytes):
      do throws(UnreadableInput) {
        let known = try Baseline(SourceText(name: baseline, bytes: bytes)).known
        var locations = FileLocations()
        let pairs = files.map { ($0, known[locations.name(of: $0, besides: baseline)] ?? []) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
      } catch {
        problem = "\(error.place): \(error.message)"
      }
    }
    say(problem)
    throw ExitStatus.failure
  }

  /// Writes the baseline, if one is asked for; says what went wrong.
  private func writeBaseline(_ answers: some Sequence<(InputFile, FileAnswer)>) -> String? {
    guard let writtenBaseline else { return nil }
    var locations = FileLocations()
    let entries = answers.map { file, answer in
      (path: locations.name(of: file, besides: writtenBaseline), entries: answer.baselineEntries)
    }
    return writeFile([Baseline.written(entries)], to: writtenBaseline)
  }
}

// MARK: - Output

extension ValidationRun {
  /// Where findings go when no file is named: the standard output, unless that has the fixed standard input.
  private var findingsStream: StandardStream {
    let isInput = paths.isEmpty || paths.contains("-")
    return fixing == .inPlace && isInput ? .error : .output
  }

  /// Writes what was found where it belongs.
  ///
  /// - Returns: What went wrong.
  private func write(
    _ outcomes: [FileOutcome], _ answers: [FileAnswer], _ summary: FindingsSummary, _ plan: FilePlan
  ) -> String? {
    for outcome in outcomes {
      guard let input = outcome.fixedInput, let failure = StandardStream.output.write([input]) else { continue }
      return "cannot write the output: \(errorText(failure))"
    }
    let parts = answers.map(\.output)
    let output: [[UInt8]]
    if countsCodes {
      var statistics = FindingStatistics()
      for answer in answers { statistics += answer.statistics }
      output = format == .json ? [statistics.json(summary)] : [statistics.text(), plan.renderer.epilogue(summary)]
    } else {
      output = fixing == .shown ? parts : plan.renderer.assembled(parts, summary)
    }
    if let file = self.output { return writeFile(output, to: file) }
    return findingsStream.write(output).map { "cannot write the output: \(errorText($0))" }
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

internal import DiagnosticRendering
internal import Glibc
internal import PolicyCortex

/// One run of `test`: finds the files of tests, runs them, writes what came.
struct TestRun {
  var paths: [String]
  var format: TestFormat
  /// The file to write to; `nil` is the standard output.
  var output: String?
  /// Tests whose names do not contain it are left out.
  var filter: String?
  var coverage: CoverageFormat?
  var coverageOutput: String?
  var jobs: Int?
  var color: ColorChoice
  /// Where the schemas of resource types are; `nil` for what the configuration says.
  var resourceTypes: String?

  /// Runs to the end.
  ///
  /// - Throws: `ExitStatus`, unless all tests pass.
  func run() throws {
    var configurations = RunConfigurations(.nearest, resourceTypes: resourceTypes)
    let search = InputSearch(paths, standardInputName: "<stdin>", &configurations, for: .tests)
    try configurations.report(color)
    var problems = search.problems
    let files = search.files
    let filter = filter
    let jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var configured = try ConfiguredSchemas(resourceTypes: resourceTypes)
    let schemas = try (configurations.files.map { Optional($0.configuration) } + [nil]).map { configuration in
      TestFileOutcome.Schemas(
        resourceTypes: try configured.resourceTypes(of: configuration), inputs: try configured.inputs(of: configuration)
      )
    }
    let suites = parallelMap(files.count, workers: jobs) { index in
      TestFileOutcome(of: files[index], filter: filter, schemas[files[index].configuration ?? schemas.count - 1])
    }
    for suite in suites { problems += suite.problems }
    let style = TerminalStyle(
      color, isTerminal: output == nil && StandardStream.output.isTerminal, environment: environmentVariable)
    let results: [UInt8] =
      switch format {
      case .pretty: TestText(style: style).written(suites)
      case .json: TestJSON.written(suites)
      case .junit: TestJUnit.written(suites)
      }
    if let problem = write(results, to: output) { problems.append(problem) }
    if let coverage {
      let conditions = CoverageReport(suites)
      let report: [UInt8] =
        switch coverage {
        case .text: conditions.text(style)
        case .json: conditions.json()
        case .lcov: conditions.lcov()
        }
      if let problem = write(report, to: coverageOutput) { problems.append(problem) }
    }
    let errorStyle = TerminalStyle(color, isTerminal: StandardStream.error.isTerminal, environment: environmentVariable)
    let findings = suites.flatMap(\.findings)
    if !findings.isEmpty {
      _ = StandardStream.error.write([TextRenderer(style: errorStyle, showsSummary: false).renderAll(findings)])
    }
    for problem in problems { StandardStream.error.write("error: \(displayText(problem))\n") }
    if !problems.isEmpty || suites.contains(where: \.isMalformed) { throw ExitStatus.failure }
    if filter != nil, !suites.contains(where: { !$0.tests.isEmpty }) {
      StandardStream.error.write("error: no test has such a name\n")
      throw ExitStatus.failure
    }
    if suites.contains(where: { !$0.isPassed }) { throw ExitStatus.findings }
  }

  /// Writes bytes to a file, or to the standard output.
  ///
  /// - Returns: What went wrong.
  private func write(_ bytes: [UInt8], to path: String?) -> String? {
    guard let path else {
      return StandardStream.output.write([bytes]).map { "cannot write the output: \(errorText($0))" }
    }
    return writeFile([bytes], to: path)
  }
}

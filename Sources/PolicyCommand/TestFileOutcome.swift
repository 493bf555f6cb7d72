internal import CEL
internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What became of one file of tests.
struct TestFileOutcome: Sendable {
  /// One test that was run.
  struct Test: Sendable {
    let name: String
    /// `path:line` of the test.
    let place: String
    /// What was expected and did not come, a line each.
    var failures: [String] = []
    /// What the policy answered.
    var answer: PolicyAnswer?
  }

  let path: String
  /// The policy's path.
  private(set) var policyPath = ""
  private(set) var policyCount = 0
  private(set) var tests: [Test] = []
  private(set) var coverage: [ConditionCoverage] = []
  /// The policy, for the places of its conditions.
  private(set) var policy: ValidationReport?
  /// What is wrong with the file, or with its policy.
  private(set) var findings: [FileFindings] = []
  /// The file is no file of tests.
  private(set) var isMalformed = false
  /// Files that cannot be read, a line each.
  private(set) var problems: [String] = []

  var isPassed: Bool { findings.isEmpty && tests.allSatisfy(\.failures.isEmpty) }

  /// What is known of the inputs of a file's policy.
  struct Schemas: Sendable {
    var resourceTypes: ResourceTypeCatalogue?
    var inputs = InputSchemas()
  }

  /// Reads a file and its policy, and runs the tests whose names contain a text.
  init(of file: InputFile, filter: String?, _ schemas: Schemas) {
    path = file.name
    guard let bytes = read(file) else { return }
    let source = SourceText(name: path, bytes: bytes)
    let (suite, diagnostics) = PolicyTestSuite.read(source)
    guard let suite else {
      isMalformed = true
      add(diagnostics, of: source)
      return
    }
    policyPath = beside(suite.policy)
    guard let policyBytes = read(.file(Array(policyPath.utf8))) else { return }
    let report = PolicyValidator(resourceTypes: schemas.resourceTypes, inputs: schemas.inputs)
      .validate(policyBytes, name: policyPath)
    policy = report
    policyCount = report.policies.count
    let errors = report.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else {
      add(errors, of: report.source)
      return
    }
    let tester = PolicyTester(report.policies, resourceTypes: schemas.resourceTypes, inputs: schemas.inputs)
    coverage = tester.conditions.map { ConditionCoverage($0) }
    let lines = LineTable(source)
    let now = EvaluationInput.currentTime()
    for test in suite.tests {
      if let filter, !test.name.contains(filter) { continue }
      run(test, tester, now, place: "\(path):\(lines.position(of: test.span.start).line)", lines, source)
    }
  }

  private mutating func run(
    _ test: PolicyTest, _ tester: PolicyTester, _ now: Timestamp, place: String, _ lines: LineTable,
    _ source: SourceText
  ) {
    var outcome = Test(name: test.name, place: place)
    do throws(UnreadableInput) {
      let result = tester.result(of: test, on: try input(of: test, tester, now, lines))
      outcome.failures = result.failures
      outcome.answer = result.answer
      for index in coverage.indices {
        let condition = coverage[index].condition
        let rule = result.answer.rules.first { $0.policy == condition.policy && $0.index == condition.index }
        if let trace = rule?.trace { coverage[index].add(trace) }
      }
    } catch {
      outcome.failures = ["the input cannot be read: \(error.place): \(error.message)"]
      problems.append("\(error.place): \(error.message)")
    }
    tests.append(outcome)
  }

  private mutating func input(
    of test: PolicyTest, _ tester: PolicyTester, _ now: Timestamp, _ lines: LineTable
  ) throws(UnreadableInput) -> EvaluationInput {
    switch test.input {
    case .inline(let document, _), .resource(let document, _):
      do throws(InputFault) {
        if let input = try tester.inlineInput(of: test, now: now) { return input }
      } catch {
        let position = lines.position(of: document[error.node].span.start)
        throw UnreadableInput(place: "\(path):\(position.line):\(position.column)", message: error.message)
      }
      throw UnreadableInput(place: path, message: "there is no input")
    case .file(let name, let span):
      let position = lines.position(of: span.start)
      let place = "\(path):\(position.line):\(position.column)"
      let file = beside(name)
      switch InputFile.file(Array(file.utf8)).read() {
      case .unreadable: throw UnreadableInput(place: place, message: "cannot read `\(file)`")
      case .tooLarge: throw UnreadableInput(place: place, message: "`\(file)` is too large")
      case .bytes(let bytes):
        // One input, however many lines it has.
        let text = SourceText(name: file, bytes: bytes)
        return try InputDocuments.Item(name: file, text: text, firstLine: 1, file: file).input(
          now: now, tester.evaluator)
      }
    }
  }

  private mutating func read(_ file: InputFile) -> [UInt8]? {
    switch file.read() {
    case .bytes(let bytes): return bytes
    case .tooLarge:
      problems.append("cannot read `\(file.name)`: it has more than \(DocumentLimits.byteCount >> 20) MiB")
    case .unreadable(let code): problems.append("cannot read `\(file.name)`: \(errorText(code))")
    }
    return nil
  }

  private mutating func add(_ diagnostics: [Diagnostic], of source: SourceText) {
    findings.append(FileFindings(source: source, status: 0, policyCount: 0, diagnostics: diagnostics))
  }

  /// A path that is meant from the folder of the tests.
  private func beside(_ name: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
    return String(path[...slash]) + name
  }
}

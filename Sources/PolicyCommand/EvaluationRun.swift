internal import CEL
internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import Glibc
internal import PolicyCortex
internal import Source

/// One run of `evaluate`: reads a policy and its inputs, and writes an answer for each.
struct EvaluationRun {
  var policy: String
  var input: String
  var isTraced: Bool
  /// The least decision that fails the run.
  var failOn: Decision?
  var format: AnswerFormat
  var color: ColorChoice
  /// Where the schemas of resource types are; `nil` for what the configuration says.
  var resourceTypes: String?

  /// Answers are gathered up to so many bytes before they are written.
  private static let bufferSize = 1 << 16

  /// Runs to the end.
  ///
  /// - Throws: `ExitStatus`, unless all inputs were answered and no decision fails the run.
  func run() throws {
    var configurations = RunConfigurations(.nearest, resourceTypes: nil)
    let directory = policy == "-" ? [UInt8(ascii: ".")] : RunConfigurations.directory(of: Array(policy.utf8))
    let place = configurations.place(directory)
    try configurations.report(color)
    let configuration = place.configuration.map { configurations.files[$0].configuration }
    var schemas = try ConfiguredSchemas(resourceTypes: resourceTypes)
    let catalogue = try schemas.resourceTypes(of: configuration)
    let inputSchemas = try schemas.inputs(of: configuration)
    let report = try validated(catalogue, inputSchemas)
    let evaluator = PolicyEvaluator(
      report.policies, resourceTypes: catalogue, inputs: inputSchemas, isTraced: isTraced)
    let style = TerminalStyle(color, isTerminal: StandardStream.output.isTerminal, environment: environmentVariable)
    let inputs = InputDocuments(try bytes(of: input), name: input == "-" ? "<stdin>" : input)
    let now = EvaluationInput.currentTime()
    var isFailed = false
    var isDenied = false
    var count = 0
    var output: [UInt8] = []
    for item in inputs {
      count += 1
      do throws(UnreadableInput) {
        let input = try item.input(now: now, evaluator)
        for name in input.unknownMembers { warn(of: name, in: item) }
        let answer = evaluator.answer(to: input)
        if let failOn, answer.decision >= failOn { isDenied = true }
        switch format {
        case .json: output += AnswerJSON(policyCount: report.policies.count).written(answer)
        case .pretty:
          output += AnswerText(style: style, policyCount: report.policies.count).written(answer, of: item.name)
        }
      } catch {
        isFailed = true
        StandardStream.error.write("error: \(displayText("\(error.place): \(error.message)"))\n")
        if format == .json { output += AnswerJSON.written(error) }
      }
      guard output.count >= Self.bufferSize else { continue }
      try writeOutput(output)
      output.removeAll(keepingCapacity: true)
    }
    try writeOutput(output)
    if count == 0 {
      StandardStream.error.write("error: no input in `\(displayText(inputs.name))`\n")
      throw ExitStatus.failure
    }
    if isFailed { throw ExitStatus.failure }
    if isDenied { throw ExitStatus.findings }
  }

  /// The policy's report, which has no errors.
  private func validated(_ catalogue: ResourceTypeCatalogue?, _ inputs: InputSchemas) throws -> ValidationReport {
    let name = policy == "-" ? "<stdin>" : policy
    let report = PolicyValidator(resourceTypes: catalogue, inputs: inputs)
      .validate(try bytes(of: policy), name: name)
    let errors = report.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else {
      let findings = FileFindings(
        source: report.source, status: report.status.rawValue, policyCount: report.policies.count, diagnostics: errors)
      let style = TerminalStyle(color, isTerminal: StandardStream.error.isTerminal, environment: environmentVariable)
      _ = StandardStream.error.write([TextRenderer(style: style).renderAll([findings])])
      throw ExitStatus.findings
    }
    return report
  }

  private func bytes(of path: String) throws -> [UInt8] {
    let file = path == "-" ? InputFile.standardInput(name: "<stdin>") : InputFile.file(Array(path.utf8))
    let problem: String
    switch file.read() {
    case .bytes(let bytes): return bytes
    case .tooLarge: problem = "it has more than \(DocumentLimits.byteCount >> 20) MiB"
    case .unreadable(let code): problem = errorText(code)
    }
    StandardStream.error.write("error: \(displayText("cannot read `\(file.name)`: \(problem)"))\n")
    throw ExitStatus.failure
  }

  private func warn(of member: String, in item: InputDocuments.Item) {
    let closest = closestName(to: member, among: EvaluationInput.members).map { "; did you mean `\($0)`?" } ?? ""
    StandardStream.error.write(
      "warning: \(displayText("\(item.name): the input's member `\(member)` means nothing\(closest)"))\n")
  }
}

internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import Glibc
internal import PolicyCortex
internal import Source

/// One run of `format`: finds the files, lays their conditions out, and writes them or says what would change.
struct FormattingRun {
  enum Mode { case write, check, diff }

  var paths: [String]
  var mode: Mode
  var formatter: PolicyFormatter
  var standardInputName: String
  var jobs: Int?
  var showsSummary: Bool
  var color: ColorChoice

  /// What became of one file.
  private enum Outcome: Sendable {
    case report(FormattingReport)
    case tooLarge
    /// An `errno`.
    case unreadable(Int32)
  }

  /// Runs to the end.
  ///
  /// - Throws: `ExitStatus`, unless all is laid out now, or was before with `--check` and `--diff`.
  func run() throws {
    var configurations = RunConfigurations(.nearest, resourceTypes: nil)
    let search = InputSearch(
      paths.isEmpty ? ["-"] : paths, standardInputName: standardInputName, &configurations)
    try configurations.report(color)
    var problems = search.problems
    let files = search.files
    let formatter = formatter
    let jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let outcomes = parallelMap(files.count, workers: jobs) { index -> Outcome in
      switch files[index].read() {
      case .bytes(let bytes): .report(formatter.format(bytes, name: files[index].name))
      case .tooLarge: .tooLarge
      case .unreadable(let code): .unreadable(code)
      }
    }
    var output: [[UInt8]] = []
    var obstacles: [FileFindings] = []
    var changedCount = 0
    for (file, outcome) in zip(files, outcomes) {
      switch outcome {
      case .unreadable(let code): problems.append("cannot read `\(file.name)`: \(errorText(code))")
      case .tooLarge:
        problems.append("cannot read `\(file.name)`: it has more than \(DocumentLimits.byteCount >> 20) MiB")
      case .report(let report):
        if !report.obstacles.isEmpty {
          obstacles.append(
            FileFindings(source: report.source, status: 0, policyCount: 0, diagnostics: report.obstacles))
        }
        if report.isChanged { changedCount += 1 }
        if let problem = write(report, of: file, to: &output) { problems.append(problem) }
      }
    }
    if let failure = StandardStream.output.write(output) {
      problems.append("cannot write the output: \(errorText(failure))")
    }
    report(obstacles)
    if showsSummary, mode != .diff, !files.contains(where: { $0.path == nil }) {
      StandardStream.error.write(summary(changedCount, of: outcomes.count) + "\n")
    }
    for problem in problems { StandardStream.error.write("error: \(displayText(problem))\n") }
    if !problems.isEmpty { throw ExitStatus.failure }
    if !obstacles.isEmpty || changedCount > 0 && mode != .write { throw ExitStatus.findings }
  }

  /// Writes a file, or says what would change.
  ///
  /// - Returns: What went wrong.
  private func write(_ report: FormattingReport, of file: InputFile, to output: inout [[UInt8]]) -> String? {
    switch mode {
    case .check: if report.isChanged { output.append(Array("would format \(displayText(file.name))\n".utf8)) }
    case .diff: output.append(UnifiedDiff(from: report.source.bytes, to: report.bytes).written(path: file.name))
    case .write:
      guard let path = file.path else {
        output.append(report.bytes)
        return nil
      }
      guard report.isChanged else { return nil }
      do throws(AtomicFileError) { try AtomicFile.replace(path, report.source.bytes, with: report.bytes) } catch {
        return "cannot write `\(file.name)`: \(error.text)"
      }
    }
    return nil
  }

  /// Says what was left as it is, and why.
  private func report(_ obstacles: [FileFindings]) {
    guard !obstacles.isEmpty else { return }
    let style = TerminalStyle(color, isTerminal: StandardStream.error.isTerminal, environment: environmentVariable)
    _ = StandardStream.error.write([TextRenderer(style: style, showsSummary: false).renderAll(obstacles)])
    let count = obstacles.reduce(0) { $0 + $1.diagnostics.count }
    StandardStream.error.write("\(count) left as \(count == 1 ? "it is" : "they are")\n")
  }

  private func summary(_ changed: Int, of count: Int) -> String {
    let verb = mode == .write ? "formatted" : "would be formatted"
    let rest = count - changed
    return "\(changed) \(changed == 1 ? "file" : "files") \(verb), \(rest) unchanged"
  }
}

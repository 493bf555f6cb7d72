internal import DiagnosticRendering
internal import Diagnostics
internal import Glibc
internal import PolicyCortex
internal import Source
internal import Synchronization

/// What became of one input file.
struct FileOutcome: Sendable {
  var summary = FindingsSummary()
  /// The file's part of the output.
  var output: [UInt8] = []
  /// `errno`, when the file could not be read.
  var failure: Int32?
}

/// Validates and renders files, several at once. The outcomes are in the files' order, whatever the number of threads.
final class ParallelValidation: Sendable {
  private struct State {
    var next = 0
    var outcomes: [FileOutcome?]
  }

  private let files: [InputFile]
  private let renderer: any FindingsRenderer
  private let validator: PolicyValidator
  private let state: Mutex<State>

  init(_ files: [InputFile], renderer: any FindingsRenderer, validator: PolicyValidator) {
    self.files = files
    self.renderer = renderer
    self.validator = validator
    state = Mutex(State(outcomes: Array(repeating: nil, count: files.count)))
  }

  /// Runs to the end.
  ///
  /// - Parameter jobs: How many threads work at most, this one included.
  func run(jobs: Int) -> [FileOutcome] {
    var threads: [pthread_t] = []
    for _ in 1..<max(1, min(jobs, files.count, 1_024)) {
      var thread = pthread_t()
      let argument = unsafe Unmanaged.passRetained(self)
      // With fewer threads than asked for the work takes longer, no more.
      guard unsafe pthread_create(&thread, nil, workOnThread, argument.toOpaque()) == 0 else {
        unsafe argument.release()
        break
      }
      threads.append(thread)
    }
    work()
    for thread in threads { pthread_join(thread, nil) }
    return state.withLock { $0.outcomes.map { $0 ?? FileOutcome(failure: EIO) } }
  }

  /// Takes files until there are none left.
  fileprivate func work() {
    while true {
      let index = state.withLock { state in
        defer { state.next += 1 }
        return state.next
      }
      guard index < files.count else { return }
      let outcome = outcome(of: files[index])
      state.withLock { $0.outcomes[index] = outcome }
    }
  }

  private func outcome(of file: InputFile) -> FileOutcome {
    let report: ValidationReport
    switch file.read() {
    case .unreadable(let code): return FileOutcome(failure: code)
    case .tooLarge:
      let message = LimitExceeded("a document may have \(InputFile.sizeLimit >> 20) MiB, and this one has more")
      report = ValidationReport(
        source: SourceText(name: file.name, bytes: []), policies: [],
        diagnostics: [Diagnostic(message, at: SourceSpan(at: 0))])
    case .bytes(let bytes): report = validator.validate(bytes, name: file.name)
    }
    let findings = FileFindings(
      source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
      diagnostics: report.diagnostics)
    return FileOutcome(summary: FindingsSummary(findings), output: renderer.render(findings))
  }
}

private func workOnThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<ParallelValidation>.fromOpaque(argument).takeRetainedValue().work()
  return nil
}

internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What became of one input file.
struct FileOutcome: Sendable {
  var summary = FindingsSummary()
  /// The file's part of the output.
  var output: [UInt8] = []
  /// `errno`, when the file could not be read.
  var failure: Int32?
}

extension FileOutcome {
  /// Reads, validates and renders a file.
  init(of file: InputFile, _ validator: PolicyValidator, _ renderer: some FindingsRenderer) {
    let findings: FileFindings
    switch file.read() {
    case .unreadable(let code):
      self.init(failure: code)
      return
    case .tooLarge: findings = FileOutcome.tooLarge(file)
    case .bytes(let bytes):
      let report = validator.validate(bytes, name: file.name)
      findings = FileFindings(
        source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
        diagnostics: report.diagnostics)
    }
    self.init(summary: FindingsSummary(findings), output: renderer.render(findings))
  }

  /// What is said of a file that is too large to be read.
  private static func tooLarge(_ file: InputFile) -> FileFindings {
    let message = LimitExceeded("a document has at most \(DocumentLimits.byteCount >> 20) MiB")
    return FileFindings(
      source: SourceText(name: file.name, bytes: []), status: Failure.malformed.rawValue, policyCount: 0,
      diagnostics: [Diagnostic(message, at: SourceSpan(at: 0))])
  }
}

internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What was found in one input file by itself.
///
/// The document is not kept: a run over many files holds what they say and what was found in them.
struct FileOutcome: Sendable {
  /// What is rendered; `nil` for a file that could not be read.
  var findings: FileFindings?
  /// The policies that it holds, for comparison with those of other files.
  var policies: [PolicyIdentity] = []
  /// `errno`, when the file could not be read.
  var failure: Int32?
}

extension FileOutcome {
  /// Reads and validates a file.
  init(of file: InputFile, _ validator: PolicyValidator) {
    switch file.read() {
    case .unreadable(let code): self.init(failure: code)
    case .tooLarge: self.init(findings: FileOutcome.tooLarge(file))
    case .bytes(let bytes):
      let report = validator.validate(bytes, name: file.name)
      let findings = FileFindings(
        source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
        diagnostics: report.diagnostics)
      self.init(findings: findings, policies: report.policies.map(PolicyIdentity.init))
    }
  }

  /// Adds to all files of a run what is found by looking at them together.
  static func compare(_ outcomes: inout [FileOutcome]) {
    let places = outcomes.indices.filter { outcomes[$0].findings != nil }
    guard places.count > 1 else { return }
    let files = places.map { place in
      (policies: outcomes[place].policies, source: outcomes[place].findings?.source ?? SourceText(name: "", bytes: []))
    }
    for (place, found) in zip(places, duplicatePolicies(acrossFiles: files)) where !found.isEmpty {
      outcomes[place].findings = outcomes[place].findings?.adding(found)
    }
  }

  /// What is said of a file that is too large to be read.
  private static func tooLarge(_ file: InputFile) -> FileFindings {
    let message = LimitExceeded("a document has at most \(DocumentLimits.byteCount >> 20) MiB")
    return FileFindings(
      source: SourceText(name: file.name, bytes: []), status: Failure.malformed.rawValue, policyCount: 0,
      diagnostics: [Diagnostic(message, at: SourceSpan(at: 0))])
  }
}

internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What became of one input file.
struct FileOutcome: Sendable {
  var summary = FindingsSummary()
  /// The file's part of the output: its findings, or its difference.
  var output: [UInt8] = []
  /// `errno`, when the file could not be read.
  var failure: Int32?
  /// Why the fixed file could not be written.
  var fixFailure: AtomicFileError?
  /// Whether something was found that fails the run.
  var isFailing = false
  /// Whether fixing would change the file.
  var isChanged = false
  /// What the standard input is after fixing.
  var fixedInput: [UInt8]?
  var statistics = FindingStatistics()
  /// What a baseline would hold of the file.
  var baselineEntries: [Baseline.Entry] = []
}

/// What is done with each file of a run.
struct FilePlan: Sendable {
  /// What happens to files that have fix-its.
  enum Fixing: Sendable {
    case none
    /// They are written.
    case inPlace
    /// What would be written is shown.
    case shown
  }

  /// By the number of the configuration, the last for files that have none.
  var validators: [PolicyValidator]
  /// Likewise.
  var failLevels: [Severity]
  var renderer: any FindingsRenderer
  var fixing = Fixing.none
  var includesUnsafeFixes = false
  /// The fingerprints that are known, by file; `nil` without a baseline.
  var known: [InputFile: Set<String>]?
  var writesBaseline = false
  var countsCodes = false

  /// Reads, validates, fixes and renders a file.
  func outcome(of file: InputFile) -> FileOutcome {
    let number = file.configuration ?? validators.count - 1
    let findings: FileFindings
    var outcome = FileOutcome()
    switch file.read() {
    case .unreadable(let code): return FileOutcome(failure: code)
    case .tooLarge: findings = FilePlan.tooLarge(file)
    case .bytes(let bytes):
      switch fixing {
      case .none: findings = FileFindings(validators[number].validate(bytes, name: file.name))
      case .inPlace, .shown:
        let fixer = PolicyFixer(validators[number], includesUnsafe: includesUnsafeFixes)
        let fixed = fixer.fixed(bytes, name: file.name)
        findings = FileFindings(fixed.report)
        outcome = written(fixed, to: file, bytes)
      }
    }
    let isShown = fixing == .shown
    let left = withoutKnown(findings, of: file, &outcome)
    outcome.summary += FindingsSummary(left)
    outcome.isFailing = outcome.summary.count(atLeast: failLevels[number]) > 0
    if countsCodes {
      outcome.statistics = FindingStatistics(left.diagnostics)
    } else if !isShown {
      outcome.output = renderer.render(left)
    }
    return outcome
  }

  /// Does with a fixed file what is to be done.
  private func written(_ fixed: FixedDocument, to file: InputFile, _ bytes: [UInt8]) -> FileOutcome {
    var outcome = FileOutcome()
    outcome.isChanged = fixed.bytes != bytes
    if fixing == .shown {
      if outcome.isChanged { outcome.output = UnifiedDiff(from: bytes, to: fixed.bytes).written(path: file.name) }
      return outcome
    }
    outcome.summary.fixed = fixed.count
    guard let path = file.path else {
      outcome.fixedInput = fixed.bytes
      return outcome
    }
    guard outcome.isChanged else { return outcome }
    do throws(AtomicFileError) { try AtomicFile.replace(path, bytes, with: fixed.bytes) } catch {
      outcome.fixFailure = error
    }
    return outcome
  }

  /// The findings that the baseline does not know.
  private func withoutKnown(_ findings: FileFindings, of file: InputFile, _ outcome: inout FileOutcome) -> FileFindings
  {
    guard writesBaseline || known != nil, findings.diagnostics.contains(where: { $0.failure == nil }) else {
      return findings
    }
    let fingerprints = FindingFingerprint.all(of: findings).map(\.text)
    let known = known?[file] ?? []
    var left: [Diagnostic] = []
    for (diagnostic, fingerprint) in zip(findings.diagnostics, fingerprints) {
      guard diagnostic.failure == nil else {
        left.append(diagnostic)
        continue
      }
      if writesBaseline {
        outcome.baselineEntries.append(
          Baseline.Entry(code: diagnostic.code, field: diagnostic.field, fingerprint: fingerprint))
      } else if !known.contains(fingerprint) {
        left.append(diagnostic)
      }
    }
    return FileFindings(
      source: findings.source, status: findings.status, policyCount: findings.policyCount, diagnostics: left)
  }

  /// What is said of a file that is too large to be read.
  private static func tooLarge(_ file: InputFile) -> FileFindings {
    let message = LimitExceeded("a document has at most \(DocumentLimits.byteCount >> 20) MiB")
    return FileFindings(
      source: SourceText(name: file.name, bytes: []), status: Failure.malformed.rawValue, policyCount: 0,
      diagnostics: [Diagnostic(message, at: SourceSpan(at: 0))])
  }
}

extension FileFindings {
  fileprivate init(_ report: ValidationReport) {
    self.init(
      source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
      diagnostics: report.diagnostics)
  }
}

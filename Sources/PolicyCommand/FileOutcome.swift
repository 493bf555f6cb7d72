internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What was found in one input file by itself.
///
/// The document is not kept: a run over many files holds what they say and what was found in them.
struct FileOutcome: Sendable {
  /// What is reported; `nil` for a file that could not be read.
  var findings: FileFindings?
  /// The policies that it holds, for comparison with those of other files.
  var policies: [PolicyIdentity] = []
  /// `errno`, when the file could not be read.
  var failure: Int32?
  /// Why the fixed file could not be written.
  var fixFailure: AtomicFileError?
  /// How many fix-its were made.
  var fixedCount = 0
  /// Whether fixing would change the file.
  var isChanged = false
  /// What fixing would change.
  var difference: [UInt8] = []
  /// What the standard input is after fixing.
  var fixedInput: [UInt8]?
}

/// What a run says of one file, when all of them are known.
struct FileAnswer: Sendable {
  var summary = FindingsSummary()
  /// The file's part of the output: its findings, or its difference.
  var output: [UInt8] = []
  /// Whether something was found that fails the run.
  var isFailing = false
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

  private func number(of file: InputFile) -> Int { file.configuration ?? validators.count - 1 }

  /// Reads, validates and fixes a file.
  func outcome(of file: InputFile) -> FileOutcome {
    let validator = validators[number(of: file)]
    var outcome = FileOutcome()
    let report: ValidationReport
    switch file.read() {
    case .unreadable(let code): return FileOutcome(failure: code)
    case .tooLarge: return FileOutcome(findings: FilePlan.tooLarge(file))
    case .bytes(let bytes):
      switch fixing {
      case .none: report = validator.validate(bytes, name: file.name)
      case .inPlace, .shown:
        let fixed = PolicyFixer(validator, includesUnsafe: includesUnsafeFixes).fixed(bytes, name: file.name)
        report = fixed.report
        outcome = written(fixed, to: file, bytes)
      }
    }
    outcome.findings = FileFindings(report)
    outcome.policies = report.policies.map(PolicyIdentity.init)
    return outcome
  }

  /// Adds to all files of a run what is found by looking at them together.
  func compare(_ outcomes: inout [FileOutcome], _ files: [InputFile]) {
    let places = outcomes.indices.filter { !outcomes[$0].policies.isEmpty }
    guard places.count > 1 else { return }
    let compared = places.map { place in
      (policies: outcomes[place].policies, source: outcomes[place].findings?.source ?? SourceText(name: "", bytes: []))
    }
    for (place, found) in zip(places, duplicatePolicies(acrossFiles: compared)) where !found.isEmpty {
      let wanted = validators[number(of: files[place])].advice.applied(to: found)
      outcomes[place].findings = outcomes[place].findings?.adding(wanted)
    }
  }

  /// Counts and renders what was found in a file.
  func answer(_ outcome: FileOutcome, of file: InputFile) -> FileAnswer {
    var answer = FileAnswer()
    guard let findings = outcome.findings else { return answer }
    let left = withoutKnown(findings, of: file, &answer)
    answer.summary = FindingsSummary(left)
    answer.summary.fixed = outcome.fixedCount
    answer.isFailing = answer.summary.count(atLeast: failLevels[number(of: file)]) > 0
    if countsCodes {
      answer.statistics = FindingStatistics(left.diagnostics)
    } else {
      answer.output = fixing == .shown ? outcome.difference : renderer.render(left)
    }
    return answer
  }

  /// Does with a fixed file what is to be done.
  private func written(_ fixed: FixedDocument, to file: InputFile, _ bytes: [UInt8]) -> FileOutcome {
    var outcome = FileOutcome()
    outcome.isChanged = fixed.bytes != bytes
    if fixing == .shown {
      if outcome.isChanged { outcome.difference = UnifiedDiff(from: bytes, to: fixed.bytes).written(path: file.name) }
      return outcome
    }
    outcome.fixedCount = fixed.count
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
  private func withoutKnown(_ findings: FileFindings, of file: InputFile, _ answer: inout FileAnswer) -> FileFindings {
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
        answer.baselineEntries.append(
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

package import Diagnostics
package import Source

/// What was found in one file, as far as rendering needs it.
package struct FileFindings: Sendable {
  package let source: SourceText
  /// 200, or the status of the worst error.
  package let status: Int
  /// How many policies the file holds.
  package let policyCount: Int
  /// In document order.
  package let diagnostics: [Diagnostic]

  package init(source: SourceText, status: Int, policyCount: Int, diagnostics: [Diagnostic]) {
    self.source = source
    self.status = status
    self.policyCount = policyCount
    self.diagnostics = diagnostics
  }

  /// The same with more that was found, none of which fails the file.
  package func adding(_ advice: [Diagnostic]) -> FileFindings {
    FileFindings(
      source: source, status: status, policyCount: policyCount,
      diagnostics: (diagnostics + advice).inDocumentOrder())
  }
}

/// How much was found in all files of a run.
package struct FindingsSummary: Hashable, Sendable {
  /// Files that were validated.
  package var files = 0
  /// Files of which something is reported.
  package var filesWithFindings = 0
  package var errors = 0
  package var warnings = 0
  package var hints = 0
  /// Diagnostics that bring a fix-it.
  package var fixable = 0
  /// Fix-its that were applied.
  package var fixed = 0

  package init() {}

  /// Counts one file.
  package init(_ findings: FileFindings) {
    files = 1
    filesWithFindings = findings.diagnostics.isEmpty ? 0 : 1
    for diagnostic in findings.diagnostics {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .hint: hints += 1
      }
      if !diagnostic.fixIts.isEmpty { fixable += 1 }
    }
  }

  /// Adds another part of the run.
  package static func += (total: inout FindingsSummary, part: FindingsSummary) {
    total.files += part.files
    total.filesWithFindings += part.filesWithFindings
    total.errors += part.errors
    total.warnings += part.warnings
    total.hints += part.hints
    total.fixable += part.fixable
    total.fixed += part.fixed
  }

  /// How many diagnostics weigh at least so much.
  package func count(atLeast severity: Severity) -> Int {
    switch severity {
    case .error: errors
    case .warning: errors + warnings
    case .hint: errors + warnings + hints
    }
  }
}

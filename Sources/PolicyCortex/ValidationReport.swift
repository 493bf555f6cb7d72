internal import DiagnosticRendering
public import Diagnostics
public import PolicyModel
public import Source

/// What validating one file found.
public struct ValidationReport: Sendable {
  /// The verdict on a file.
  ///
  /// The raw value is the HTTP status a server answers with.
  public enum Status: Int, Sendable {
    /// Nothing wrong; there may be warnings and hints.
    case valid = 200
    /// The document is malformed or does not fit the policy schema.
    case malformed = 400
    /// The document fits the schema, but makes no sense.
    case unprocessable = 422
  }

  /// The bytes that were validated, and their name.
  public let source: SourceText
  /// Everything found, ordered by offset, then by code.
  public let diagnostics: [Diagnostic]
  /// The policies the file holds, as far as they could be read.
  public let policies: [Policy]

  package init(source: SourceText, policies: [Policy], diagnostics: [Diagnostic]) {
    self.source = source
    self.policies = policies
    self.diagnostics = diagnostics
  }

  /// Malformed if any diagnostic says so, else unprocessable if any does, else valid.
  public var status: Status {
    var status = Status.valid
    for diagnostic in diagnostics {
      switch diagnostic.failure {
      case .malformed: return .malformed
      case .unprocessable: status = .unprocessable
      case nil: continue
      }
    }
    return status
  }

  /// What the published API answers, in JSON: the body that belongs to the status.
  ///
  /// For 200 that is `{"valid": true, "diagnostics": [warnings and hints]}`, otherwise an envelope that describes the first
  /// error of the status, `{"error", "message", "code", "details": {"field", …, "diagnostics": [all]}}`.
  public func responseBody() -> [UInt8] {
    let findings = FileFindings(
      source: source, status: status.rawValue, policyCount: policies.count, diagnostics: diagnostics)
    return ErrorEnvelope().body(findings)
  }
}

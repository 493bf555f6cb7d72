internal import Diagnostics
internal import Source

/// The answer of the published API to a policy, a line a file.
///
/// A clean file is `{"valid": true, …}`, any other an envelope. The envelope describes the first error of the class that decides the status; `diagnostics` holds all.
package struct ErrorEnvelope: FindingsRenderer {
  package init() {}

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output = body(findings)
    output.append("\n")
    return output
  }

  /// The envelope alone, as an HTTP body.
  package func body(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    if let error = ErrorEnvelope.decisive(findings.diagnostics) {
      append(error, to: &output)
    } else {
      output.append("{\"valid\":true,\"diagnostics\":")
    }
    DiagnosticJSON(findings.source).append(findings.diagnostics, to: &output)
    output.append(ErrorEnvelope.decisive(findings.diagnostics) == nil ? "}" : "}}")
    return output
  }

  /// The first error of the class that decides the status.
  private static func decisive(_ diagnostics: [Diagnostic]) -> Diagnostic? {
    diagnostics.first { $0.failure == .malformed } ?? diagnostics.first { $0.failure == .unprocessable }
  }

  /// Appends everything up to the diagnostics.
  private func append(_ error: Diagnostic, to output: inout [UInt8]) {
    guard let failure = error.failure else { return }
    let field = error.field
    let name: String
    let message: String
    let detail: (name: String, value: String)
    switch failure {
    case .malformed:
      name = "Bad Request"
      message = ErrorEnvelope.message(error.descriptor, field)
      detail = ("type", error.descriptor.schemaErrorType?.rawValue ?? "")
    case .unprocessable:
      name = "Unprocessable Entity"
      message = "Policy validation failed"
      detail = ("error", error.title)
    }
    output.append("{\"error\":\"\(name)\",\"message\":")
    JSONText.append(message, to: &output)
    output.append(",\"code\":\(failure.rawValue),\"details\":{\"field\":")
    JSONText.append(field, to: &output)
    output.append(",\"\(detail.name)\":")
    JSONText.append(detail.value, to: &output)
    output.append(",\"diagnostics\":")
  }

  /// The message of a malformed document: the title, and the field where the fault is one field's.
  private static func message(_ descriptor: DiagnosticDescriptor, _ field: String) -> String {
    switch descriptor.schemaErrorType {
    case .json, .yaml, .format, .limit, nil: descriptor.title
    case .required, .unknown, .type, .enum, .duplicate, .length: "\(descriptor.title): \(field)"
    }
  }
}

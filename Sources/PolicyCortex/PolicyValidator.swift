package import CEL
import Diagnostics
import DocumentTree
import PolicyModel
import Source

/// Validates policy documents; reusable, and safe to use from any number of threads at once.
///
/// ```swift
/// let validator = PolicyValidator()
/// let report = validator.validate(bytes, name: "policy.yaml")
/// report.status        // .valid, .malformed (400), .unprocessable (422)
/// ```
public struct PolicyValidator: Sendable {
  /// How many threads work on the rules of one document.
  private let workers: Int
  /// What `now` is taken to be, for comparisons that it has settled for ever.
  private let clock: @Sendable () -> Timestamp

  /// Makes a validator.
  ///
  /// - Parameter workers: How many threads may work on the rules of one document; reports are the same whatever their number.
  public init(workers: Int = 1) { self.init(workers: workers, clock: EvaluationInput.currentTime) }

  /// Makes a validator with a clock of its own.
  package init(workers: Int = 1, clock: @escaping @Sendable () -> Timestamp) {
    self.workers = workers
    self.clock = clock
  }

  /// Validates one file, which may hold several policies.
  ///
  /// Never throws: whatever the bytes, there is a report.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - name: Its path or label; `.json`, `.yaml` and `.yml` decide the format, the first byte does otherwise.
  /// - Returns: The verdict, and everything found, in document order.
  public func validate(_ bytes: [UInt8], name: String) -> ValidationReport {
    let text = SourceText(name: name, bytes: bytes)
    let (document, readingDiagnostics) = readDocument(text)
    let (policies, policyDiagnostics) = decodePolicies(document, readingFailed: !readingDiagnostics.isEmpty)
    let isDamaged = !readingDiagnostics.isEmpty || policyDiagnostics.contains { $0.severity == .error }
    let conditionDiagnostics = checkConditions(
      of: policies, in: document, workers: workers, clock: clock(), isDamaged: isDamaged)
    let diagnostics =
      located(readingDiagnostics, in: document)
      + withoutHints(on: conditionDiagnostics, policyDiagnostics) + conditionDiagnostics
      + duplicatePolicies(inFile: policies)
    return ValidationReport(source: text, policies: policies, diagnostics: diagnostics.sorted(by: Diagnostic.precedes))
  }
}

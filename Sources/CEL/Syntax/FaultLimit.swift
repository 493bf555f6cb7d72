internal import Diagnostics
internal import Source

/// Counts what is reported of one condition, so that two million stray brackets take no gigabyte of diagnostics.
///
/// Errors and advice are counted apart: advice never crowds an error out, and what is left out of it fails nothing.
struct FaultLimit {
  private var errors = 0
  private var advice = 0

  /// How many of each are reported.
  static let count = 10_000

  /// Adds a diagnostic unless there are too many; of the errors, the first that is too many says so.
  ///
  /// - Returns: The diagnostic's index, or -1 when it was left out.
  @discardableResult
  mutating func append(_ diagnostic: Diagnostic, to diagnostics: inout [Diagnostic]) -> Int32 {
    if diagnostic.severity == .error {
      errors += 1
      if errors > FaultLimit.count {
        guard errors == FaultLimit.count + 1 else { return -1 }
        let message = ConditionLimitExceeded("more than \(FaultLimit.count) faults; the rest is not reported")
        diagnostics.append(Diagnostic(message, at: diagnostic.span))
        return -1
      }
    } else {
      advice += 1
      if advice > FaultLimit.count { return -1 }
    }
    diagnostics.append(diagnostic)
    return Int32(truncatingIfNeeded: diagnostics.count - 1)
  }
}

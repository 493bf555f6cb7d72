public import Diagnostics

/// An expression that is at fault, with everything that is wrong with it.
public struct CompilationError: Error, Sendable, CustomStringConvertible {
  /// The expression.
  public let text: String
  /// What is wrong, and what is worth a warning, in the order of the text.
  ///
  /// Each has a `message`, a stable `code`, a `span` in UTF-8 bytes of `text`, and often `help` and `fixIts`.
  public let diagnostics: [Diagnostic]

  /// The messages of the errors, one a line, each with the place of its first byte.
  public var description: String {
    diagnostics.filter { $0.severity == .error }
      .map { "\($0.span.start): \($0.message) [\($0.code)]" }
      .joined(separator: "\n")
  }
}

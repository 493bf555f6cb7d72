/// A part of a condition without variables that fails whatever the input is.
package struct ConstantError: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "constant-error",
    title: "Constant error",
    failure: .unprocessable,
    explanation: """
      A part without variables has the same value for every input, and this one has none: it divides by zero, leaves the
      range of its type, converts a text that is no number, or looks for something that is not there. A rule that comes to
      it ends in an error.
      """,
    howToFix: "Correct the constant. What was meant to depend on the input has to read an attribute.",
    bad: .condition("resource.size > 1️⃣9223372036854775807 + 1"),
    good: .condition("resource.size > 9223372036854775807")
  )

  package var text: String
  package var help: String?

  /// A part that cannot be computed.
  ///
  /// - Parameters:
  ///   - part: The part as it is written, when it is short.
  ///   - error: Why it has no value.
  package init(part: String?, error: String) {
    text = (part.map { "`\($0)` always fails: " } ?? "this part always fails: ") + error
  }

  /// An argument that no call can take.
  package init(_ text: String, help: String) {
    self.text = text
    self.help = help
  }
}

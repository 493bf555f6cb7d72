/// A comparison of two things that can never be equal.
package struct IncomparableTypes: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "incomparable-types",
    title: "Incomparable types",
    failure: .unprocessable,
    explanation: """
      Values of different types are never equal (numbers are: `1 == 1.0`), so that such a comparison has the same answer
      for every input.
      """,
    howToFix: """
      Write the literal in the type of the other side (`3` for `"3"`), convert one side, or compare with another
      attribute.
      """,
    bad: .condition("size(resource.tags) 1️⃣== \"3\""),
    good: .condition("size(resource.tags) == 3")
  )

  package var text: String
  package var help: String?

  /// - Parameters:
  ///   - operation: The operator as it is written.
  ///   - left: The type of the left operand.
  ///   - right: The type of the right operand.
  ///   - help: What was probably meant.
  package init(operation: String, left: String, right: String, help: String? = nil) {
    text =
      operation == "in"
      ? "`\(left)` is never in `\(right)`" : "`\(left)` and `\(right)` are never equal"
    self.help = help
  }
}

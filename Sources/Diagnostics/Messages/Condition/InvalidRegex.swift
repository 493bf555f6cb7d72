/// A constant pattern that cannot be read.
package struct InvalidRegex: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-regex",
    title: "Invalid regular expression",
    failure: .unprocessable,
    explanation: """
      A pattern is written in RE2's syntax. One that cannot be read is an error on every input. In a string literal a
      backslash is written `\\\\`, or stands for itself in a raw one: `r"\\d+"`.
      """,
    howToFix: """
      Mend the pattern at the place that is shown; put a backslash before a bracket or a dot that is meant as itself,
      best in a raw string, `r"…"`.
      """,
    bad: .condition("resource.name.matches(\"^prod-1️⃣[a-z+$\")"),
    good: .condition("resource.name.matches(\"^prod-[a-z]+$\")")
  )

  package var text: String
  package var help: String?

  /// - Parameters:
  ///   - text: What is wrong, with the pattern's text in backticks.
  ///   - help: What to write instead.
  package init(_ text: String, help: String? = nil) {
    self.text = text
    self.help = help
  }
}

/// Operands or arguments of types that an operator or a function does not take.
package struct NoMatchingOverload: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "no-matching-overload",
    title: "No matching overload",
    failure: .unprocessable,
    explanation: """
      Operators and functions take values of certain types, and nothing is converted silently: `1 + 1.0` and
      `"a" + 1` are errors on every input. `int()`, `double()`, `string()`, `timestamp()` and `duration()` convert.
      """,
    howToFix: """
      Convert one operand (`string()`, `int()`, `double()`, `timestamp()`, `duration()`), or use the attribute or
      function that has the type that is meant.
      """,
    bad: .condition("\"tags: \" 1️⃣+ size(resource.tags) == \"tags: 3\""),
    good: .condition("\"tags: \" + string(size(resource.tags)) == \"tags: 3\"")
  )

  package var text: String
  package var help: String?

  package init(_ text: String, help: String? = nil) {
    self.text = text
    self.help = help
  }
}

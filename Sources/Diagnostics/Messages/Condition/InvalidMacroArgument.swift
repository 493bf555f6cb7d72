/// An argument that a macro cannot take.
package struct InvalidMacroArgument: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-macro-argument",
    title: "Invalid macro argument",
    failure: .unprocessable,
    explanation: """
      Macros look at their arguments as they are written: `has()` needs a selection such as `resource.tags`, and `all`,
      `exists`, `map` and their kin need a plain name for their variable.
      """,
    howToFix: """
      Give `has()` a selection (`resource.tags`), and a loop a plain name for its element: `resource.tags.exists(t, t
      == "x")`.
      """,
    bad: .condition("has(1️⃣resource)"),
    good: .condition("has(resource.tags)")
  )

  package var text: String

  package init(_ text: String) { self.text = text }
}

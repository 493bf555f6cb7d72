/// A `deny` rule that does not say why.
package struct MissingMessage: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "missing-message",
    title: "Denial without a message",
    severity: .hint,
    explanation: """
      Whoever is denied sees the rule's `message`; without one they have to find and read the condition. It may show what was
      found: `message: "bucket {{ resource.name }} is public"`.
      """,
    howToFix: "Add a `message` that says what is wrong and what to do; it may show values, `{{ resource.name }}`.",
    bad: .yaml(
      """
      name: p
      rules:
      - 1️⃣condition: resource.public == true
        action: deny

      """),
    good: .yaml(
      """
      name: p
      rules:
      - condition: resource.public == true
        action: deny
        message: the bucket is public

      """)
  )

  package init() {}

  package var text: String { "this `deny` has no `message` to say why" }
}

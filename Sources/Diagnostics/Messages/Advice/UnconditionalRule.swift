/// A `deny` rule that does not look at the resource.
package struct UnconditionalRule: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unconditional-rule",
    title: "Rule that denies every resource alike",
    severity: .warning,
    explanation: """
      The condition of this `deny` reads nothing of `resource`, neither itself nor through variables: it denies all resources or
      none. Mostly a condition was left as it was for a trial.
      """,
    howToFix: """
      Read an attribute of `resource`. A rule that should deny everything for a time is easier to understand with a
      `message` that says so.
      """,
    bad: .yaml(
      """
      name: p
      rules:
      - condition: 1️⃣1 == 1
        action: deny
        message: not today

      """),
    good: .yaml(
      """
      name: p
      rules:
      - condition: resource.public == true
        action: deny
        message: not today

      """)
  )

  package init() {}

  package var text: String { "this `deny` reads nothing of `resource`: it denies every resource alike" }
}

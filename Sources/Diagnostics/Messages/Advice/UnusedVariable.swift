/// A variable that no rule uses.
package struct UnusedVariable: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unused-variable",
    title: "Unused variable",
    severity: .warning,
    explanation: """
      No condition and no message uses the variable, directly or through other variables. It may be left over, or a rule that
      should use it does not.
      """,
    howToFix: "Remove the variable, or use it where it was meant.",
    bad: .yaml(
      """
      name: p
      variables:
        limit: "10"
        1️⃣region: '"eu-west-1"'
      rules:
      - condition: resource.size > variables.limit
        action: warn

      """),
    good: .yaml(
      """
      name: p
      variables:
        limit: "10"
      rules:
      - condition: resource.size > variables.limit
        action: warn

      """)
  )

  package var name: String
  /// A variable that uses it and is unused itself.
  package var user: String?
  package var fixIt: FixIt?

  package init(name: String, user: String?, fixIt: FixIt?) {
    self.name = name
    self.user = user
    self.fixIt = fixIt
  }

  package var text: String {
    user.map { "variable `\(name)` is used by no rule, only by `\($0)`, which is not used either" }
      ?? "variable `\(name)` is not used"
  }
}

/// A variable that is declared already: a key that stands in `variables` twice.
package struct DuplicateVariable: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "duplicate-variable",
    title: "Duplicate variable",
    failure: .unprocessable,
    explanation: "Two declarations of one variable leave it open which of them a condition means.",
    howToFix: "Remove one declaration, or rename it and what uses it.",
    bad: .yaml(
      """
      name: p
      variables:
        limit: "10"
        1️⃣limit: "20"
      rules:
      - {condition: resource.size > variables.limit, action: warn}

      """),
    good: .yaml(
      """
      name: p
      variables:
        limit: "10"
      rules:
      - {condition: resource.size > variables.limit, action: warn}

      """)
  )

  package var name: String

  package init(name: String) { self.name = name }

  package var text: String { "variable `\(name)` is declared already" }
}

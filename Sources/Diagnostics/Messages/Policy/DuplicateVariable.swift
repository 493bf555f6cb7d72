/// A variable declared twice by keys that differ only in how YAML or JSON spells them.
package struct DuplicateVariable: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "duplicate-variable",
    title: "Duplicate variable",
    failure: .unprocessable,
    explanation: "Two declarations of one variable leave it open which of them a condition means.",
    bad: .yaml(
      "name: p\nvariables:\n  limit: 10\n  1️⃣limit: 20\nrules:\n- condition: resource.size > variables.limit\n  action: deny\n"
    ),
    good: .yaml(
      "name: p\nvariables:\n  limit: \"10\"\nrules:\n- condition: resource.size > variables.limit\n  action: deny\n")
  )

  package var name: String

  package init(name: String) { self.name = name }

  package var text: String { "variable `\(name)` is declared already" }
}

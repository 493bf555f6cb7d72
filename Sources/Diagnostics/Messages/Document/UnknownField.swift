/// A key the policy schema does not define.
package struct UnknownField: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unknown-field",
    title: "Unknown field",
    malformed: .unknown,
    explanation: """
      A misspelt key would otherwise be skipped, and the rule it was meant to narrow would apply to more requests than its
      author intended.
      """,
    bad: .yaml("name: p\nrules:\n- 1️⃣condtion: resource.public == true\n  action: deny\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public == true\n  action: deny\n")
  )

  package var name: String
  package var closest: String?

  package init(name: String, closest: String?) {
    self.name = name
    self.closest = closest
  }

  package var text: String {
    closest.map { "unknown field `\(name)`; did you mean `\($0)`?" } ?? "unknown field `\(name)`"
  }

  package var fixIt: FixIt? { closest.map { FixIt("rename to `\($0)`", replacement: $0, applicability: .unsafe) } }
}

/// A name that is not in scope.
package struct UndeclaredReference: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "undeclared-reference",
    title: "Undeclared reference",
    failure: .unprocessable,
    explanation: """
      A condition may use `resource`, `principal`, `request`, `context`, `now`, `variables` and the variables of the
      comprehension it stands in. Any other name has no value, and the condition would fail on every input.
      """,
    howToFix: """
      Correct the name, put the attribute's root before it (`resource.name` for `name`), quote it where a string is
      meant, or declare it under `variables`.
      """,
    bad: .condition("1️⃣resorce.public == true"),
    good: .condition("resource.public == true")
  )

  package var name: String
  package var closest: String?

  package init(name: String, closest: String?) {
    self.name = name
    self.closest = closest
  }

  package var text: String {
    closest.map { "undeclared reference `\(name)`; did you mean `\($0)`?" } ?? "undeclared reference `\(name)`"
  }

  package var fixIt: FixIt? { closest.map { FixIt("rename to `\($0)`", replacement: $0, applicability: .unsafe) } }
}

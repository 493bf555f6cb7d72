/// A variable whose name no condition could write.
package struct InvalidIdentifier: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-identifier",
    title: "Invalid identifier",
    failure: .unprocessable,
    explanation: """
      A variable is used as `variables.name`, so its name is a CEL identifier: letters, digits and `_`, not starting with a
      digit, and none of the reserved words.
      """,
    howToFix: "Rename it with letters, digits and `_`, such as `is_open` for `is-open`.",
    bad: .yaml(
      "name: p\nvariables:\n  1️⃣is-open: resource.public == true\nrules:\n- condition: resource.size > 1\n  action: warn\n"
    ),
    good: .yaml(
      "name: p\nvariables:\n  is_open: resource.public == true\nrules:\n- condition: variables.is_open\n  action: warn\n"
    )
  )

  package var name: String
  package var reason: String

  package init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  package var text: String { "`\(name)` is not an identifier: \(reason)" }
}

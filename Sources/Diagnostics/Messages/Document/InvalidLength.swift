/// A text or list that is empty, blank, or longer than its field allows.
package struct InvalidLength: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-length",
    title: "Invalid length of field",
    malformed: .length,
    explanation: """
      A `name` has 1 to 128 code points and is not blank, `rules` has at least one rule, a `condition` holds more than
      blanks and comments, and a file holds at least one policy.
      """,
    howToFix: """
      Fill in what is empty, or shorten what is too long. A policy that should have no effect is kept with `enabled:
      false`.
      """,
    bad: .yaml("name: p\nrules: 1️⃣[]\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: warn\n")
  )

  package var text: String
  package var help: String?

  package init(_ text: String, help: String? = nil) {
    self.text = text
    self.help = help
  }
}

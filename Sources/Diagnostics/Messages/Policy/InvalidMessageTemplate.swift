/// A `{{ expression }}` in a message that does not parse or check.
package struct InvalidMessageTemplate: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-message-template",
    title: "Invalid message template",
    failure: .unprocessable,
    explanation: """
      A message may hold `{{ expression }}`, which is CEL with the names a condition may use. `{{{{` stands for `{{`
      itself.
      """,
    howToFix: "Mend the expression between `{{` and `}}`. For braces that are meant as text, write `{{{{`.",
    bad: .yaml(
      "name: p\nrules:\n- condition: resource.public\n  action: warn\n  message: \"bucket {{ resource.name ==1️⃣ }} is public\"\n"
    ),
    good: .yaml(
      "name: p\nrules:\n- condition: resource.public\n  action: warn\n  message: \"bucket {{ resource.name }} is public\"\n"
    )
  )

  package var text: String
  package var help: String?
  package var fixIt: FixIt?

  package init(_ text: String, help: String? = nil, fixIt: FixIt? = nil) {
    self.text = text
    self.help = help
    self.fixIt = fixIt
  }
}

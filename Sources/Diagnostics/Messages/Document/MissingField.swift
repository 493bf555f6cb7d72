/// A required field that is absent.
package struct MissingField: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "missing-field",
    title: "Missing required field",
    malformed: .required,
    explanation: "A policy needs a `name` and `rules`, and each rule a `condition` and an `action`.",
    howToFix: "Add the field. Where it seems to be there, look at its indentation and spelling.",
    bad: .yaml("name: p\nrules:\n- 1️⃣condition: resource.public\n  message: it is public\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  message: it is public\n  action: deny\n")
  )

  package var name: String
  package var help: String?
  package var fixIt: FixIt?

  package init(name: String, help: String? = nil, fixIt: FixIt? = nil) {
    self.name = name
    self.help = help
    self.fixIt = fixIt
  }

  package var text: String { "missing required field `\(name)`" }
}

/// A place where the text is not YAML, or uses what policies may not: unknown tags, keys that are no strings.
package struct InvalidYAML: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-yaml",
    title: "Invalid YAML payload",
    malformed: .yaml,
    explanation: """
      The text is not YAML 1.2, or it uses what a policy may not: tags other than the core schema's, keys that are not
      strings, aliases without an anchor.
      """,
    howToFix: """
      Mend the text at the place that is shown. Indent with blanks, quote what holds `: `, ` #` or starts with a
      special character, and write a condition as a block (`|`).
      """,
    bad: .yaml("name: p\nrules:\n- condition: resource.public\n  action: 1️⃣\"warn\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: \"warn\"\n")
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

/// A place where the text is not JSON.
package struct InvalidJSON: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-json",
    title: "Invalid JSON payload",
    malformed: .json,
    explanation: """
      The text is not JSON as RFC 8259 has it: no comments, no trailing commas, double quotes only. Reading goes on behind
      each fault, so that all of them are reported at once.
      """,
    howToFix: """
      Mend the text at the place that is shown; the first fault may be the cause of those behind it. A document with
      comments or unquoted keys can be written as YAML instead.
      """,
    bad: .json(#"{"name": "p", "rules": [{"condition": "resource.public", "action": "warn"}1️⃣,]}"#),
    good: .json(#"{"name": "p", "rules": [{"condition": "resource.public", "action": "warn"}]}"#)
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

/// Bytes that are not UTF-8, a lone surrogate escape, or NUL.
package struct InvalidEncoding: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-encoding",
    title: "Invalid encoding",
    malformed: .format,
    explanation: """
      A policy is UTF-8 text. Bytes that are not, half a surrogate pair, or a NUL character are read differently by
      different programs, so that what was reviewed might not be what is enforced.
      """,
    howToFix: """
      Save the file as UTF-8, without NUL characters. In JSON, write a character beyond U+FFFF as itself, or as both
      halves of its surrogate pair.
      """,
    bad: .json(#"{"name": "p1️⃣\ud800", "rules": [{"condition": "resource.public", "action": "warn"}]}"#),
    good: .json(#"{"name": "p\ud83d\ude00", "rules": [{"condition": "resource.public", "action": "warn"}]}"#)
  )

  package var text: String
  package var help: String?

  package init(_ text: String, help: String? = nil) {
    self.text = text
    self.help = help
  }
}

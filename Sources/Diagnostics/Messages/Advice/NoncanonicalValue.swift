/// A word of the schema that is accepted in another spelling than its own.
package struct NoncanonicalValue: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "noncanonical-value",
    title: "Another spelling of a word",
    severity: .hint,
    explanation: """
      `action`, `severity` and `default_action` are read in any letter case, and `effect` for `action`. One spelling is easier to
      search for, and other tools may know no other.
      """,
    howToFix: "Write it in lower case, and `action` for `effect`.",
    bad: .yaml(
      """
      name: p
      rules:
      - condition: resource.public == true
        action: 1️⃣Warn

      """),
    good: .yaml(
      """
      name: p
      rules:
      - condition: resource.public == true
        action: warn

      """)
  )

  package var written: String
  package var canonical: String
  /// The canonical word as it is spelt in this place; `nil` where it cannot be changed alone.
  package var spelling: String?

  package init(written: String, canonical: String, spelling: String?) {
    self.written = written
    self.canonical = canonical
    self.spelling = spelling
  }

  package var text: String { "`\(canonical)` is written `\(written)` here" }

  package var fixIt: FixIt? {
    spelling.map { FixIt("write `\(canonical)`", replacement: $0, applicability: .safe) }
  }
}

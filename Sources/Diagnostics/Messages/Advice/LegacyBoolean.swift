/// A word that older YAML reads as a boolean.
package struct LegacyBoolean: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "legacy-boolean",
    title: "Legacy boolean",
    severity: .hint,
    explanation: """
      In YAML 1.2 and here, `yes`, `no`, `on` and `off` are strings; YAML 1.1, which many programs still read, takes them
      for booleans. Quote the word, so that every program reads the same, or write `true` or `false` where a boolean is
      meant.
      """,
    howToFix: "Write `true` or `false` where that is meant, and quote the word where it is a word.",
    bad: .yaml(
      """
      name: Buckets
      metadata:
        country: 1️⃣no
      rules:
      - condition: resource.public
        action: audit
      """),
    good: .yaml(
      """
      name: Buckets
      metadata:
        country: "no"
      rules:
      - condition: resource.public
        action: audit
      """)
  )

  package var word: String
  package var isTrue: Bool

  package init(word: String, isTrue: Bool) {
    self.word = word
    self.isTrue = isTrue
  }

  package var text: String { "`\(word)` is a string here, and the boolean `\(isTrue)` to programs that read YAML 1.1" }

  package var help: String? { "quote the word, or write `\(isTrue)` where a boolean is meant" }

  package var fixIt: FixIt? { FixIt("quote it", replacement: "\"\(word)\"", applicability: .safe) }
}

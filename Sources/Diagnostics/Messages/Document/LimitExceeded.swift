/// A document that is larger, deeper or expands further than the engine reads.
package struct LimitExceeded: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "limit-exceeded",
    title: "Limit exceeded",
    malformed: .limit,
    explanation: """
      A document has at most 64 MiB and 256 levels of nesting, and its YAML aliases expand to at most 100,000 nodes. No
      policy that people write comes near these limits; they keep a hostile one from exhausting the reader.
      """,
    howToFix: "Split the document into several policies, and write out what aliases multiply.",
    bad: .json(
      #"{"name": "p", "rules": [{"condition": "resource.public", "action": "warn"}], "metadata": {"a": "#
        + String(repeating: "[", count: 254) + "1️⃣[" + String(repeating: "]", count: 255) + "}}"),
    good: .json(
      #"{"name": "p", "rules": [{"condition": "resource.public", "action": "warn"}], "metadata": {"a": [[1]]}}"#)
  )

  package var text: String

  package init(_ text: String) { self.text = text }
}

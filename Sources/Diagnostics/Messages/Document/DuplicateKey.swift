/// A key that stands in the same object already.
package struct DuplicateKey: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "duplicate-key",
    title: "Duplicate field",
    malformed: .duplicate,
    explanation: """
      Readers disagree about which of two equal keys counts, so a policy that was reviewed as `deny` might be enforced as
      `allow`. Keys are compared code point by code point, after escapes are decoded.
      """,
    howToFix: "Keep the one that is meant and remove the other, or give one of them the name that it should have.",
    bad: .yaml("name: p\nrules:\n- condition: resource.public\n  action: warn\n  1️⃣action: allow\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: warn\n")
  )

  package var name: String

  package init(name: String) { self.name = name }

  package var text: String { "`\(name)` stands in this object already" }
}

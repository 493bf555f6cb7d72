/// A question for presence that an operand before it has answered.
package struct RedundantExistenceCheck: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "redundant-existence-check",
    title: "Presence is known already",
    severity: .hint,
    explanation: """
      Where this part is reached, an operand before it has established that the attribute is there, or the schema of the
      resource type requires it; the result is the same without it.
      """,
    howToFix: "Remove the check; the result is the same.",
    bad: .condition("resource.tags.owner == \"ops\" && 1️⃣has(resource.tags) && resource.size > 1"),
    good: .condition("resource.tags.owner == \"ops\" && resource.size > 1")
  )

  package var attribute: String
  /// The operand that establishes it; `nil` where the schema does.
  package var proof: String?
  package var fixIt: FixIt?

  package init(attribute: String, proof: String?, fixIt: FixIt?) {
    self.attribute = attribute
    self.proof = proof
    self.fixIt = fixIt
  }

  package var text: String {
    proof.map { "`\($0)` settles already that `\(attribute)` is there" }
      ?? "the schema requires `\(attribute)`: it is always there"
  }
}

/// `and`, `or`, `not` in place of CEL's own operators.
package struct WordOperator: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "word-operator",
    title: "Word operator",
    severity: .hint,
    explanation: """
      PolicyCortex reads `and`, `or` and `not` as operators; other CEL engines do not. CEL's own `&&`, `||` and `!` mean the
      same everywhere.
      """,
    howToFix: "Write `&&`, `||` and `!`. `policycortex validate --fix` does it for all at once.",
    bad: .condition("resource.public 1️⃣and resource.size > 1"),
    good: .condition("resource.public && resource.size > 1")
  )

  package var word: String
  package var replacement: FixIt

  package init(word: String, fixIt: FixIt) {
    self.word = word
    replacement = fixIt
  }

  package var text: String { "`\(word)` is not an operator of CEL" }

  package var fixIt: FixIt? { replacement }
}

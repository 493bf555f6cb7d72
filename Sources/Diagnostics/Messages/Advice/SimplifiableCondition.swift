/// A part of a condition that can be said more simply.
package struct SimplifiableCondition: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "simplifiable-condition",
    title: "Can be said more simply",
    severity: .hint,
    explanation: """
      A comparison with `true` or `false` of what is boolean anyway, a double negation, a row of comparisons that `in` makes in
      one, or a literal in front of what it is compared with. The fix-it changes no decision: `resource.public == true` is left
      alone, since an absent attribute is no boolean.
      """,
    howToFix: "Write it in the shorter way that the message shows; the meaning is the same.",
    bad: .condition("1️⃣resource.region == \"eu-west-1\" || resource.region == \"eu-north-1\""),
    good: .condition("resource.region in [\"eu-west-1\", \"eu-north-1\"]")
  )

  package var text: String
  package var fixIt: FixIt?

  package init(_ text: String, fixIt: FixIt?) {
    self.text = text
    self.fixIt = fixIt
  }
}

/// A comparison with a number that the other side is always above, or always below.
package struct OutOfRangeComparison: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "out-of-range-comparison",
    title: "Comparison that is settled by the range",
    severity: .warning,
    explanation: """
      A size is never negative, and the schema of a resource type says how small and how large some attributes are. A
      comparison with a number beyond that has the same answer for every value; mostly another number or operator was meant.
      """,
    howToFix: "Compare with a number inside the range, or remove the comparison.",
    bad: .condition("1️⃣size(resource.tags) < 0"),
    good: .condition("size(resource.tags) == 0")
  )

  /// What is compared, as it is written.
  package var subject: String
  /// What is known of it: `at least 0`.
  package var range: String
  package var isTrue: Bool

  package init(subject: String, range: String, isTrue: Bool) {
    self.subject = subject
    self.range = range
    self.isTrue = isTrue
  }

  package var text: String {
    "`\(subject)` is \(range): this is \(isTrue ? "true for every value" : "never true")"
  }
}

/// A comparison of two attributes that may both be absent.
package struct AbsentDecides: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "absent-decides",
    title: "Two absent attributes are equal",
    severity: .warning,
    explanation: """
      An attribute that is absent reads as null, and null equals null: where both attributes are absent, the comparison decides
      as if they had the same value. Say what should happen then, with `has(…)` or `!= null`.
      """,
    howToFix: "Say what absence means: put `has(…) &&` or `!= null` for one of the two in front.",
    bad: .condition("1️⃣resource.owner == principal.name"),
    good: .condition("has(resource.owner) && resource.owner == principal.name")
  )

  package var left: String
  package var right: String
  package var isEquality: Bool

  package init(left: String, right: String, isEquality: Bool) {
    self.left = left
    self.right = right
    self.isEquality = isEquality
  }

  package var text: String {
    "this is \(isEquality) where `\(left)` and `\(right)` are both absent"
  }

  package var help: String? { "ask for one of them first: `\(left) != null && …`" }
}

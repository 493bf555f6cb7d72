/// An attribute that may be absent, used where null is an error.
package struct UnguardedAttribute: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unguarded-attribute",
    title: "Attribute that may be absent",
    severity: .warning,
    explanation: """
      The schema of the resource type does not require the attribute. Where it is absent it reads as null, and null can be
      compared with `==` and `!=` alone: ordering it, calling a function on it, or looking into it is an error. An error in a
      `deny` rule denies, in a `warn` or `audit` rule it applies, in an `allow` rule it does not.
      """,
    howToFix: "Say what absence means: put `… != null &&` in front, or `… == null ||` where absence should count too.",
    bad: .yaml(
      "name: p\nresource_type: AWS::IAM::Role\nrules:\n- condition: 1️⃣resource.MaxSessionDuration > 3600\n  action: deny\n  message: m\n"
    ),
    good: .yaml(
      "name: p\nresource_type: AWS::IAM::Role\nrules:\n- condition: resource.MaxSessionDuration != null && resource.MaxSessionDuration > 3600\n  action: deny\n  message: m\n"
    )
  )

  /// What an error in a rule leads to.
  package enum Consequence: Sendable {
    case denies, applies, doesNotApply, unknown
  }

  /// The attribute as it is written.
  package var attribute: String
  package var consequence: Consequence
  package var fixIt: FixIt?

  package init(attribute: String, consequence: Consequence, fixIt: FixIt?) {
    self.attribute = attribute
    self.consequence = consequence
    self.fixIt = fixIt
  }

  package var text: String {
    let start = "this is an error where `\(attribute)` is absent"
    switch consequence {
    case .denies: return "\(start), which denies"
    case .applies: return "\(start), and the rule then applies"
    case .doesNotApply: return "\(start), and the rule then does not apply"
    case .unknown: return start
    }
  }

  package var help: String? { "say what absence means: `\(attribute) != null && …`, or `\(attribute) == null || …`" }
}

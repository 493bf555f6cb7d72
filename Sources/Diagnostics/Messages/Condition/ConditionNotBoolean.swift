/// A condition whose value is something else than true or false.
package struct ConditionNotBoolean: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "condition-not-boolean",
    title: "Condition not boolean",
    failure: .unprocessable,
    explanation: "A condition says whether its rule applies, and so its value must be `true` or `false`.",
    howToFix: "Compare the value with something: `size(x) > 0`, `x != null`, `x == \"yes\"`.",
    bad: .condition("1️⃣size(resource.tags)"),
    good: .condition("size(resource.tags) > 0")
  )

  package var type: String
  package var help: String?

  /// - Parameters:
  ///   - type: The type the condition has.
  ///   - help: How it could become a condition.
  package init(type: String, help: String? = nil) {
    self.type = type
    self.help = help
  }

  package var text: String { "condition must be `bool`, and this one is `\(type)`" }
}

/// A condition that is larger or more deeply nested than the engine reads.
package struct ConditionLimitExceeded: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "condition-limit-exceeded",
    title: "Condition limit exceeded",
    failure: .unprocessable,
    explanation: """
      Brackets, prefix operators, `?:` and macros may nest 128 deep, and a condition may have 2 MiB. Chains of operators,
      selections and indexes may be of any length.
      """,
    howToFix: """
      Take parts of the condition out into `variables`, split the rule, or replace nested `?:` and brackets by a chain
      of `&&` and `||`.
      """,
    bad: .condition(String(repeating: "(", count: 128) + "1️⃣(true" + String(repeating: ")", count: 129)),
    good: .condition("((resource.public))")
  )

  package var text: String

  package init(_ text: String) { self.text = text }
}

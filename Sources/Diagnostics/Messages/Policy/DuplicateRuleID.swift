/// A rule id that another rule of the policy has.
package struct DuplicateRuleID: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "duplicate-rule-id",
    title: "Duplicate rule id",
    failure: .unprocessable,
    explanation:
      "Reports, suppressions and tests name a rule by its id, which therefore belongs to one rule of a policy.",
    howToFix: "Give each rule an id of its own, or leave the id out.",
    bad: .yaml(
      """
      name: p
      rules:
      - {id: open, condition: resource.public, action: warn}
      - {id: 1️⃣open, condition: resource.size > 1, action: warn}

      """),
    good: .yaml(
      """
      name: p
      rules:
      - {id: open, condition: resource.public, action: warn}
      - {id: large, condition: resource.size > 1, action: warn}

      """)
  )

  package var id: String

  package init(id: String) { self.id = id }

  package var text: String { "rule id `\(id)` is used already" }
}

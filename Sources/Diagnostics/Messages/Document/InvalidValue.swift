/// A value outside the set its field allows.
package struct InvalidValue: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-value",
    title: "Invalid value for field",
    malformed: .enum,
    explanation: "Some fields take one of a few words, in any letter case: `action`, `severity`, `default_action`.",
    bad: .yaml("name: p\nrules:\n- condition: resource.public\n  action: 1️⃣dney\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: deny\n")
  )

  package var field: String
  package var value: String
  package var allowed: [String]
  package var closest: String?

  package init(field: String, value: String, allowed: [String], closest: String?) {
    self.field = field
    self.value = value
    self.allowed = allowed
    self.closest = closest
  }

  package var text: String {
    let start = "`\(value)` is no value of `\(field)`"
    return closest.map { "\(start); did you mean `\($0)`?" } ?? start
  }

  package var help: String? { "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ") }

  package var fixIt: FixIt? { closest.map { FixIt("change to `\($0)`", replacement: $0, applicability: .unsafe) } }
}

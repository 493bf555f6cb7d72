/// A value outside the set its field allows.
package struct InvalidValue: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-value",
    title: "Invalid value for field",
    malformed: .enum,
    explanation: "Some fields take one of a few words, in any letter case: `action`, `severity`, `default_action`.",
    howToFix: "Take one of the words that the message lists.",
    bad: .yaml("name: p\nrules:\n- condition: resource.public\n  action: 1️⃣dney\n  message: it is public\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: deny\n  message: it is public\n")
  )

  package var field: String
  package var value: String
  /// The words that are shown as help; empty where there are too many of them.
  package var allowed: [String]
  /// The value that was probably meant.
  package var closest: String?
  /// How that value is spelt in this one's place; `nil` when this one cannot be changed where it stands.
  package var spelling: String?

  package init(field: String, value: String, allowed: [String], closest: String?, spelling: String?) {
    self.field = field
    self.value = value
    self.allowed = allowed
    self.closest = closest
    self.spelling = spelling
  }

  package init(field: String, value: String, allowed: [String], closest: String?) {
    self.init(field: field, value: value, allowed: allowed, closest: closest, spelling: closest)
  }

  package var text: String {
    let start = "`\(value)` is no value of `\(field)`"
    return closest.map { "\(start); did you mean `\($0)`?" } ?? start
  }

  package var help: String? {
    allowed.isEmpty ? nil : "one of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
  }

  package var fixIt: FixIt? {
    guard let closest, let spelling else { return nil }
    return FixIt("change to `\(closest)`", replacement: spelling, applicability: .unsafe)
  }
}

/// A key the policy schema does not define.
package struct UnknownField: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unknown-field",
    title: "Unknown field",
    malformed: .unknown,
    explanation: """
      A misspelt key would otherwise be skipped, and the rule it was meant to narrow would apply to more requests than its
      author intended.
      """,
    howToFix: """
      Correct the name. What is meant for other programs or for people belongs into `metadata`, or under a key that
      starts with `x-`.
      """,
    bad: .yaml("name: p\nrules:\n- 1️⃣condtion: resource.public == true\n  action: warn\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public == true\n  action: warn\n")
  )

  package var name: String
  /// The field that was probably meant.
  package var closest: String?
  /// Whether the object lacks that field, and must have it.
  package var isMissing: Bool
  /// How the field is spelt in place of the key; `nil` when the key cannot be changed where it stands.
  package var spelling: String?
  package var help: String?

  package init(
    name: String, closest: String?, isMissing: Bool = false, spelling: String?, help: String? = nil
  ) {
    self.name = name
    self.closest = closest
    self.isMissing = isMissing
    self.spelling = spelling
    self.help = help
  }

  package init(name: String, closest: String?) { self.init(name: name, closest: closest, spelling: closest) }

  package var text: String {
    guard let closest else { return "unknown field `\(name)`" }
    return "unknown field `\(name)`; did you mean `\(closest)`\(isMissing ? ", which is missing" : "")?"
  }

  package var fixIt: FixIt? {
    guard let closest, let spelling else { return nil }
    return FixIt("rename to `\(closest)`", replacement: spelling, applicability: .unsafe)
  }
}

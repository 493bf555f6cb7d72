/// Two fields of which only one may be given.
package struct ConflictingFields: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "conflicting-fields",
    title: "Conflicting fields",
    malformed: .unknown,
    explanation: """
      `effect` is another name for `action`, and `resource_types` the plural of `resource_type`. With both given it would
      be a guess which of them counts.
      """,
    howToFix: "Remove one of the two. `action`, and `resource_types` for more than one type, are the usual ones.",
    bad: .yaml("name: p\nrules:\n- condition: resource.public\n  action: warn\n  1️⃣effect: allow\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: warn\n")
  )

  package var name: String
  package var other: String

  package init(name: String, other: String) {
    self.name = name
    self.other = other
  }

  package var text: String { "`\(name)` and `\(other)` cannot both be given" }
}

/// A text that differs from what it is compared with at least in letter case.
package struct CaseMismatch: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "case-mismatch",
    title: "Letter case that never matches",
    severity: .warning,
    explanation: """
      `lowerAscii()` leaves no capital letter and `upperAscii()` no small one, so a text that has one is never found in what
      they give. Where a schema lists the values of an attribute, one in another case is none of them: no resource has it.
      """,
    howToFix: "Write the literal in the case that the other side has.",
    bad: .condition("resource.name.lowerAscii() == 1️⃣\"Prod\""),
    good: .condition("resource.name.lowerAscii() == \"prod\"")
  )

  package var text: String
  package var fixIt: FixIt?

  /// A literal that is compared with what a function gives, which has letters of one case only.
  package init(literal: String, function: String, hasCapitals: Bool, meant: String?) {
    text = "`\(function)()` gives no \(hasCapitals ? "capital" : "small") letters, and `\(literal)` has some"
    fixIt = meant.map { FixIt("change to `\($0)`", replacement: $0, applicability: .unsafe) }
  }

  /// A literal that is compared with an attribute whose values the schema lists, in another case.
  package init(literal: String, attribute: String, meant: String) {
    text = "`\(literal)` is not one of the values of `\(attribute)`, which has `\(meant)`"
    fixIt = FixIt("change to `\(meant)`", replacement: meant, applicability: .unsafe)
  }
}

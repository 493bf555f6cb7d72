/// A constant pattern that needs more than RE2 has.
package struct UnsupportedRegex: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unsupported-regex",
    title: "Unsupported regular expression",
    failure: .unprocessable,
    explanation: """
      CEL's patterns are RE2's, which are matched in time that grows with the text and no faster. Lookaround,
      backreferences, possessive repetition and the like, which other engines have, are not among them; what they are
      used for can mostly be said by two conditions.
      """,
    howToFix: """
      Say it without: use `!` and a second condition in place of negative lookahead, and `startsWith`, `endsWith`,
      `contains` or two patterns for the others.
      """,
    bad: .condition("resource.name.matches(\"^1️⃣(?!test-).*$\")"),
    good: .condition("!resource.name.startsWith(\"test-\")")
  )

  package var text: String
  package var help: String?

  /// - Parameters:
  ///   - text: What is wrong, with the pattern's text in backticks.
  ///   - help: What to write instead.
  package init(_ text: String, help: String? = nil) {
    self.text = text
    self.help = help
  }
}

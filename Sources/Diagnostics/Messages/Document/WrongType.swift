/// A value of another type than its field has.
package struct WrongType: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "wrong-type",
    title: "Invalid type for field",
    malformed: .type,
    explanation: """
      Each field has one JSON type, and null is no value of any of them: leave an optional field out instead. In YAML an
      unquoted `true`, `12` or `null` is not a string; quote it where a string is meant.
      """,
    howToFix: """
      Write a value of the type that is named: quote what should be a string, put brackets around a list of one, and
      leave out an optional field rather than give null.
      """,
    bad: .yaml("name: 1️⃣12\nrules:\n- condition: resource.public\n  action: warn\n"),
    good: .yaml("name: \"12\"\nrules:\n- condition: resource.public\n  action: warn\n")
  )

  /// What has the wrong type, in words: a field in backticks, or `a policy`.
  package var subject: String
  /// What it must be, with an article.
  package var expected: String
  /// What it is, with an article.
  package var found: String
  package var help: String?
  package var fixIt: FixIt?

  package init(subject: String, expected: String, found: String, help: String? = nil, fixIt: FixIt? = nil) {
    self.subject = subject
    self.expected = expected
    self.found = found
    self.help = help
    self.fixIt = fixIt
  }

  package init(field: String, expected: String, found: String, help: String? = nil, fixIt: FixIt? = nil) {
    self.init(subject: "`\(field)`", expected: expected, found: found, help: help, fixIt: fixIt)
  }

  package var text: String { "\(subject) must be \(expected), and this is \(found)" }
}

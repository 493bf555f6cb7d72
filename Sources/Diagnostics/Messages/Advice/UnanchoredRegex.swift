/// A pattern for a whole value that matches anywhere in it, or a dot in a host name that matches any character.
package struct UnanchoredRegex: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unanchored-regex",
    title: "Unanchored regular expression",
    severity: .warning,
    explanation: """
      `matches` is true when the pattern matches anywhere in the text. A pattern that describes a whole value needs `^` and
      `$`: without them, what stands around the match may be anything, and `[a-z0-9-]{3,63}` is true of a name of a thousand
      characters. A `.` that is not escaped matches any character, so that `^example.com$` also matches `examplexcom`.
      """,
    howToFix: """
      Put `^` before the pattern and `$` behind it, and a backslash before a dot that is meant as itself. For a part
      of a value, `contains` says it plainly.
      """,
    bad: .condition("resource.name.matches(1️⃣\"[a-z][a-z0-9-]{2,62}\")"),
    good: .condition("resource.name.matches(\"^[a-z][a-z0-9-]{2,62}$\")")
  )

  package var text: String
  package var help: String?
  package var fixIt: FixIt?

  /// A pattern without anchors.
  ///
  /// - Parameters:
  ///   - missing: The anchors that are missing.
  ///   - anchors: The edits that add them; `nil` where they cannot be added in place.
  package init(missing: [String], anchors: [SourceEdit]?) {
    let names = missing.map { "`\($0)`" }.joined(separator: " and ")
    text = "a pattern for a whole value without \(names) matches any text that has such a part"
    fixIt = anchors.map { FixIt("add \(names)", edits: $0, applicability: .unsafe) }
  }

  /// Dots of a host name.
  ///
  /// - Parameters:
  ///   - host: The host name as it is written.
  ///   - escapes: The edits that escape its dots; `nil` where they cannot be made in place.
  package init(host: String, escapes: [SourceEdit]?) {
    text = "`.` in the host name `\(host)` matches any character"
    fixIt = escapes.map { FixIt("escape it: `\\.`", edits: $0, applicability: .unsafe) }
  }
}

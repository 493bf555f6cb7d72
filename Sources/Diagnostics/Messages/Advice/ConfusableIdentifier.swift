/// A word whose letters come from several scripts, so that it looks like another one.
package struct ConfusableIdentifier: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "confusable-identifier",
    title: "Confusable name",
    severity: .warning,
    explanation: """
      A Cyrillic or Greek letter in a Latin word cannot be told from the Latin one, and the two words are never equal: a
      condition that compares with it is never true, and two names that read alike differ (Unicode TR 39). Names, keys and
      the strings in conditions are looked at; messages and descriptions are prose, in which scripts may mix.
      """,
    howToFix: "Write the name in one script.",
    bad: .condition("resource.environment == \"1️⃣pr\u{43E}d\""),
    good: .condition("resource.environment == \"prod\"")
  )

  package var word: String
  package var scripts: [String]
  package var character: Unicode.Scalar
  package var lookalike: Unicode.Scalar

  package init(word: String, scripts: [String], character: Unicode.Scalar, lookalike: Unicode.Scalar) {
    self.word = word
    self.scripts = scripts
    self.character = character
    self.lookalike = lookalike
  }

  package var text: String {
    let hexadecimal = String(character.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
    let name = character.properties.name.map { " \($0)" } ?? ""
    let names = scripts.dropLast().joined(separator: ", ") + " and " + (scripts.last ?? "")
    return "`\(word)` mixes \(names): U+\(code)\(name) looks like `\(lookalike)`"
  }
}

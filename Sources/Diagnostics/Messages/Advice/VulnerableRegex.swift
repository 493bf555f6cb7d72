/// A pattern on which backtracking engines take superlinear time.
package struct VulnerableRegex: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "vulnerable-regex",
    title: "Vulnerable regular expression",
    severity: .hint,
    explanation: """
      Repetitions that can match the same text in more than one way, inside each other or one behind the other, make a
      backtracking engine try every way before it gives up: with `^(a+)+$`, each `a` more doubles the time. PolicyCortex
      matches in linear time whatever the pattern, as RE2 does; Perl, Python, Java, JavaScript and .NET do not, so such a
      pattern should not be copied there, and a text can be made to stop them. Write the pattern so that each text has one
      way to match: one repetition in place of two, classes that do not overlap, `^` in front where it is meant.
      """,
    howToFix: """
      Write the pattern so that each text has one way to match: one repetition in place of two, and classes that do
      not overlap.
      """,
    bad: .condition("resource.name.matches(\"^1️⃣([a-z]+-?)+$\")"),
    good: .condition("resource.name.matches(\"^[a-z]+(-[a-z]+)*$\")")
  )

  /// How the time grows with the text.
  package enum Growth: Sendable {
    case exponential, polynomial
    /// Exponential, as far as counted repetitions reach.
    case bounded
  }

  package var growth: Growth
  /// The repetitions that match the same text in several ways, as they are written.
  package var parts: [String]
  /// Whether one of the ways is to start the search later.
  package var involvesSearch: Bool
  /// A text on which an engine takes long: what stands before the part that repeats, that part, and what follows.
  package var attack: (prefix: String, pump: String, suffix: String)

  package init(
    growth: Growth, parts: [String], involvesSearch: Bool, attack: (prefix: String, pump: String, suffix: String)
  ) {
    self.growth = growth
    self.parts = parts
    self.involvesSearch = involvesSearch
    self.attack = attack
  }

  package var text: String {
    let names = parts.map { "`\($0)`" }
    let time = growth == .polynomial ? "polynomial" : "exponential"
    let cause =
      if involvesSearch {
        "\(names.first ?? "a repetition") is tried again from every place of the text"
      } else if names.count > 1 {
        "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") match the same text in several ways"
      } else {
        "\(names.first ?? "a repetition") matches the same text in several ways"
      }
    return "\(cause): backtracking engines elsewhere take \(time) time"
  }

  package var help: String? {
    let before = attack.prefix.isEmpty ? "" : "\(Self.spelt(attack.prefix)), "
    let after = attack.suffix.isEmpty ? "" : ", and \(Self.spelt(attack.suffix)) at the end"
    let advice = involvesSearch ? "; `^` in front makes it linear, where that is meant" : ""
    return "shown by \(before)many times \(Self.spelt(attack.pump))\(after)\(advice)"
  }

  /// A text as a string literal would have it.
  private static func spelt(_ text: String) -> String { "`\(JSONText.quoted(text))`" }
}

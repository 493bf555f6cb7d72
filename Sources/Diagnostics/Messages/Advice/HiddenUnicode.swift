/// A character inside a string or comment that cannot be seen, or that changes the order in which text is shown.
package struct HiddenUnicode: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "hidden-unicode",
    title: "Hidden Unicode character",
    severity: .warning,
    explanation: """
      Bidirectional controls and invisible characters make a condition look different from what it does (CVE-2021-42574).
      Write such a character as an escape, `\\u202E`, where it is really meant.
      """,
    howToFix: "Delete the character; where it is meant, write it as an escape.",
    bad: .condition("resource.name == \"prod1️⃣\u{202E}\""),
    good: .condition("resource.name == \"prod\"")
  )

  package var codePoint: Unicode.Scalar

  package init(codePoint: Unicode.Scalar) { self.codePoint = codePoint }

  package var text: String {
    let hexadecimal = String(codePoint.value, radix: 16, uppercase: true)
    return "hidden character U+\(String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal)"
  }
}

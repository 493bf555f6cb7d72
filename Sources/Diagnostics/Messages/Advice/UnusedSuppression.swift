/// A suppression that suppresses nothing.
package struct UnusedSuppression: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unused-suppression",
    title: "Unused suppression",
    severity: .hint,
    explanation: """
      A suppression that has nothing to suppress any more would hide the next finding of its kind, unseen. Errors cannot be
      suppressed, and neither can a diagnostic that does not exist.
      """,
    howToFix: "Remove the suppression, or correct the code that it names.",
    bad: .yaml(
      "name: p\nrules:\n- condition: resource.public 1️⃣# policycortex: ignore[word-operator]\n  action: warn\n"),
    good: .yaml("name: p\nrules:\n- condition: resource.public\n  action: warn\n")
  )

  /// Why it suppresses nothing.
  package enum Reason: Sendable {
    /// What it names is not found where it reaches.
    case unused
    /// There is no such diagnostic; another may have been meant.
    case unknown(closest: String?)
    /// It names an error.
    case error
    /// It does not say what it suppresses, or how that is said.
    case malformed(help: String)
  }

  /// The codes it names, or what stands where they should.
  package var codes: [String]
  package var reason: Reason
  package var fixIt: FixIt?

  package init(_ codes: [String], _ reason: Reason, fixIt: FixIt?) {
    self.codes = codes
    self.reason = reason
    self.fixIt = fixIt
  }

  package var text: String {
    let names = codes.map { "`\($0)`" }.joined(separator: ", ")
    switch reason {
    case .unused: return "there is no \(names) here to suppress"
    case .unknown(let closest):
      return "there is no diagnostic \(names)" + (closest.map { "; did you mean `\($0)`?" } ?? "")
    case .error: return "\(names) is an error, and errors cannot be suppressed"
    case .malformed: return "this suppresses nothing"
    }
  }

  package var help: String? {
    switch reason {
    case .malformed(let help): help
    case .unused, .unknown, .error: nil
    }
  }
}

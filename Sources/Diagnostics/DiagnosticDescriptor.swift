/// An example of a diagnostic, with `1️⃣` where the diagnostic's range starts.
package enum DiagnosticExample: Sendable {
  /// A whole policy document in YAML.
  case yaml(String)
  /// A whole policy document in JSON.
  case json(String)
  /// One condition; it is shown and tested inside a small policy.
  case condition(String)

  /// The example as its author wrote it, markers included.
  package var markedText: String {
    switch self {
    case .yaml(let text), .json(let text), .condition(let text): text
    }
  }
}

/// What is true of a diagnostic before any document is read.
///
/// Everything that names a diagnostic (command line, `explain`, SARIF, LSP, HTTP, the reference page) comes from here.
package struct DiagnosticDescriptor: Sendable {
  /// The stable kebab-case code.
  package let id: String
  /// A few words, capitalised, without the facts of one occurrence; also `details.error` of a 422 answer.
  package let title: String
  /// How it fails the document; `nil` for warnings and hints.
  package let failure: Failure?
  package let severity: Severity
  /// `details.type` of a 400 answer; `nil` for all others.
  package let schemaErrorType: SchemaErrorType?
  /// Why it matters, in a short paragraph of Markdown.
  package let explanation: String
  /// What to do about it, in a sentence or two of Markdown, as commands.
  package let howToFix: String
  package let bad: DiagnosticExample
  package let good: DiagnosticExample

  /// An error of the document's form.
  package init(
    id: String, title: String, malformed type: SchemaErrorType, explanation: String, howToFix: String = "",
    bad: DiagnosticExample, good: DiagnosticExample
  ) {
    self.init(id, title, .malformed, .error, type, explanation, howToFix, bad, good)
  }

  /// An error of the document's meaning.
  package init(
    id: String, title: String, failure: Failure, explanation: String, howToFix: String = "",
    bad: DiagnosticExample, good: DiagnosticExample
  ) {
    self.init(id, title, failure, .error, nil, explanation, howToFix, bad, good)
  }

  /// Advice, which fails nothing.
  package init(
    id: String, title: String, severity: Severity, explanation: String, howToFix: String = "",
    bad: DiagnosticExample, good: DiagnosticExample
  ) {
    self.init(id, title, nil, severity, nil, explanation, howToFix, bad, good)
  }

  private init(
    _ id: String, _ title: String, _ failure: Failure?, _ severity: Severity, _ type: SchemaErrorType?,
    _ explanation: String, _ howToFix: String, _ bad: DiagnosticExample, _ good: DiagnosticExample
  ) {
    self.id = id
    self.title = title
    self.failure = failure
    self.severity = severity
    schemaErrorType = type
    self.explanation = explanation
    self.howToFix = howToFix
    self.bad = bad
    self.good = good
  }
}

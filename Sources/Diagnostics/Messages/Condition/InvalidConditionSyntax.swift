/// Every lexical and grammatical error of a condition; also a condition that is nothing but an undeclared name.
package struct InvalidConditionSyntax: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-condition-syntax",
    title: "Invalid condition syntax",
    failure: .unprocessable,
    explanation: """
      A condition is an expression in CEL, the Common Expression Language. What cannot be read as one can neither be
      enforced nor reviewed.
      """,
    howToFix: """
      Mend the expression at the place that is shown. Operators are `&&`, `||`, `!`, `==`, `!=` and `in`; strings
      stand in single or double quotes; a name alone is a condition only if it is declared.
      """,
    bad: .condition("resource.size > 1️⃣&& resource.public"),
    good: .condition("resource.size > 10 && resource.public")
  )

  package var text: String
  package var help: String?
  package var fixIt: FixIt?

  package init(_ text: String, help: String? = nil, fixIt: FixIt? = nil) {
    self.text = text
    self.help = help
    self.fixIt = fixIt
  }

  /// - Parameters:
  ///   - found: The token as written, `nil` at the end.
  ///   - expected: What could have stood there, with its article.
  package init(found: String?, expected: String) {
    self.init("expected \(expected), found \(found.map { "`\($0)`" } ?? "the end of the condition")")
  }
  /// A condition that is nothing but a name that is not in scope.
  package init(bareName name: String, closest: String?) {
    self.init(
      "`\(name)` is not a condition: it is a single name, and nothing declares it"
        + (closest.map { "; did you mean `\($0)`?" } ?? ""),
      help: "a condition compares or tests what is in scope, as `resource.encryption.enabled != true` does",
      fixIt: closest.map { FixIt("rename to `\($0)`", replacement: $0, applicability: .unsafe) })
  }
}

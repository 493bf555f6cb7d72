/// A call of a function or method that does not exist.
package struct UnknownFunction: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unknown-function",
    title: "Unknown function",
    failure: .unprocessable,
    explanation: """
      A condition may call the functions of CEL and of its extension libraries. Most of those that look at one value are
      methods: `resource.name.startsWith("prod-")`.
      """,
    howToFix: "Correct the name, or use another function; `grammar/README.md` lists them all, with examples.",
    bad: .condition("resource.name.1️⃣startWith(\"prod-\")"),
    good: .condition("resource.name.startsWith(\"prod-\")")
  )

  package var name: String
  package var isMethod: Bool
  package var closest: String?
  package var help: String?

  /// - Parameters:
  ///   - name: The name that was written, with its namespace.
  ///   - isMethod: Whether it was called on a value.
  ///   - closest: The name that was probably meant, called in the same way.
  ///   - help: How the function of that name is called, when there is one.
  package init(name: String, isMethod: Bool, closest: String?, help: String? = nil) {
    self.name = name
    self.isMethod = isMethod
    self.closest = closest
    self.help = help
  }

  package var text: String {
    let text = "unknown \(isMethod ? "method" : "function") `\(name)`"
    return closest.map { "\(text); did you mean `\($0)`?" } ?? text
  }

  package var fixIt: FixIt? { closest.map { FixIt("rename to `\($0)`", replacement: $0, applicability: .unsafe) } }
}

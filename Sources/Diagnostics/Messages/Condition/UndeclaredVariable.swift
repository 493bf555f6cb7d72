/// A policy variable that is unknown, or used before its declaration.
package struct UndeclaredVariable: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "undeclared-variable",
    title: "Undeclared variable",
    failure: .unprocessable,
    explanation:
      "`variables.x` needs an `x` among the policy's `variables`, and a variable may use only those before it.",
    howToFix: "Correct the name, declare the variable, or move its declaration before those that use it.",
    bad: .yaml(
      "name: p\nvariables:\n  is_open: resource.public == true\nrules:\n- condition: variables.1️⃣is_opne\n  action: warn\n"
    ),
    good: .yaml(
      "name: p\nvariables:\n  is_open: resource.public == true\nrules:\n- condition: variables.is_open\n  action: warn\n"
    )
  )

  package var name: String
  package var closest: String?
  package var isDeclaredLater: Bool
  /// What stands around the name at the diagnostic's place: `"` in `variables["x"]`.
  package var quote: String?

  package init(name: String, closest: String?, isDeclaredLater: Bool = false, quote: String? = nil) {
    self.name = name
    self.closest = closest
    self.isDeclaredLater = isDeclaredLater
    self.quote = quote
  }

  package var text: String {
    if isDeclaredLater { return "variable `\(name)` is used before its declaration" }
    return closest.map { "undeclared variable `\(name)`; did you mean `\($0)`?" } ?? "undeclared variable `\(name)`"
  }

  package var fixIt: FixIt? {
    guard !isDeclaredLater, let closest else { return nil }
    let quote = quote ?? ""
    return FixIt("rename to `\(closest)`", replacement: quote + closest + quote, applicability: .unsafe)
  }
}

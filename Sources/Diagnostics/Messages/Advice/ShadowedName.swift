/// A loop variable that hides a name which is in scope.
package struct ShadowedName: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "shadowed-name",
    title: "Hidden name",
    severity: .warning,
    explanation: """
      Inside the loop the name means the element, and what it meant outside is out of reach: `context.region` is a member of
      the element then. Another name for the element keeps both.
      """,
    howToFix: "Give the loop's variable another name.",
    bad: .condition("resource.contexts.exists(1️⃣context, context.region == \"eu\")"),
    good: .condition("resource.contexts.exists(c, c.region == \"eu\")")
  )

  package var name: String
  /// Whether what is hidden is the variable of a loop around this one.
  package var isLoopVariable: Bool

  package init(name: String, isLoopVariable: Bool) {
    self.name = name
    self.isLoopVariable = isLoopVariable
  }

  package var text: String {
    isLoopVariable ? "`\(name)` hides the loop variable of the same name" : "`\(name)` hides the policy's `\(name)`"
  }
}

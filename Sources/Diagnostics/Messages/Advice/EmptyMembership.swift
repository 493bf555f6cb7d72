/// `x in []`, and loops over `[]`.
package struct EmptyMembership: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "empty-membership",
    title: "Nothing is in an empty list",
    severity: .warning,
    explanation: """
      Nothing is an element of `[]`, and a loop over it has no turn: `exists` is false and `all` is true, whatever the input
      is. Mostly the elements were left for later.
      """,
    howToFix: "Fill the list in, or remove the comparison.",
    bad: .condition("1️⃣resource.region in []"),
    good: .condition("resource.region in [\"eu-west-1\"]")
  )

  /// The empty list or map, as it is written.
  package var container: String
  package var isLoop: Bool

  package init(container: String, isLoop: Bool) {
    self.container = container
    self.isLoop = isLoop
  }

  package var text: String {
    isLoop ? "a loop over `\(container)` has no turn" : "nothing is in `\(container)`: this is never true"
  }
}

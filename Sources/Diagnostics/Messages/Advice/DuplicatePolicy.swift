/// A policy that a run meets twice.
package struct DuplicatePolicy: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "duplicate-policy",
    title: "Duplicate policy",
    severity: .warning,
    explanation: """
      Two policies of one run have the same `id`, or the same name and types of resource. Whichever is submitted last replaces
      the other, or is refused; a copy that was meant to be another policy needs an id and a name of its own.
      """,
    bad: .yaml(
      """
      id: pol-open
      name: Open buckets
      rules:
      - {condition: resource.public == true, action: warn}
      ---
      id: 1️⃣pol-open
      name: Open databases
      rules:
      - {condition: resource.public == true, action: warn}

      """),
    good: .yaml(
      """
      id: pol-open-buckets
      name: Open buckets
      rules:
      - {condition: resource.public == true, action: warn}
      ---
      id: pol-open-databases
      name: Open databases
      rules:
      - {condition: resource.public == true, action: warn}

      """)
  )

  package var text: String
  package var help: String?

  /// - Parameters:
  ///   - sameness: What both have: "id `x`", "name `x`".
  ///   - place: Where the first is, `path:line:column`; `nil` in the same file.
  ///   - sharedRules: The ids of rules that both have.
  package init(sameness: String, place: String?, sharedRules: [String]) {
    text = "a policy with the \(sameness) stands \(place.map { "in `\($0)`" } ?? "in this file") already"
    let shown = sharedRules.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    let rest = sharedRules.count - 5
    help =
      sharedRules.isEmpty ? nil : "rules of both have the ids \(shown)" + (rest > 0 ? " and \(rest) more" : "")
  }
}

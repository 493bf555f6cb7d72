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
    howToFix: "Remove one of the two, or give it an id and a name of its own.",
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
  ///   - id: The id that both have.
  ///   - file: Where the first is; `nil` in the same file.
  ///   - sharedRules: The ids of rules that both have.
  package init(id: String, file: String?, sharedRules: [String]) {
    self.init("id `\(id)`", file, sharedRules)
  }

  /// - Parameters:
  ///   - name: The name that both have, beside the types of resource.
  ///   - file: Where the first is; `nil` in the same file.
  ///   - sharedRules: The ids of rules that both have.
  package init(name: String, file: String?, sharedRules: [String]) {
    self.init("name `\(name)` and the same types of resource", file, sharedRules)
  }

  private init(_ sameness: String, _ file: String?, _ sharedRules: [String]) {
    text = "a policy with the \(sameness) stands \(file.map { "in `\($0)`" } ?? "in this file") already"
    let shown = sharedRules.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    let rest = sharedRules.count - 5
    help =
      sharedRules.isEmpty ? nil : "rules of both have the ids \(shown)" + (rest > 0 ? " and \(rest) more" : "")
  }
}

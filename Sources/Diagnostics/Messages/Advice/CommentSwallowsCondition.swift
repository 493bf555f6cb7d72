/// `//` in a YAML scalar whose lines are joined, so that the comment reaches to the end of the condition.
package struct CommentSwallowsCondition: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "comment-swallows-condition",
    title: "Comment swallows the condition",
    severity: .warning,
    explanation: """
      A folded (`>`) or plain YAML scalar joins its lines, so a `//` comment does not end where its line ends in the file: it
      takes the rest of the condition with it. Use a literal block (`|`).
      """,
    howToFix: "Write the condition as a literal block (`|`), or move the comment out of it.",
    bad: .yaml(
      "name: p\nrules:\n- condition: >\n    resource.public == true 1️⃣// open to all\n    && resource.size > 1\n  action: warn\n"
    ),
    good: .yaml(
      "name: p\nrules:\n- condition: |\n    resource.public == true // open to all\n    && resource.size > 1\n  action: warn\n"
    )
  )

  package init() {}

  package var text: String { "this comment reaches to the end of the condition, over the lines that follow" }

  package var help: String? { "write the condition as a literal block, `|`" }
}

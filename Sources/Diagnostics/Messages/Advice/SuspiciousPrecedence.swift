/// Operators that bind otherwise than they read: `!a in b`, `a and b or c`.
package struct SuspiciousPrecedence: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "suspicious-precedence",
    title: "Operators that bind otherwise than they read",
    severity: .warning,
    explanation: """
      `!` binds tighter than every comparison: `!a in b` asks whether `!a`, a boolean, is in `b`. And `and` binds tighter than
      `or`. The fix-it puts parentheses where they are understood already, so that nobody reads it the other way; move them
      where something else was meant.
      """,
    howToFix: "Put parentheses where you mean them.",
    bad: .condition("1️⃣!resource.public in resource.flags"),
    good: .condition("(!resource.public) in resource.flags")
  )

  package var text: String
  package var help: String?
  package var fixIt: FixIt?

  /// A `!` in front of the left operand of a comparison.
  package init(negated operand: String, comparison: String, fixIt: FixIt?) {
    text = "`!` applies to `\(operand)` alone, not to the whole comparison"
    help = "if the comparison is what should be false, write `!(\(comparison))`"
    self.fixIt = fixIt
  }

  /// An `and` beside an `or`, without parentheses.
  package init(conjunction and: String, disjunction or: String, fixIt: FixIt?) {
    text = "`\(and)` binds tighter than the `\(or)` beside it"
    help = nil
    self.fixIt = fixIt
  }
}

/// A comparison of `now` with a fixed time that is past.
package struct ExpiredTimestamp: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "expired-timestamp",
    title: "Comparison that time has settled",
    severity: .warning,
    explanation: """
      Time goes on and does not return: what is compared with a fixed time that is past has the same result from now on. An
      exception that ran out can be removed, and so can the date from which a rule is in force.
      """,
    howToFix: "Remove the exception that ran out, or correct the date.",
    bad: .condition("resource.public == true && 1️⃣now < timestamp(\"2020-01-01T00:00:00Z\")"),
    good: .condition("resource.public == true")
  )

  package var result: Bool

  package init(result: Bool) { self.result = result }

  package var text: String { "the time is past, and this is \(result) from now on" }
}

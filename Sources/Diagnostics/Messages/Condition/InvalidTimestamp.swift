/// A constant that `timestamp(…)` cannot convert.
package struct InvalidTimestamp: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-timestamp",
    title: "Invalid timestamp",
    failure: .unprocessable,
    explanation: """
      A timestamp is written as RFC 3339 has it: date, `T`, time, and `Z` or an offset, such as
      `2026-01-31T12:00:00Z` or `2026-01-31T12:00:00.5+01:00`. It lies in the years 0001 to 9999.
      """,
    howToFix: "Write date and time in full, with an offset: `2026-01-31T00:00:00Z`.",
    bad: .condition("now < timestamp(\"2026-1️⃣13-01T00:00:00Z\")"),
    good: .condition("now < timestamp(\"2026-12-01T00:00:00Z\")")
  )

  package var text: String
  package var help: String? { "a timestamp is written `2026-01-31T12:00:00Z`" }

  package init(_ text: String) { self.text = text }
}

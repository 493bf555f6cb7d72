/// A constant that `duration(…)` cannot convert.
package struct InvalidDuration: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "invalid-duration",
    title: "Invalid duration",
    failure: .unprocessable,
    explanation: """
      A duration is written as numbers with units: `h`, `m`, `s`, `ms`, `us` and `ns`, such as `1h30m` or `2.5s`. A day
      is `24h`.
      """,
    howToFix: "Write it in hours or smaller units: 30 days are `720h`.",
    bad: .condition("now - timestamp(resource.created) > duration(\"301️⃣d\")"),
    good: .condition("now - timestamp(resource.created) > duration(\"720h\")")
  )

  package var text: String
  package var help: String?

  /// - Parameters:
  ///   - text: What is wrong.
  ///   - help: How the time is written that was probably meant.
  package init(_ text: String, help: String? = nil) {
    self.text = text
    self.help = help
  }
}

/// A condition that may take more steps to evaluate than is sensible, whatever the input.
package struct ConditionTooCostly: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "condition-too-costly",
    title: "Condition too costly",
    severity: .warning,
    explanation: """
      Loops within loops multiply: the condition may take more than 10,000,000 steps, and evaluation may give up before it
      is done. Only sizes that are known count: those of literals, and those that a resource type states.
      """,
    howToFix: """
      Use one loop in place of two, `in` or a set function in place of a loop, or a smaller list; bound the attribute
      that the message names (`maxItems` in its resource type).
      """,
    bad: .condition("1️⃣lists.range(5000).exists(a, lists.range(5000).exists(b, a * b == resource.size))"),
    good: .condition("lists.range(50).exists(a, lists.range(50).exists(b, a * b == resource.size))")
  )

  /// How many steps it may take; `UInt64.max` stands for all that do not fit.
  package var steps: UInt64
  /// How many are sensible.
  package var limit: UInt64
  /// The attribute that should have a bound, where one is to blame.
  package var attribute: String?

  package init(steps: UInt64, limit: UInt64, attribute: String? = nil) {
    self.steps = steps
    self.limit = limit
    self.attribute = attribute
  }

  package var text: String {
    let count = steps >= Self.countless ? "more than \(Self.grouped(Self.countless))" : "up to \(Self.grouped(steps))"
    return "this may take \(count) steps, and \(Self.grouped(limit)) is sensible"
  }

  package var help: String? {
    attribute.map { "state how many elements `\($0)` has at most" }
      ?? "loop over fewer elements, or ask with `in` in place of an inner loop"
  }

  private static let countless: UInt64 = 1_000_000_000_000_000

  /// A number with a comma between every three digits.
  private static func grouped(_ number: UInt64) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}

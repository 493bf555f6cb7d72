import CEL
import Diagnostics
import MarkedSource
import PolicyCortex
import PolicyModel
import Testing

/// A time in November 2026 that stands for now, so that no test depends on the day it is run.
let fixedClock: @Sendable () -> Timestamp = { Timestamp(seconds: 1_795_000_000) ?? .least }

/// What is found in a condition that stands in a policy, with no errors among it.
func advice(on condition: String, action: String = "warn") -> [Diagnostic] {
  let rule = #"{"condition": \#(JSONText.quoted(condition)), "action": "\#(action)", "message": "m"}"#
  let policy = #"{"name": "p", "rules": [\#(rule)]}"#
  let found = PolicyValidator(clock: fixedClock).validate(Array(policy.utf8), name: "p.json").diagnostics
  #expect(found.filter { $0.severity == .error }.map(\.message) == [], "\(condition)")
  return found
}

/// Expects a code at each of the markers of a condition, in the markers' order, and nothing else but `word-operator`.
func expectAdvice(
  _ marked: String, _ codes: [String], action: String = "warn",
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let source = MarkedSource(marked)
  let found = advice(on: source.text, action: action).filter { $0.code != "word-operator" }
  let shown = found.map { "\($0.conditionSpan?.start ?? -1) \($0.code)" }
  let wanted = codes.enumerated().map { "\(source.offset("\($0.offset + 1)\u{FE0F}\u{20E3}")) \($0.element)" }
  #expect(shown == wanted, "\(marked): \(found.map(\.message))", sourceLocation: sourceLocation)
}

/// A condition after the first fix-it of a code's first diagnostic; `nil` when there is none.
func fixed(_ condition: String, _ code: String, action: String = "warn") -> String? {
  let rule = #"{"condition": \#(JSONText.quoted(condition)), "action": "\#(action)", "message": "m"}"#
  let policy = #"{"name": "p", "rules": [\#(rule)]}"#
  let report = PolicyValidator(clock: fixedClock).validate(Array(policy.utf8), name: "p.json")
  guard let fixIt = report.diagnostics.first(where: { $0.code == code })?.fixIts.first else { return nil }
  let after = PolicyValidator(clock: fixedClock).validate(Array(policy.applying(fixIt.edits).utf8), name: "p.json")
  #expect(after.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(condition)")
  return after.policies.first?.rules.first?.condition
}

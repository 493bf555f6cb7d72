import CEL
import Testing

/// What fuzzing evaluation has found, each kept for good.
@Suite("What fuzzing evaluation has found")
struct EvaluationFindTests {
  @Test(
    "a call that does not check has an error for its value, whatever its arguments are",
    arguments: [
      "cel.block()", "cel.block([1])", "cel.block([1], 2, 3)", "optional.of(1).or()", "optional.of(1).orValue()",
      "or()",
      "optional.of(1).or(optional.none(), 2)", "orValue(optional.of(1), 2)", "optional.or(1)", "'a'.startsWith()",
      "startsWith('a', 'a')", "math.greatest()", "'a'.matches()", "cel.block([?optional.of(1)], 1, 2)",
    ])
  func wrongArguments(text: String) {
    #expect(throws: EvaluationError.self) { try evaluated(text, isChecked: false) }
  }

  // The first piece of an arena, when it had no bytes, had no address either.
  @Test("the first text that an evaluation makes may be empty")
  func emptyText() throws {
    let bindings = [("e", CELValue.string("")), ("s", .string("a"))]
    for text in ["e.replace(e, e)", "s.replace(s, e)", "s.replace(s, e, 2)", "regex.replace(s, s, e)"] {
      #expect("\(try evaluated(text, bindings))" == "\(CELValue.string(""))", "\(text)")
    }
  }

  // What counts steps was read as the number of a register: far behind the last one, where a loop is long.
  @Test("a loop may have far more steps than there are registers")
  func longLoop() throws {
    let sum = [String](repeating: "x", count: 100_000).joined(separator: " + ")
    #expect("\(try evaluated("[1, 2].map(x, \(sum))"))" == "\(CELValue.list([.int(100_000), .int(200_000)]))")
  }
}

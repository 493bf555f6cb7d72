import CEL
import Testing

@Suite("Numbers of different types")
struct NumberComparisonTests {
  @Test(
    "compare as doubles, as in Google's engines, and integers beyond 2^53 as the nearest one",
    arguments: [
      ("dyn(1) < 1.5", true), ("dyn(1u) == 1.0", true), ("dyn(-1) < 0u", true),
      ("dyn(9223372036854775807) < 9223372036854775808.0", false),
      ("dyn(9223372036854775807) == 9223372036854775808.0", true),
      ("dyn(18446744073709551615u) == 18446744073709551616.0", true),
      ("dyn(9007199254740993) == 9007199254740992.0", true),
      ("dyn(9007199254740993) < 9007199254740994.0", true),
      ("dyn(1) == double('NaN')", false), ("dyn(1) < double('NaN')", false),
      ("9223372036854775807 < 9223372036854775808u", true),
      ("9007199254740992.0 in [9007199254740993, 1, 2, 3]", true),
      ("dyn(9007199254740992.0) in [dyn(9007199254740993)]", true),
    ])
  func comparison(expression: String, isTrue: Bool) throws {
    guard case .bool(let found) = try evaluated(expression, isChecked: false) else {
      Issue.record("`\(expression)` is no bool")
      return
    }
    #expect(found == isTrue, "\(expression)")
  }

  @Test(
    "are the same map key only where they have the same value",
    arguments: [
      ("1.0 in {1: 2}", true), ("1u in {1: 2}", true), ("9007199254740992.0 in {9007199254740993: 1}", false),
      ("1.5 in {1: 2}", false),
    ])
  func keys(expression: String, isTrue: Bool) throws {
    guard case .bool(let found) = try evaluated(expression, isChecked: false) else {
      Issue.record("`\(expression)` is no bool")
      return
    }
    #expect(found == isTrue, "\(expression)")
  }
}

import MarkedSource
import Testing

@testable import CEL

@Suite("Formatted strings")
struct StringFormatTests {
  @Test(
    "writes values as text",
    arguments: [
      ("'a%sé'.format(['🐱'])", #""a🐱é""#),
      ("'%%%s%%'.format([1])", #""%1%""#),
      ("''.format([])", #""""#),
      ("'%s'.format([1, 2])", #""1""#),
      ("'%s %s %s'.format([-1, 18446744073709551615u, true])", #""-1 18446744073709551615 true""#),
      ("'%s'.format([null])", #""null""#),
      ("'%s %s'.format([1e30, -0.0])", #""1000000000000000000000000000000 -0""#),
      ("'%s'.format([1e-7])", #""0.0000001""#),
      ("'%s %s %s'.format([double('NaN'), double('inf'), -double('inf')])", #""NaN Infinity -Infinity""#),
      ("'%s'.format([b'caf\\xc3\\xa9'])", #""café""#),
      ("'%s'.format([b'\\xff'])", "error: bytes that are not UTF-8 cannot be formatted as text"),
      ("'%s %s %s'.format([int, type([1]), type(timestamp(0))])", #""int list google.protobuf.Timestamp""#),
      ("'%s'.format([timestamp('2023-02-03T23:31:20.1204Z')])", #""2023-02-03T23:31:20.1204Z""#),
      ("'%s'.format([timestamp('2023-02-03T23:31:20Z')])", #""2023-02-03T23:31:20Z""#),
      ("'%s %s'.format([duration('-1.5s'), duration('100s')])", #""-1.5s 100s""#),
      ("'%s'.format([[]])", #""[]""#),
      ("'%s'.format([{}])", #""{}""#),
      ("'%s'.format([[['a', 1], {'b': [], 'a': {1: 2}}, null]])", #""[[a, 1], {a: {1: 2}, b: []}, null]""#),
      ("'%s'.format([{10: 1, 9: 2, -1: 3, true: 4, 'b': 5, 'B': 6}])", #""{-1: 3, 10: 1, 9: 2, B: 6, b: 5, true: 4}""#),
      ("'%s'.format([optional.none()])", "error: `%s` cannot format a value of type `optional_type`"),
      ("'%s'.format([[{'a': optional.of(1)}]])", "error: `%s` cannot format a value of type `optional_type`"),
      ("'%.3s'.format(['abcdef'])", #""abcdef""#),
    ])
  func text(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "writes numbers exactly",
    arguments: [
      ("'%d %d %d'.format([-5, 5u, 3.25])", #""-5 5 3.25""#),
      ("'%d'.format([double('NaN')])", #""NaN""#),
      ("'%f'.format([-1])", #""-1.000000""#),
      ("'%.0f %.0f %.0f %.0f'.format([0.5, 1.5, 2.5, -0.4])", #""0 2 2 -0""#),
      ("'%.2f %.2f %.2f'.format([1.005, 2.675, 1.115])", #""1.00 2.67 1.11""#),
      ("'%.3f'.format([0.0005])", #""0.001""#),
      ("'%.1f'.format([9.95])", #""9.9""#),
      ("'%.1f'.format([0.96])", #""1.0""#),
      ("'%.0f'.format([1e23])", #""99999999999999991611392""#),
      ("'%.20f'.format([0.1])", #""0.10000000000000000555""#),
      ("'%.0f'.format([9007199254740993])", #""9007199254740992""#),
      ("'%e %e'.format([0.0, -0.0])", #""0.000000e+00 -0.000000e+00""#),
      ("'%.0e %.0e'.format([15.0, 25.0])", #""2e+01 2e+01""#),
      ("'%.3e %.3e'.format([9.9996e9, 1e-300])", #""1.000e+10 1.000e-300""#),
      ("'%e'.format([5e-324])", #""4.940656e-324""#),
      ("'%f %e'.format([double('inf'), -double('inf')])", #""Infinity -Infinity""#),
      ("size('%.1000f'.format([1.5]))", "1002"),
      ("size('%.1000e'.format([1.5]))", "1006"),
      ("'%b %b %b %b'.format([5, -5, 6u, false])", #""101 -101 110 0""#),
      ("'%o %o'.format([-9, 64u])", #""-11 100""#),
      ("'%x %X %x'.format([-30, 255, 4294967295u])", #""-1e FF ffffffff""#),
      ("'%x'.format([-9223372036854775808])", #""-8000000000000000""#),
      ("'%x %X %x'.format(['é', b'\\xff\\x01', ''])", #""c3a9 FF01 ""#),
    ])
  func numbers(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "reports what cannot be formatted",
    arguments: [
      ("'%s %s'.format([1])", "`%s` has no value: the list has 1"),
      ("'%s'.format([])", "`%s` has no value: the list has 0"),
      ("'%'.format([1])", "the format ends behind a `%`; `%%` is a percent sign"),
      ("'100%% %'.format([1])", "the format ends behind a `%`; `%%` is a percent sign"),
      ("'%.'.format([1])", "the format ends behind a precision"),
      ("'%.3'.format([1])", "the format ends behind a precision"),
      ("'%.f'.format([1])", "a precision is a `.` with digits behind it"),
      ("'%.1001f'.format([1])", "a precision is at most 1000"),
      ("'%.99999999999999999999f'.format([1])", "a precision is at most 1000"),
      ("'%d'.format(['1'])", "`%d` formats numbers, and was given a value of type `string`"),
      ("'%f'.format(['NaN'])", "`%f` formats numbers, and was given a value of type `string`"),
      ("'%e'.format([true])", "`%e` formats numbers, and was given a value of type `bool`"),
      ("'%b'.format([1.5])", "`%b` formats integers and bools, and was given a value of type `double`"),
      ("'%o'.format([true])", "`%o` formats integers, and was given a value of type `bool`"),
      ("'%X'.format([[1]])", "`%X` formats integers, strings and bytes, and was given a value of type `list`"),
      (
        "'%é'.format([1])",
        "`%é` is no format; those there are: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X`, `%%`"
      ),
    ])
  func errors(expression: String, expected: String) {
    #expect(outcome(expression) == "error: \(expected)")
  }

  @Test("lists that nest deep need no stack")
  func nesting() {
    let written = onSmallStack {
      let context = EvaluationContext()
      return try? formatted("%s", context) { (context) throws(EvaluationError) in
        var value = try context.list([])
        for _ in 0..<100_000 { value = try context.list([value]) }
        return value
      }
    }
    let brackets = [("[", 100_001), ("]", 100_001)].map { String(repeating: $0.0, count: $0.1) }
    #expect(written == brackets.joined())
  }

  @Test("a list that holds itself many times over ends in an error", arguments: [4_096, 1 << 20])
  func expansion(byteLimit: Int) {
    let context = EvaluationContext(budget: EvaluationBudget(bytes: byteLimit))
    #expect(throws: EvaluationError(.limit, "the evaluation takes too much memory")) {
      try formatted("%s", context) { (context) throws(EvaluationError) in
        var value = try context.list([])
        for _ in 0..<60 { value = try context.list([value, value]) }
        return value
      }
    }
  }
}

/// What a format makes of one value.
private func formatted(
  _ format: String, _ context: EvaluationContext,
  _ value: (EvaluationContext) throws(EvaluationError) -> Value
) throws(EvaluationError) -> String {
  let values = try context.list([value(context)])
  var format = StringFormat(try context.string(format).bytes, values.elements, context)
  return try withExtendedLifetime(context) { () throws(EvaluationError) in try format.result().text }
}

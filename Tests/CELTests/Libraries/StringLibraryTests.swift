import CEL
import Testing

@Suite("The strings extension")
struct StringLibraryTests {
  @Test(
    "finds places in code points",
    arguments: [
      ("'a🐱c'.charAt(1)", #""🐱""#),
      ("'a🐱c'.charAt(3)", #""""#),
      ("''.charAt(0)", #""""#),
      ("'ab'.charAt(3)", "error: index out of range: 3"),
      ("'ab'.charAt(-1)", "error: index out of range: -1"),
      ("'ab'.charAt(-9223372036854775808)", "error: index out of range: -9223372036854775808"),
      ("'ab'.charAt(9223372036854775807)", "error: index out of range: 9223372036854775807"),
      ("'🐱🐱b'.indexOf('b')", "2"),
      ("'🐱🐱b'.indexOf('x')", "-1"),
      ("'abab'.indexOf('ab', 1)", "2"),
      ("'abab'.indexOf('ab', 2)", "2"),
      ("'abab'.indexOf('ab', 3)", "-1"),
      ("'abab'.indexOf('a', 4)", "-1"),
      ("'abab'.indexOf('a', 5)", "error: index out of range: 5"),
      ("'abab'.indexOf('', 4)", "4"),
      ("'abab'.indexOf('', 5)", "error: index out of range: 5"),
      ("'abab'.indexOf('a', -1)", "error: index out of range: -1"),
      ("'abab'.indexOf('ababa')", "-1"),
      ("''.indexOf('')", "0"),
      ("'éaéa'.lastIndexOf('éa')", "2"),
      ("'aaaa'.lastIndexOf('aa')", "2"),
      ("'aaaa'.lastIndexOf('aa', 1)", "1"),
      ("'aaaa'.lastIndexOf('aa', 0)", "0"),
      ("'aaaa'.lastIndexOf('aa', 3)", "2"),
      ("'aaaa'.lastIndexOf('aa', 4)", "2"),
      ("'aaaa'.lastIndexOf('aa', 5)", "error: index out of range: 5"),
      ("'aaaa'.lastIndexOf('aa', 9223372036854775807)", "error: index out of range: 9223372036854775807"),
      ("'aaaa'.lastIndexOf('', 4)", "4"),
      ("'aaaa'.lastIndexOf('', 5)", "error: index out of range: 5"),
      ("'aaaa'.lastIndexOf('a', -1)", "error: index out of range: -1"),
      ("'é'.lastIndexOf('')", "1"),
      ("''.lastIndexOf('a')", "-1"),
      ("'aéc'.substring(1)", #""éc""#),
      ("'aéc'.substring(3)", #""""#),
      ("'aéc'.substring(4)", "error: index out of range: 4"),
      ("'aéc'.substring(1, 2)", #""é""#),
      ("'aéc'.substring(3, 3)", #""""#),
      ("'aéc'.substring(1, 4)", "error: index out of range: 4"),
      ("'aéc'.substring(-1, 2)", "error: index out of range: -1"),
      ("'aéc'.substring(4, 4)", "error: index out of range: 4"),
      ("'aéc'.substring(2, 1)", "error: a substring from 2 to 1 ends before it starts"),
      (
        "'a'.substring(-9223372036854775808, 9223372036854775807)",
        "error: index out of range: -9223372036854775808"
      ),
    ])
  func places(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "rewrites strings",
    arguments: [
      ("'ÀZaz[{'.lowerAscii()", #""Àzaz[{""#),
      ("'ßaz@`{'.upperAscii()", #""ßAZ@`{""#),
      ("''.upperAscii()", #""""#),
      ("'abc'.replace('b', 'éé')", #""aééc""#),
      ("'abc'.replace('b', '')", #""ac""#),
      ("'aaa'.replace('aa', 'b')", #""ba""#),
      ("'abc'.replace('x', 'y')", #""abc""#),
      ("'aaaa'.replace('a', 'b', 2)", #""bbaa""#),
      ("'aaaa'.replace('a', 'b', 0)", #""aaaa""#),
      ("'aaaa'.replace('a', 'b', -1)", #""bbbb""#),
      ("'aé🐱'.replace('', '-')", #""-a-é-🐱-""#),
      ("'aé🐱'.replace('', '-', 2)", #""-a-é🐱""#),
      ("'aé'.replace('', '-', 3)", #""-a-é-""#),
      ("''.replace('', 'x')", #""x""#),
      ("''.replace('', 'x', 0)", #""""#),
      ("'e\\u0301🐱'.reverse()", "\"🐱\u{301}e\""),
      ("''.reverse()", #""""#),
      ("'\\u3000\\u2028\\u202f a b\\u205f\\u2029\\u00a0'.trim()", #""a b""#),
      ("'\\u200b a'.trim()", "\"\u{200B} a\""),
      ("' \\t\\n '.trim()", #""""#),
      ("''.trim()", #""""#),
      ("strings.quote('a\\a\\b\\f\\n\\r\\t\\v\\\\\"\\'é\\u0000')", #""""# + #"a\a\b\f\n\r\t\v\\\"'é"# + "\0\"\""),
      ("strings.quote('')", #""""""#),
    ])
  func rewriting(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "takes strings apart and puts them together",
    arguments: [
      ("['a', 'é', ''].join()", #""aé""#),
      ("['a', 'é', ''].join('--')", #""a--é--""#),
      ("[''].join('-')", #""""#),
      ("['a', dyn(1)].join()", "error: no such overload"),
      ("['a', dyn(null)].join('-')", "error: no such overload"),
      ("'a,b,,c,'.split(',')", #"["a", "b", "", "c", ""]"#),
      ("'a::b'.split('::')", #"["a", "b"]"#),
      ("'abc'.split('x')", #"["abc"]"#),
      ("''.split('x')", #"[""]"#),
      ("''.split('')", "[]"),
      ("''.split('', 3)", "[]"),
      ("'aé🐱'.split('')", #"["a", "é", "🐱"]"#),
      ("'aé🐱'.split('', 1)", #"["aé🐱"]"#),
      ("'aé🐱'.split('', 2)", #"["a", "é🐱"]"#),
      ("'aé🐱'.split('', 3)", #"["a", "é", "🐱"]"#),
      ("'aé🐱'.split('', 9)", #"["a", "é", "🐱"]"#),
      ("'a,b,c'.split(',', 2)", #"["a", "b,c"]"#),
      ("'a,b,c'.split(',', 1)", #"["a,b,c"]"#),
      ("'a,b,c'.split(',', 0)", "[]"),
      ("'a,b,c'.split(',', -7)", #"["a", "b", "c"]"#),
      ("'a,b,c'.split(',', -9223372036854775808)", #"["a", "b", "c"]"#),
      ("'aaa'.split('aa')", #"["", "a"]"#),
    ])
  func pieces(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "takes no values of other types",
    arguments: [
      "dyn(1).charAt(0)", "'a'.indexOf(dyn(null))", "'a'.indexOf('a', dyn(1u))", "'a'.split(dyn(b'a'))",
      "dyn(b'a').reverse()", "'a'.substring(dyn(1.0))", "dyn('a').join()", "'%d'.format(dyn({}))",
    ])
  func otherTypes(expression: String) {
    #expect(outcome(expression) == "error: no such overload")
  }

  @Test("a result that would take too much memory is an error before it is built")
  func memory() {
    // Each step squares the length: 2^60 bytes in the end.
    let squares = "cel.bind(a, s.replace('', s), cel.bind(b, a.replace('', a), b.replace('', b)))"
    let text = CELValue.string(String(repeating: "x", count: 1 << 15))
    #expect(outcome("size(\(squares))", [("s", text)]).hasPrefix("error: "))
    let doubling = (0..<40).reduce("'x'") { expression, _ in "cel.bind(a, \(expression), [a, a].join(a))" }
    #expect(outcome("size(\(doubling))").hasPrefix("error: "))
  }

  @Test("what is looked for over and over takes linear time")
  func linearTime() {
    let text = CELValue.string(String(repeating: String(repeating: "a", count: 2_000) + "b", count: 500))
    let part = CELValue.string(String(repeating: "a", count: 1_000) + "c")
    let bindings = [("s", text), ("p", part)]
    #expect(outcome("s.replace(p, '') == s && s.split(p).size() == 1 && s.lastIndexOf(p) == -1", bindings) == "true")
    #expect(outcome("s.lastIndexOf('aab')", bindings) == "\(2_001 * 500 - 3)")
    #expect(outcome("s.split('b').size()", bindings) == "501")
  }
}

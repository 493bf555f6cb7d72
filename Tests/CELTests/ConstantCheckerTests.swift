import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Faults of constants")
struct ConstantCheckerTests {
  @Test(
    "a part that always fails is reported from end to end",
    arguments: [
      ("resource.a > 1️⃣1 / 02️⃣", "`1 / 0` always fails: division by zero"),
      ("resource.a > 1️⃣1u % 0u2️⃣", "`1u % 0u` always fails: modulus by zero"),
      ("resource.a > (1️⃣(1)/(0)2️⃣) + 1", "`(1)/(0)` always fails: division by zero"),
      ("resource.a > 1️⃣2 * 92233720368547758072️⃣ * 2", "integer overflow"),
      ("1️⃣-(-9223372036854775808)2️⃣ > resource.a", "integer overflow"),
      ("1️⃣[1][5]2️⃣ == resource.a", "`[1][5]` always fails: index out of bounds: 5"),
      ("1️⃣[1, 2][-1]2️⃣ == resource.a", "index out of bounds"),
      ("1️⃣{'a': 1}.b2️⃣ == 1", "no such key: `b`"),
      ("1️⃣{'a': {'b': {'d': 1}}}.a.c2️⃣.d == 1", "no such key: `c`"),
      ("1️⃣{'a': 1}['b']2️⃣ == 1", "no such key: `b`"),
      ("1️⃣math.least([])2️⃣ == resource.a", "`math.least([])` always fails: `math.least` of an empty list"),
      ("resource.a > 1️⃣math.greatest(([]))2️⃣", "`math.greatest` of an empty list"),
      ("resource.a in 1️⃣{'a': 1, 'a': 2}2️⃣", "always fails: "),
      ("1️⃣int('x')2️⃣ == 1", "`int('x')` always fails: cannot convert `x` to int"),
      ("1️⃣uint(-1)2️⃣ == resource.a", "-1 is out of the range of uint"),
      ("1️⃣double('1,5')2️⃣ == resource.a", "cannot convert"),
      ("1️⃣bool('yes')2️⃣ && true", "cannot convert"),
      ("isIP('a') && 1️⃣ip('300.1.1.1')2️⃣ == resource.a", "always fails: "),
      ("1️⃣timestamp('9999-12-31T23:59:59Z') + duration('1h')2️⃣ > now", "always fails: "),
      ("1️⃣dyn('a') < 12️⃣", "it does not take values of these types"),
      ("resource.tags.exists(t, t == 1️⃣1 / 02️⃣)", "division by zero"),
      ("resource.a ? 1️⃣1 / 02️⃣ == 1 : true", "division by zero"),
      ("now.getHours(1️⃣'Mars/Phobos'2️⃣) < 6", "unknown time zone `Mars/Phobos`"),
      ("timestamp('2026-01-01T00:00:00Z').getDate(1️⃣'+25:00'2️⃣) == 1", "an offset from UTC is written"),
      ("now.getMinutes(1️⃣'Mars' + '/Phobos'2️⃣) < 6", "unknown time zone `Mars/Phobos`"),
    ])
  func constantError(marked: String, message: String) { expect("constant-error", message, marked) }

  @Test(
    "a pattern's fault is reported inside the pattern",
    arguments: [
      ("resource.name.matches('a1️⃣(2️⃣b')", "invalid-regex", "missing `)`"),
      ("matches(resource.name, 'a1️⃣(2️⃣b')", "invalid-regex", "missing `)`"),
      (#"resource.name.matches('\\d+1️⃣[2️⃣b')"#, "invalid-regex", "missing `]`"),
      (#"resource.name.matches(r'\d+1️⃣[2️⃣b')"#, "invalid-regex", "missing `]`"),
      (#"resource.name.matches("\u0041\u00e91️⃣)2️⃣")"#, "invalid-regex", "`)` without a `(`"),
      (#"resource.name.matches('''a'b1️⃣)2️⃣''')"#, "invalid-regex", "`)` without a `(`"),
      (#"resource.name.matches('(a)1️⃣\\12️⃣')"#, "unsupported-regex", "backreference"),
      (#"resource.name.matches('a1️⃣\x28?=2️⃣b)')"#, "unsupported-regex", "lookahead"),
      ("resource.name.matches(1️⃣'^' + '('2️⃣)", "invalid-regex", "missing `)`"),
      ("'abc'.matches('1️⃣(2️⃣')", "invalid-regex", "missing `)`"),
      ("regex.extract(resource.name, 'a1️⃣[2️⃣') == optional.none()", "invalid-regex", "missing `]`"),
      ("regex.extract(resource.name, '1️⃣(a)(b)2️⃣') == optional.none()", "invalid-regex", "at most one capturing group"),
      ("regex.extractAll(resource.name, 'a1️⃣[2️⃣') == []", "invalid-regex", "missing `]`"),
      ("regex.replace(resource.name, 'a1️⃣[2️⃣', 'b') == ''", "invalid-regex", "missing `]`"),
      ("regex.replace('abc', '1️⃣(?<=2️⃣a)', 'b', 1) == ''", "unsupported-regex", "lookbehind"),
      ("resource.names.all(n, n.matches('a1️⃣(2️⃣b'))", "invalid-regex", "missing `)`"),
    ])
  func pattern(marked: String, code: String, message: String) { expect(code, message, marked) }

  @Test(
    "a time's fault is reported inside its text",
    arguments: [
      ("now < timestamp('2026-1️⃣132️⃣-01T00:00:00Z')", "invalid-timestamp", "the month 13"),
      ("now < timestamp('2026-12-011️⃣2️⃣')", "invalid-timestamp", "a timestamp needs a time"),
      (#"now < timestamp("2026\x2d1️⃣132️⃣-01T00:00:00Z")"#, "invalid-timestamp", "the month 13"),
      ("now < timestamp(1️⃣9999999999999992️⃣)", "invalid-timestamp", "999999999999999 is out of the range"),
      ("now < timestamp(1️⃣'2026-' + '13-01'2️⃣)", "invalid-timestamp", "cannot convert `2026-13-01`"),
      ("now - now < duration('1h1️⃣32️⃣')", "invalid-duration", "the number needs a unit"),
      ("now - now < duration(r'301️⃣d2️⃣')", "invalid-duration", "the unit `d`"),
      ("timestamp('1️⃣x2️⃣') < now && true", "invalid-timestamp", ""),
    ])
  func time(marked: String, code: String, message: String) {
    expect(code, message, marked, comparesEnd: !marked.contains("('1️⃣x2️⃣')"))
  }

  @Test(
    "what an input may mend, and what is sound, is not reported",
    arguments: [
      "resource.a / 0 > 1", "resource.name.matches(resource.pattern)", "timestamp(resource.a) < now",
      "resource.name.matches('^[a-z]+$')", "now < timestamp('2026-12-01T00:00:00Z')", "duration('1h30m') > now - now",
      "now.getHours('UTC') < 6", "now.getHours('-03:30') < 6", "now.getHours(resource.zone) < 6", "1.0 / 0.0 > 1.0",
      "{'a': {'b': 1}}.a.b == 1", "has({'a': 1}.b)", "{'a': 1}.?b == optional.none()", "[1, 2][1] == 2",
      "resource.a in ['a', 'a']", "['a'].exists(x, x.matches('b'))", "int('1') == 1", "resource.matches == '('",
      "{'x': '('}.x == '('", "duration(resource.a) > duration('0s')",
      "cel.bind(x, 0, x == 0 || 1 / x > 1)", "optional.none().optMap(y, y + 1).hasValue() || 1 + 1 == 2",
      "[0].all(x, x == 0 || 1 / x > 1) && 2 * 3 == 6", "cel.bind(x, {'a': 1}, has(x.b) ? x.b == 1 : true) && -(1) < 0",
      "regex.extract(resource.a, '(?:a)(b)') == optional.none()", "regex.replace(resource.a, '(a)(b)', 'c') == ''",
    ])
  func noFault(text: String) { #expect(faults(of: text) == []) }

  @Test(
    "one fault gives one diagnostic",
    arguments: [
      ("'a' + 1 == 2", ["no-matching-overload"]),
      ("size(5) > 1", ["no-matching-overload"]),
      ("-'a' == 1", ["no-matching-overload"]),
      ("{'a': 1}.b + 1 / 0 == 'x'.foo()", ["constant-error", "constant-error", "unknown-function"]),
      ("1 / 0 + 1 > 2 * (3 % 0)", ["constant-error", "constant-error"]),
      ("int(1 / 0) == 1", ["constant-error"]),
      ("'abc'.matches('(') && regex.replace('abc', '(', 'b') == ''", ["invalid-regex", "invalid-regex"]),
      ("timestamp('x').getHours('Mars') == 1", ["invalid-timestamp", "constant-error"]),
      (#"resource.name.matches('(\q')"#, ["invalid-condition-syntax"]),
      ("timestamp('x', 'UTC') < now", ["wrong-argument-count"]),
      ("(5).matches('(')", ["no-matching-overload", "invalid-regex"]),
      ("1 / 0", ["condition-not-boolean", "constant-error"]),
    ])
  func oneEach(text: String, codes: [String]) {
    #expect(faults(of: text).map(\.code).sorted() == codes.sorted(), "\(faults(of: text).map(\.message))")
  }

  @Test("a chain of 100,000 constants is checked in one go")
  func longChains() {
    let sum = "0 == " + String(repeating: "1 + ", count: 100_000) + "1"
    #expect(faults(of: sum) == [])
    #expect(faults(of: "resource.a in [" + String(repeating: "1, ", count: 100_000) + "1]") == [])
    #expect(faults(of: "1 / 0 + " + sum).map(\.code) == ["constant-error"])
  }

  // MARK: -

  private func expect(
    _ code: String, _ message: String, _ marked: String, comparesEnd: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let source = MarkedSource(marked)
    let found = faults(of: source.text)
    #expect(found.map(\.code) == [code], "\(found.map(\.message))", sourceLocation: sourceLocation)
    guard let fault = found.first else { return }
    #expect(fault.span.start == source.offset("1️⃣"), sourceLocation: sourceLocation)
    if comparesEnd { #expect(fault.span.end == source.offset("2️⃣"), sourceLocation: sourceLocation) }
    #expect(fault.message.contains(message), "\(fault.message)", sourceLocation: sourceLocation)
  }

  private struct Fault: Equatable {
    var code: String
    var span: SourceSpan
    var message: String
  }

  private func faults(of text: String) -> [Fault] {
    var parser = Parser(options: .policy)
    var checker = Checker(.policy())
    var constants = ConstantChecker()
    let bytes = Array(text.utf8)
    var diagnostics: [Diagnostic] = []
    unsafe bytes.withUnsafeBufferPointer {
      unsafe parser.parse($0)
      diagnostics = parser.diagnostics
      unsafe checker.check(parser.tree, text: $0, expectsBool: true, into: &diagnostics)
      unsafe constants.check(parser.tree, text: $0, &checker, into: &diagnostics)
    }
    return diagnostics.filter { $0.severity == .error }.map { Fault(code: $0.code, span: $0.span, message: $0.message) }
  }
}

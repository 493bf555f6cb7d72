import CEL
import Testing

@Suite("The standard functions")
struct StandardLibraryTests {
  @Test(
    "convert values",
    arguments: [
      ("['1', 't', 'T', 'true', 'TRUE', 'True'].all(s, bool(s))", "true"),
      ("['0', 'f', 'F', 'false', 'FALSE', 'False'].exists(s, bool(s))", "false"),
      ("bool(true)", "true"),
      ("bytes('é')", "b[195, 169]"),
      ("bytes('')", "b[]"),
      ("bytes(b'\\xff')", "b[255]"),
      ("double(9223372036854775807)", "9.223372036854776e+18"),
      ("double(18446744073709551615u)", "1.8446744073709552e+19"),
      ("double('-1.5e3')", "-1500.0"),
      ("double('NaN')", "nan"),
      ("duration(1500000000)", "1.500s"),
      ("duration(-1)", "-0.000000001s"),
      ("duration(9223372036854775807)", "9223372036.854775807s"),
      ("duration('1h1m')", "3660s"),
      ("dyn(1)", "1"),
      ("int(-1.9)", "-1"),
      ("int(9223372036854774784.0)", "9223372036854774784"),
      ("int(-9223372036854774784.0)", "-9223372036854774784"),
      ("int('-9223372036854775808')", "-9223372036854775808"),
      ("int('+5')", "5"),
      ("int(duration('-1.5s'))", "-1500000000"),
      ("int(timestamp('1969-12-31T23:59:59.5Z'))", "-1"),
      ("int(9223372036854775807u)", "9223372036854775807"),
      ("string(true) + string(false)", #""truefalse""#),
      ("string(-9223372036854775808)", #""-9223372036854775808""#),
      ("string(18446744073709551615u)", #""18446744073709551615""#),
      ("string(1e6)", #""1e+06""#),
      ("string(b'\\xf0\\x9f\\x90\\xb1')", #""🐱""#),
      ("string(b'')", #""""#),
      ("string(timestamp(0))", #""1970-01-01T00:00:00Z""#),
      ("string(duration('90m'))", #""5400s""#),
      ("timestamp(-62135596800)", "0001-01-01T00:00:00Z"),
      ("timestamp(253402300799)", "9999-12-31T23:59:59Z"),
      ("timestamp('2024-02-29T12:00:00+02:00')", "2024-02-29T10:00:00Z"),
      ("uint(1.9)", "1u"),
      ("uint(-0.0)", "0u"),
      ("uint(18446744073709549568.0)", "18446744073709549568u"),
      ("uint('18446744073709551615')", "18446744073709551615u"),
    ])
  func conversions(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "report what cannot be converted",
    arguments: [
      ("bool('TrUe')", "cannot convert `TrUe` to bool: a bool is `true` or `false`"),
      ("bool('')", "cannot convert `` to bool: a bool is `true` or `false`"),
      ("int(9223372036854775808.0)", "9.223372036854776e+18 is out of the range of int"),
      ("int(-9223372036854775808.0)", "-9.223372036854776e+18 is out of the range of int"),
      ("int(double('NaN'))", "NaN is out of the range of int"),
      ("int(9223372036854775808u)", "9223372036854775808u is out of the range of int"),
      ("int(duration('10000000000s'))", "10000000000s in nanoseconds is out of the range of int"),
      ("int('1.5')", "cannot convert `1.5` to int: an int has decimal digits behind an optional sign"),
      ("uint(-0.5)", "-0.5 is out of the range of uint"),
      ("uint(18446744073709551616.0)", "1.8446744073709552e+19 is out of the range of uint"),
      ("uint(-1)", "-1 is out of the range of uint"),
      ("uint('-1')", "cannot convert `-1` to uint: a uint has decimal digits and no sign"),
      ("timestamp(253402300800)", "253402300800 is out of the range of timestamp"),
      ("string(b'\\xed\\xa0\\x80')", "cannot convert bytes to string: they are not UTF-8"),
      ("string(b'\\xf4\\x90\\x80\\x80')", "cannot convert bytes to string: they are not UTF-8"),
      ("string(b'\\xc0\\x80')", "cannot convert bytes to string: they are not UTF-8"),
      ("string(dyn(null))", "no such overload"),
      ("int(dyn('1') == '1' ? dyn([]) : dyn(1))", "no such overload"),
      ("'a'.matches('(')", "invalid regular expression `(`: missing `)` for this `(`"),
    ])
  func conversionErrors(expression: String, expected: String) {
    #expect(outcome(expression) == "error: \(expected)")
  }

  @Test("excerpts of long and strange texts stay short and on one line")
  func excerpts() {
    let text = CELValue.string("\n\u{1}" + String(repeating: "é", count: 1_000))
    let found = outcome("int(s)", [("s", text)])
    #expect(found.hasPrefix(#"error: cannot convert `\u{a}\u{1}éé"#) && found.utf8.count < 160)
  }

  @Test(
    "name the types of values",
    arguments: [
      ("null", "null_type"), ("true", "bool"), ("1", "int"), ("1u", "uint"), ("1.0", "double"), ("''", "string"),
      ("b''", "bytes"), ("timestamp(0)", "google.protobuf.Timestamp"), ("duration('1s')", "google.protobuf.Duration"),
      ("[1]", "list"), ("{1: 2}", "map"), ("int", "type"), ("type(1)", "type"), ("optional.of(1)", "optional_type"),
      ("optional.none()", "optional_type"),
    ])
  func types(expression: String, expected: String) {
    #expect(outcome("type(\(expression))") == expected)
  }

  @Test("name the type of an opaque value")
  func opaqueTypes() {
    struct Color: OpaqueValue {
      var typeName: String { "acme.Color" }

      func isEqual(to other: any OpaqueValue) -> Bool { other is Color }
    }
    #expect(outcome("type(c)", [("c", .opaque(Color()))]) == "acme.Color")
  }

  @Test(
    "measure and search texts",
    arguments: [
      ("size('e\\u0301🐱')", "3"), ("'é'.size()", "1"), ("size(b'\\xff\\x00')", "2"), ("b''.size()", "0"),
      ("size([1, 2])", "2"), ("[].size()", "0"), ("size({'a': 1})", "1"), ("{}.size()", "0"),
      ("size(dyn(null))", "error: no such overload"), ("size(dyn(1))", "error: no such overload"),
      ("'héllo'.contains('él')", "true"), ("'hello'.contains('le')", "false"), ("''.contains('')", "true"),
      ("'hello'.startsWith('hello!')", "false"), ("'hello'.endsWith('llo')", "true"), ("'a'.endsWith('')", "true"),
      // Code points, not what they look like.
      ("'e\\u0301'.contains('é')", "false"), ("'e\\u0301'.startsWith('e')", "true"),
      ("'mañana'.matches('a+ñ+a+')", "true"), ("matches('abc', '^b')", "false"), ("'a\\nb'.matches('a.b')", "false"),
      ("['b', '^b', 'c$'].map(p, 'abc'.matches(p))", "[true, false, true]"),
    ])
  func texts(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }

  @Test(
    "read clock and calendar",
    arguments: [
      ("getFullYear", "2024", "2025"), ("getMonth", "11", "0"), ("getDayOfYear", "365", "0"),
      ("getDayOfMonth", "30", "0"), ("getDate", "31", "1"), ("getDayOfWeek", "2", "3"), ("getHours", "23", "9"),
      ("getMinutes", "30", "0"), ("getSeconds", "5", "5"), ("getMilliseconds", "678", "678"),
    ])
  func times(getter: String, utc: String, shifted: String) {
    let time = "timestamp('2024-12-31T23:30:05.678999Z')"
    #expect(outcome("\(time).\(getter)()") == utc)
    #expect(outcome("\(time).\(getter)('UTC')") == utc)
    #expect(outcome("\(time).\(getter)('09:30')") == shifted)
    #expect(outcome("\(time).\(getter)('Nowhere/At_All')").hasPrefix("error: unknown time zone `Nowhere/At_All`"))
    #expect(outcome("\(time).\(getter)('+25:00')").hasPrefix("error: an offset"))
  }

  @Test(
    "read durations",
    arguments: [
      ("duration('10000s').getHours()", "2"), ("duration('-10000s').getMinutes()", "-166"),
      ("duration('3730.9s').getSeconds()", "3730"), ("duration('-1.5s').getMilliseconds()", "-500"),
    ])
  func durations(expression: String, expected: String) {
    #expect(outcome(expression) == expected)
  }
}

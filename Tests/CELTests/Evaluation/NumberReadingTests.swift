import CEL
import Testing

@Suite("Numbers read from text")
struct NumberReadingTests {
  @Test(
    "an int has decimal digits behind an optional sign",
    arguments: [
      ("0", 0), ("-0", 0), ("+1", 1), ("-1", -1), ("007", 7), ("987", 987), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("00000000000000000000000000001", 1),
    ] as [(String, Int64)])
  func int(text: String, value: Int64) throws {
    #expect(try Int64(celText: text.utf8.span) == value)
  }

  @Test(
    "a text that is no int says where it is not",
    arguments: [
      ("", 0..<0), ("-", 0..<1), ("--1", 1..<2), ("1 ", 1..<2), (" 1", 0..<1), ("0x10", 1..<2), ("1_0", 1..<2),
      ("1.0", 1..<2), ("1e3", 1..<2), ("12a4", 2..<3), ("\u{663}", 0..<1),
    ])
  func noInt(text: String, bytes: Range<Int>) {
    #expect(throws: ConversionFault("an int has decimal digits behind an optional sign", at: bytes)) {
      try Int64(celText: text.utf8.span)
    }
  }

  @Test(
    "an int beyond 64 bits says the range",
    arguments: ["9223372036854775808", "-9223372036854775809", "99999999999999999999999", "18446744073709551616"])
  func intRange(text: String) {
    let message = "an int is at least -9223372036854775808 and at most 9223372036854775807"
    #expect(throws: ConversionFault(message, at: 0..<text.utf8.count)) { try Int64(celText: text.utf8.span) }
  }

  @Test(
    "a uint has digits and no sign",
    arguments: [("0", 0), ("300", 300), ("18446744073709551615", .max)] as [(String, UInt64)])
  func uint(text: String, value: UInt64) throws {
    #expect(try UInt64(celText: text.utf8.span) == value)
  }

  @Test(
    "a text that is no uint is refused", arguments: ["", "+1", "-1", "-0", "1u", "0x1", " 1", "18446744073709551616"])
  func noUint(text: String) {
    #expect(throws: ConversionFault.self) { try UInt64(celText: text.utf8.span) }
  }

  @Test(
    "a double has digits, an optional fraction and an optional exponent",
    arguments: [
      ("0", 0), ("0.0", 0), ("123", 123), ("123.456", 123.456), ("-987.654", -987.654), ("6.02214e23", 6.02214e23),
      ("1.38e-23", 1.38e-23), ("1E+5", 100_000), ("+1", 1), (".5", 0.5), ("-.5", -0.5), ("5.", 5), ("5.e1", 50),
      ("1e-400", 0), ("0e999999999999999999999", 0), ("0x1p3", 8), ("0X1.8P+1", 3), ("-0x.8p1", -1),
      ("Infinity", .infinity), ("-Infinity", -.infinity), ("+inf", .infinity), ("-INF", -.infinity),
      ("9007199254740993", 9_007_199_254_740_992), ("4.9e-324", .leastNonzeroMagnitude),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
    ] as [(String, Double)])
  func double(text: String, value: Double) throws {
    #expect(try Double(celText: text.utf8.span) == value)
  }

  @Test("not a number has no sign", arguments: ["NaN", "nan", "NAN"])
  func notANumber(text: String) throws {
    #expect(try Double(celText: text.utf8.span).isNaN)
    #expect(throws: ConversionFault("`NaN` has no sign", at: 0..<1)) { try Double(celText: ("-" + text).utf8.span) }
  }

  @Test("minus zero keeps its sign")
  func minusZero() throws {
    #expect(try Double(celText: "-0.0".utf8.span).sign == .minus)
  }

  @Test(
    "a text that is no double says where it is not",
    arguments: [
      ("", 0..<0), ("+", 1..<1), (".", 0..<1), ("-.e1", 1..<4), (" 1", 0..<2), ("1 ", 1..<2), ("1e", 1..<2),
      ("1e+", 1..<3), ("1d", 1..<2), ("1f", 1..<2), ("1_000", 1..<5), ("1,5", 1..<3), ("0x10", 0..<4), ("0x", 0..<2),
      ("infi", 0..<4), ("nan0", 0..<4), ("1.2.3", 3..<5), ("--1", 1..<3), ("1\0", 1..<2), ("\u{661}", 0..<2),
    ])
  func noDouble(text: String, bytes: Range<Int>) {
    #expect(throws: ConversionFault("a double is written as `1.5` or `1.5e10`", at: bytes)) {
      try Double(celText: text.utf8.span)
    }
  }

  @Test("a number beyond the largest double is refused", arguments: ["1e400", "-1e400", "1.8e308", "0x1p1024"])
  func doubleRange(text: String) {
    let message = "a double is at most 1.7976931348623157e+308 either way"
    #expect(throws: ConversionFault(message, at: 0..<text.utf8.count)) { try Double(celText: text.utf8.span) }
  }
}

import CEL
import MarkedSource
import Testing

@Suite("Durations")
struct DurationTests {
  @Test(
    "a duration is read from numbers with units and written in seconds",
    arguments: [
      ("0", "0s"), ("+0", "0s"), ("-0", "0s"), ("0s", "0s"), ("-0s", "0s"), ("0h", "0s"),
      ("3730s", "3730s"), ("1000000s", "1000000s"), ("+5s", "5s"), ("-5s", "-5s"),
      ("1h30m", "5400s"), ("30m1h", "5400s"), ("1h1h", "7200s"), ("1h45m47s", "6347s"),
      ("1.5s", "1.500s"), ("1.25s", "1.250s"), ("1.12345s", "1.123450s"), ("-0.5s", "-0.500s"),
      (".5s", "0.500s"), ("5.s", "5s"), ("1.5h", "5400s"), ("0.1h", "360s"), ("1.1h", "3960s"),
      ("100ms", "0.100s"), ("1us", "0.000001s"), ("3\u{B5}s", "0.000003s"), ("3\u{3BC}s", "0.000003s"),
      ("1ns", "0.000000001s"), ("1.5ns", "0.000000001s"), ("0.7us", "0.000000700s"),
      ("0.0000000001s", "0s"), ("1.9999999999s", "1.999999999s"), ("0.333333333333333h", "1199.999999999s"),
      ("0.9223372036854775808s", "0.922337203s"), ("0.99999999999999999999999s", "0.999999999s"),
      ("00000000000000000000000000001s", "1s"),
      ("9223372037s", "9223372037s"), ("9223372036854775808ns", "9223372036.854775808s"),
      ("18446744073709551615ns", "18446744073.709551615s"),
      ("315576000000.999999999s", "315576000000.999999999s"), ("-87660000h0.999999999s", "-315576000000.999999999s"),
    ])
  func readAndWritten(text: String, written: String) throws {
    #expect(try Duration(parsing: text.utf8).description == written)
    #expect(try Duration(parsing: text.utf8.span).description == written)
  }

  @Test(
    "what is no duration says what is wrong, and where",
    arguments: [
      ("", "a duration needs a number with a unit, such as `1h30m`", 0..<0),
      ("-", "a duration needs a number with a unit, such as `1h30m`", 0..<1),
      ("--5s", "expected a number with a unit, such as `1h30m`", 1..<2),
      ("s", "expected a number with a unit, such as `1h30m`", 0..<1),
      (".s", "expected a number with a unit, such as `1h30m`", 0..<2),
      ("5", "the number needs a unit: `h`, `m`, `s`, `ms`, `us` or `ns`", 0..<1),
      ("0.0", "the number needs a unit: `h`, `m`, `s`, `ms`, `us` or `ns`", 0..<3),
      ("1h30", "the number needs a unit: `h`, `m`, `s`, `ms`, `us` or `ns`", 2..<4),
      ("1 h", "the number needs a unit: `h`, `m`, `s`, `ms`, `us` or `ns`", 0..<1),
      ("1d", "the unit `d` is unknown; a day is written `24h`", 1..<2),
      ("2h1w", "the unit `w` is unknown; the units are `h`, `m`, `s`, `ms`, `us` and `ns`", 3..<4),
      ("1H", "the unit `H` is unknown; the units are `h`, `m`, `s`, `ms`, `us` and `ns`", 1..<2),
      ("1hour", "the unit `hour` is unknown; the units are `h`, `m`, `s`, `ms`, `us` and `ns`", 1..<5),
      ("1h -30m", "expected a number with a unit, such as `1h30m`", 2..<4),
      (" 1h", "expected a number with a unit, such as `1h30m`", 0..<1),
      ("1h ", "expected a number with a unit, such as `1h30m`", 2..<3),
      ("inf", "expected a number with a unit, such as `1h30m`", 0..<3),
      ("1.2.3s", "the number needs a unit: `h`, `m`, `s`, `ms`, `us` or `ns`", 0..<3),
      ("-320000000000s", "a duration is at most 315576000000 seconds, 10,000 years", 0..<14),
      ("315576000001s", "a duration is at most 315576000000 seconds, 10,000 years", 0..<13),
      ("87660000h1s", "a duration is at most 315576000000 seconds, 10,000 years", 0..<11),
      ("18446744073709551616ns", "a duration is at most 315576000000 seconds, 10,000 years", 0..<22),
      ("18446744073709551615h", "a duration is at most 315576000000 seconds, 10,000 years", 0..<21),
    ])
  func refused(text: String, message: String, bytes: Range<Int>) {
    #expect(throws: ConversionFault(message, at: bytes)) { try Duration(parsing: text.utf8) }
  }

  @Test("a duration has a range, and one sign")
  func range() {
    #expect(Duration(seconds: 315_576_000_000, nanoseconds: 999_999_999) != nil)
    #expect(Duration(seconds: 315_576_000_001) == nil)
    #expect(Duration(seconds: -315_576_000_001) == nil)
    #expect(Duration(seconds: .min) == nil)
    #expect(Duration(seconds: 0, nanoseconds: 1_000_000_000) == nil)
    #expect(Duration(seconds: 0, nanoseconds: .min) == nil)
    #expect(Duration(seconds: 1, nanoseconds: -1) == nil)
    #expect(Duration(seconds: -1, nanoseconds: 1) == nil)
    #expect(Duration(seconds: 0, nanoseconds: -1)?.description == "-0.000000001s")
  }

  @Test(
    "sums and differences are exact, and an overflow beyond 64 bits of nanoseconds",
    arguments: [
      ("600s", "50s", "650s", "550s"),
      ("1s", "1.5s", "2.500s", "-0.500s"),
      ("-0.5s", "0.75s", "0.250s", "-1.250s"),
      ("9223372036s", "854775807ns", "9223372036.854775807s", "9223372035.145224193s"),
      ("-9223372036s", "854775808ns", "-9223372035.145224192s", "-9223372036.854775808s"),
      ("9223372036s", "854775808ns", nil, "9223372035.145224192s"),
      ("-9223372036s", "854775809ns", "-9223372035.145224191s", nil),
      ("200000000000s", "200000000000s", nil, "0s"),
      ("-200000000000s", "200000000000s", "0s", nil),
    ] as [(String, String, String?, String?)])
  func arithmetic(left: String, right: String, sum: String?, difference: String?) throws {
    let left = try Duration(parsing: left.utf8)
    let right = try Duration(parsing: right.utf8)
    #expect(left.adding(right)?.description == sum)
    #expect(right.adding(left)?.description == sum)
    #expect(left.subtracting(right)?.description == difference)
  }

  @Test(
    "hours, minutes and seconds are those of the whole length, milliseconds those of the last second",
    arguments: [
      ("10000s", 2, 166, 10_000, 0), ("3730s", 1, 62, 3730, 0), ("123.321456789s", 0, 2, 123, 321),
      ("-3730.5s", -1, -62, -3730, -500), ("-0.0009s", 0, 0, 0, 0),
    ] as [(String, Int64, Int64, Int64, Int64)])
  func getters(text: String, hours: Int64, minutes: Int64, seconds: Int64, milliseconds: Int64) throws {
    let duration = try Duration(parsing: text.utf8)
    #expect(duration.hours == hours)
    #expect(duration.minutes == minutes)
    #expect(duration.seconds == seconds)
    #expect(duration.milliseconds == milliseconds)
  }

  @Test("durations are ordered by length and sign")
  func order() throws {
    let ascending = try ["-2s", "-1.5s", "-1s", "-1ns", "0", "1ns", "999ms", "1s", "1.000000001s", "1h"]
      .map { try Duration(parsing: $0.utf8) }
    #expect(ascending.sorted() == ascending)
    #expect(Set(ascending).count == ascending.count)
  }

  @Test("what is written reads back")
  func roundTrip() throws {
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let scale: Int32 = [1, 1000, 1_000_000, 1_000_000_000].randomElement(using: &generator)!
      let seconds = Int64.random(in: 0...315_576_000_000, using: &generator)
      let nanoseconds = Int32.random(in: 0..<1_000_000_000, using: &generator) / scale * scale
      let sign: Int32 = Bool.random(using: &generator) ? 1 : -1
      let duration = try #require(
        Duration(seconds: seconds * Int64(sign), nanoseconds: nanoseconds % 1_000_000_000 * sign))
      #expect(try Duration(parsing: duration.description.utf8) == duration, "seed \(seed)")
    }
  }

  @Test("no text of a duration's letters traps")
  func random() {
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    let letters = Array("0123456789.hmsun-+ \u{B5}9".utf8)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in letters.randomElement(using: &generator)! }
      do throws(ConversionFault) {
        let duration = try Duration(parsing: bytes)
        #expect(try! Duration(parsing: duration.description.utf8) == duration, "seed \(seed)")
      } catch {
        #expect(error.bytes.lowerBound >= 0 && error.bytes.upperBound <= bytes.count, "seed \(seed): \(bytes)")
      }
    }
  }
}

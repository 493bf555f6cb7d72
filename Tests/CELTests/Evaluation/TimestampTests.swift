import CEL
import MarkedSource
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "a timestamp is read from RFC 3339 and written in UTC",
    arguments: [
      ("2009-02-13T23:31:30Z", "2009-02-13T23:31:30Z"),
      ("2009-02-13T23:31:30.5Z", "2009-02-13T23:31:30.500Z"),
      ("2009-02-13T23:31:30.120Z", "2009-02-13T23:31:30.120Z"),
      ("2009-02-13T23:31:30.1234Z", "2009-02-13T23:31:30.123400Z"),
      ("2009-02-13T23:31:30.12345678Z", "2009-02-13T23:31:30.123456780Z"),
      ("2009-02-13T23:31:30.123456789Z", "2009-02-13T23:31:30.123456789Z"),
      ("2009-02-13T23:31:30.1234567899Z", "2009-02-13T23:31:30.123456789Z"),
      ("2009-02-13T23:31:30.000000000Z", "2009-02-13T23:31:30Z"),
      ("2009-02-13T23:31:30+01:00", "2009-02-13T22:31:30Z"),
      ("2009-02-13T23:31:30-08:30", "2009-02-14T08:01:30Z"),
      ("2009-02-13T23:31:30-00:00", "2009-02-13T23:31:30Z"),
      ("2009-02-13T23:31:30+23:59", "2009-02-12T23:32:30Z"),
      ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
      ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
      ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
      ("0000-12-31T23:59:59-01:00", "0001-01-01T00:59:59Z"),
    ])
  func readAndWritten(text: String, written: String) throws {
    #expect(try Timestamp(parsing: text.utf8).description == written)
    #expect(try Timestamp(parsing: text.utf8.span).description == written)
  }

  @Test(
    "what is no timestamp says what is wrong, and where",
    arguments: [
      ("", "the year needs 4 digits", 0..<0),
      ("2023", "expected `-` after the year", 4..<4),
      ("202a-01-01T00:00:00Z", "the year needs 4 digits", 0..<4),
      ("-001-01-01T00:00:00Z", "the year needs 4 digits", 0..<1),
      ("2023/01/01T00:00:00Z", "expected `-` after the year", 4..<5),
      ("2023-1-01T00:00:00Z", "the month needs 2 digits", 5..<7),
      ("2023-13-01T00:00:00Z", "the month 13 is not within 1 to 12", 5..<7),
      ("2023-00-01T00:00:00Z", "the month 0 is not within 1 to 12", 5..<7),
      ("2023-02-29T00:00:00Z", "month 2 of 2023 has 28 days", 8..<10),
      ("1900-02-29T00:00:00Z", "month 2 of 1900 has 28 days", 8..<10),
      ("2023-04-31T00:00:00Z", "month 4 of 2023 has 30 days", 8..<10),
      ("2023-01-01", "a timestamp needs a time behind the date, such as `T00:00:00Z`", 10..<10),
      ("2023-01-01 00:00:00Z", "expected `T` after the date", 10..<11),
      ("2023-01-01t00:00:00Z", "expected `T` after the date", 10..<11),
      ("2023-01-01T24:00:00Z", "the hour 24 is not within 0 to 23", 11..<13),
      ("2023-01-01T3:00:00Z", "the hour needs 2 digits", 11..<13),
      ("2023-01-01T00:60:00Z", "the minute 60 is not within 0 to 59", 14..<16),
      ("2023-01-01T00:00Z", "expected `:` after the minute", 16..<17),
      ("2016-12-31T23:59:60Z", "the second 60 is not within 0 to 59", 17..<19),
      ("2023-01-01T00:00:00.Z", "a fraction needs digits behind its `.`", 19..<20),
      ("2023-01-01T00:00:00,5Z", "the fraction stands behind a `.`", 19..<20),
      ("2023-01-01T00:00:00", "a timestamp needs `Z` or an offset such as `+01:00` at its end", 19..<19),
      ("2023-01-01T00:00:00z", "the zone `z` is written `Z`", 19..<20),
      ("2023-01-01T00:00:00 Z", "expected `Z` or an offset such as `+01:00`", 19..<21),
      ("2023-01-01T00:00:00+01", "expected `:` after the offset's hour", 22..<22),
      ("2023-01-01T00:00:00+0100", "expected `:` after the offset's hour", 22..<23),
      ("2023-01-01T00:00:00+24:00", "the offset's hour 24 is not within 0 to 23", 20..<22),
      ("2023-01-01T00:00:00+01:60", "the offset's minute 60 is not within 0 to 59", 23..<25),
      ("2023-01-01T00:00:00Z ", "a timestamp ends behind its zone", 20..<21),
      ("0000-01-01T00:00:00Z", "a timestamp lies in the years 0001 to 9999 of UTC", 0..<20),
      ("0001-01-01T00:00:00+01:00", "a timestamp lies in the years 0001 to 9999 of UTC", 0..<25),
      ("9999-12-31T23:59:59-01:00", "a timestamp lies in the years 0001 to 9999 of UTC", 0..<25),
    ])
  func refused(text: String, message: String, bytes: Range<Int>) {
    #expect(throws: ConversionFault(message, at: bytes)) { try Timestamp(parsing: text.utf8) }
  }

  @Test("a timestamp has a range, and nanoseconds below a second")
  func range() {
    #expect(Timestamp(seconds: -62_135_596_800) == .least)
    #expect(Timestamp(seconds: -62_135_596_801) == nil)
    #expect(Timestamp(seconds: 253_402_300_799, nanoseconds: 999_999_999) == .greatest)
    #expect(Timestamp(seconds: 253_402_300_800) == nil)
    #expect(Timestamp(seconds: .min) == nil)
    #expect(Timestamp(seconds: .max) == nil)
    #expect(Timestamp(seconds: 0, nanoseconds: -1) == nil)
    #expect(Timestamp(seconds: 0, nanoseconds: 1_000_000_000) == nil)
  }

  @Test(
    "a duration is added and taken away to the nanosecond, and beyond the range there is none",
    arguments: [
      ("2009-02-13T23:00:00Z", "240s", "2009-02-13T23:04:00Z"),
      ("0001-01-01T00:00:01.000000001Z", "-999999999ns", "0001-01-01T00:00:00.000000002Z"),
      ("0001-01-01T00:00:01.999999999Z", "999999999ns", "0001-01-01T00:00:02.999999998Z"),
      ("1969-12-31T23:59:59.5Z", "500ms", "1970-01-01T00:00:00Z"),
      ("1970-01-01T00:00:00Z", "-1ns", "1969-12-31T23:59:59.999999999Z"),
      ("0001-01-01T00:00:00Z", "200000000000s", "6338-10-01T19:33:20Z"),
      ("9999-12-31T23:59:59Z", "1s", nil),
      ("9999-12-31T23:59:59.999999999Z", "1ns", nil),
      ("0001-01-01T00:00:00Z", "-1ns", nil),
    ] as [(String, String, String?)])
  func arithmetic(start: String, duration: String, sum: String?) throws {
    let start = try Timestamp(parsing: start.utf8)
    let duration = try Duration(parsing: duration.utf8)
    #expect(start.adding(duration)?.description == sum)
    if let end = start.adding(duration) {
      #expect(end.subtracting(duration) == start)
      #expect((end < start) == (duration < .zero))
    }
    let opposite = try #require(Duration(seconds: -duration.seconds, nanoseconds: -duration.nanoseconds))
    #expect(start.subtracting(opposite)?.description == sum)
  }

  @Test(
    "the difference of two timestamps is a duration of at most 64 bits of nanoseconds",
    arguments: [
      ("2009-02-13T23:31:00Z", "2009-02-13T23:29:00Z", "120s"),
      ("2009-02-13T23:31:00Z", "2009-02-13T23:31:00.25Z", "-0.250s"),
      ("2262-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9214646400s"),
      ("2263-01-01T00:00:00Z", "1970-01-01T00:00:00Z", nil),
      ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", nil),
      ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", nil),
    ] as [(String, String, String?)])
  func difference(later: String, earlier: String, length: String?) throws {
    let difference = try Timestamp(parsing: later.utf8).duration(since: Timestamp(parsing: earlier.utf8))
    #expect(difference?.description == length)
  }

  @Test("the getters count as CEL's do")
  func getters() throws {
    let timestamp = try Timestamp(parsing: "2009-02-13T23:31:20.123456789Z".utf8)
    let time = timestamp.civilTime
    #expect([time.fullYear, time.month, time.date, time.dayOfMonth] == [2009, 1, 13, 12])
    #expect([time.dayOfYear, time.dayOfWeek] == [43, 5])
    #expect([time.hours, time.minutes, time.seconds, timestamp.milliseconds] == [23, 31, 20, 123])

    let leapDay = try Timestamp(parsing: "2024-12-31T00:00:00Z".utf8).civilTime
    #expect([leapDay.dayOfYear, leapDay.month, leapDay.dayOfWeek] == [365, 11, 2])
    let before1970 = try Timestamp(parsing: "1969-12-31T23:59:59.5Z".utf8)
    #expect([before1970.civilTime.seconds, before1970.milliseconds] == [59, 500])
    #expect(Timestamp.least.civilTime.dayOfWeek == 1)
    #expect(Timestamp.greatest.civilTime.dayOfYear == 364)
  }

  @Test("every day of the range follows the one before it")
  func everyDay() throws {
    var seconds = Timestamp.least.seconds
    var (year, month, date, dayOfYear, dayOfWeek) = (1, 0, 1, 0, 1)
    while let timestamp = Timestamp(seconds: seconds) {
      let time = timestamp.civilTime
      guard
        [time.fullYear, time.month, time.date, time.dayOfYear, time.dayOfWeek]
          == [year, month, date, dayOfYear, dayOfWeek]
      else {
        Issue.record("\(timestamp) is not \(year)-\(month + 1)-\(date), day \(dayOfYear), weekday \(dayOfWeek)")
        return
      }
      let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      (date, dayOfYear, dayOfWeek) = (date + 1, dayOfYear + 1, (dayOfWeek + 1) % 7)
      if date > lengths[month] { (month, date) = (month + 1, 1) }
      if month == 12 { (year, month, dayOfYear) = (year + 1, 0, 0) }
      seconds += 86_400
    }
    #expect(year == 10_000)
  }

  @Test("what is written reads back")
  func roundTrip() throws {
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let scale: Int32 = [1, 1000, 1_000_000, 1_000_000_000].randomElement(using: &generator)!
      let timestamp = try #require(
        Timestamp(
          seconds: .random(in: Timestamp.least.seconds...Timestamp.greatest.seconds, using: &generator),
          nanoseconds: .random(in: 0..<1_000_000_000, using: &generator) / scale * scale % 1_000_000_000))
      #expect(try Timestamp(parsing: timestamp.description.utf8) == timestamp, "seed \(seed)")
    }
  }

  @Test("no text with a byte changed traps")
  func damaged() {
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20_000 {
      var bytes = Array("2009-02-13T23:31:30.123456789+01:00".utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = bytes.indices.randomElement(using: &generator)!
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = .random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.insert("0123456789:.-+TZ".utf8.randomElement(using: &generator)!, at: place)
        }
      }
      do throws(ConversionFault) {
        let timestamp = try Timestamp(parsing: bytes)
        #expect(Timestamp.least...Timestamp.greatest ~= timestamp, "seed \(seed)")
      } catch {
        #expect(error.bytes.lowerBound >= 0 && error.bytes.upperBound <= bytes.count, "seed \(seed): \(bytes)")
      }
    }
  }
}

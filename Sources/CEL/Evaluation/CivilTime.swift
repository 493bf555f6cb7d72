/// A point of time as a calendar and a clock show it, in the proleptic Gregorian calendar.
///
/// The getters of CEL's timestamps (cel-spec, "Abstract types") are its properties; some of them count from zero.
package struct CivilTime: Hashable, Sendable {
  /// The year 0 comes before the year 1.
  package let fullYear: Int
  /// January is 0.
  package let month: Int
  /// The first of the month is 1.
  package let date: Int
  /// The first of January is 0.
  package let dayOfYear: Int
  /// Sunday is 0.
  package let dayOfWeek: Int
  package let hours: Int
  package let minutes: Int
  package let seconds: Int

  /// The first of the month is 0.
  package var dayOfMonth: Int { date - 1 }

  /// - Parameter seconds: Since 1970-01-01T00:00:00 on the same clock, and within a million years of it.
  init(secondsSinceEpoch seconds: Int64) {
    let (days, secondOfDay) = CivilTime.floorDivide(Int(seconds), by: 86_400)
    let (year, month, day) = CivilTime.date(daysSinceEpoch: days)
    fullYear = year
    self.month = month - 1
    date = day
    dayOfYear = days - CivilTime.daysSinceEpoch(year: year, month: 1, day: 1)
    dayOfWeek = CivilTime.dayOfWeek(daysSinceEpoch: days)
    hours = secondOfDay / 3600
    minutes = secondOfDay / 60 % 60
    self.seconds = secondOfDay % 60
  }
}

// Days and dates, after Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in March, so that a
// leap day is the last of its year, and eras of 400 years are all of one length.
extension CivilTime {
  /// The days from 1970-01-01 to a date; months and days count from 1.
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let (era, yearOfEra) = floorDivide(month <= 2 ? year - 1 : year, by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a day; month and day count from 1.
  static func date(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floorDivide(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// Sunday is 0.
  static func dayOfWeek(daysSinceEpoch days: Int) -> Int { floorDivide(days + 4, by: 7).remainder }

  static func isLeapYear(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Months count from 1.
  static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func floorDivide(_ dividend: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// The rule of a TZ string, by which clocks change in every year alike (POSIX.1, "TZ"; RFC 9636, section 3.3.1).
struct DaylightRule: Sendable {
  /// A day of every year, and a time of it on the clocks that are in use until then.
  struct Change: Sendable {
    enum Day: Sendable {
      /// `Jn`: 1 to 365; there is no 29 February.
      case ofCommonYear(Int)
      /// `n`: 0 to 365; 29 February counts.
      case ofYear(Int)
      /// `Mm.w.d`: the week 5 is the month's last, Sunday is 0.
      case weekday(Int, week: Int, month: Int)
    }

    let day: Day
    /// From midnight, at most 167:59:59 either way.
    let seconds: Int
  }

  /// What clocks show in summer, or for some time of the year at least.
  struct Daylight: Sendable {
    let secondsEast: Int32
    let start: Change
    let end: Change
  }

  /// The seconds east in standard time.
  let secondsEast: Int32
  let daylight: Daylight?

  /// The seconds east, at a time in seconds since the epoch within the range of timestamps.
  func offset(at seconds: Int64) -> Int32 {
    guard let daylight else { return secondsEast }
    let now = Int(seconds)
    let today = CivilTime.floorDivide(now + Int(secondsEast), by: 86_400).quotient
    let (year, month, _) = CivilTime.date(daysSinceEpoch: today)
    var latest = latestChange(daylight, in: year, until: now)
    // A year's changes may lie a week outside it. Of two at once the later year's holds, which is how a TZ string says that
    // daylight saving time never ends.
    if month == 12, let next = latestChange(daylight, in: year + 1, until: now), next.time >= latest?.time ?? .min {
      latest = next
    }
    if month == 1 || latest == nil, let last = latestChange(daylight, in: year - 1, until: now),
      last.time > latest?.time ?? .min
    {
      latest = last
    }
    return latest?.offset ?? secondsEast
  }

  private func latestChange(_ daylight: Daylight, in year: Int, until now: Int) -> (time: Int, offset: Int32)? {
    let start = daylight.start.seconds(in: year) - Int(secondsEast)
    let end = daylight.end.seconds(in: year) - Int(daylight.secondsEast)
    if start <= now, start > end || end > now { return (start, daylight.secondsEast) }
    return end <= now ? (end, secondsEast) : nil
  }
}

extension DaylightRule.Change {
  /// Since 1970-01-01T00:00:00 on the clocks that are in use until then.
  func seconds(in year: Int) -> Int {
    let day =
      switch day {
      case .ofCommonYear(let number):
        CivilTime.daysSinceEpoch(year: year, month: 1, day: 1) + number - 1
          + (number >= 60 && CivilTime.isLeapYear(year) ? 1 : 0)
      case .ofYear(let number): CivilTime.daysSinceEpoch(year: year, month: 1, day: 1) + number
      case .weekday(let weekday, let week, let month): Self.day(weekday, week, month, year)
      }
    return day * 86_400 + seconds
  }

  private static func day(_ weekday: Int, _ week: Int, _ month: Int, _ year: Int) -> Int {
    let first = CivilTime.daysSinceEpoch(year: year, month: month, day: 1)
    let days = CivilTime.floorDivide(weekday - CivilTime.dayOfWeek(daysSinceEpoch: first), by: 7).remainder
    let day = days + (week - 1) * 7
    return first + (day < CivilTime.dayCount(year: year, month: month) ? day : day - 7)
  }
}

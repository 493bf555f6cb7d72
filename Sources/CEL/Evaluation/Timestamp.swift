/// A point of time to the nanosecond, from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
///
/// There are no leap seconds: each day has 86,400 seconds (cel-spec; google.protobuf.Timestamp).
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z, rounded down.
  public let seconds: Int64
  /// `0..<1_000_000_000`, counted forward from `seconds`, before 1970 too.
  public let nanoseconds: Int32

  /// The seconds that lie within the range.
  static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// The start of the year 1.
  public static let least = Timestamp(unchecked: secondsRange.lowerBound, 0)
  /// The end of the year 9999.
  public static let greatest = Timestamp(unchecked: secondsRange.upperBound, 999_999_999)

  /// `nil` out of the range, or with nanoseconds that are no fraction of a second.
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Timestamp.secondsRange.contains(seconds), 0..<1_000_000_000 ~= nanoseconds else { return nil }
    self.init(unchecked: seconds, nanoseconds)
  }

  init(unchecked seconds: Int64, _ nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// The timestamp later by a duration; `nil` out of the range.
  public func adding(_ duration: Duration) -> Timestamp? {
    Timestamp(normalizing: seconds + duration.seconds, nanoseconds + duration.nanoseconds)
  }

  /// The timestamp earlier by a duration; `nil` out of the range.
  public func subtracting(_ duration: Duration) -> Timestamp? {
    Timestamp(normalizing: seconds - duration.seconds, nanoseconds - duration.nanoseconds)
  }

  /// How long after another timestamp this one is; `nil` beyond what arithmetic on durations may give.
  public func duration(since other: Timestamp) -> Duration? {
    Duration(
      totalNanoseconds: Int128(seconds - other.seconds) * 1_000_000_000 + Int128(nanoseconds - other.nanoseconds))
  }

  // INVARIANT: a timestamp's and a duration's seconds together are far below 64 bits, and nanoseconds lie between -1 and 2
  // seconds.
  private init?(normalizing seconds: Int64, _ nanoseconds: Int32) {
    if nanoseconds < 0 {
      self.init(seconds: seconds - 1, nanoseconds: nanoseconds + 1_000_000_000)
    } else if nanoseconds >= 1_000_000_000 {
      self.init(seconds: seconds + 1, nanoseconds: nanoseconds - 1_000_000_000)
    } else {
      self.init(seconds: seconds, nanoseconds: nanoseconds)
    }
  }
}

// What calendar and clock show.
extension Timestamp {
  /// Whole milliseconds of the second, in every time zone.
  package var milliseconds: Int { Int(nanoseconds / 1_000_000) }

  /// What calendar and clock show in UTC.
  package var civilTime: CivilTime { CivilTime(secondsSinceEpoch: seconds) }

  /// What calendar and clock show in a time zone; the year may be 0 or 10000 at the ends of the range.
  package func civilTime(in zone: TimeZone) -> CivilTime {
    CivilTime(secondsSinceEpoch: seconds + Int64(zone.offset(at: self)))
  }
}

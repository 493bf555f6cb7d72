/// A length of time to the nanosecond, at most 10,000 years either way (google.protobuf.Duration).
///
/// Texts and bindings may give every such length. What arithmetic gives must also fit 64 bits of nanoseconds, about
/// 292 years, since CEL's engines agree that more is an overflow: the whole range of timestamps has no length.
public struct Duration: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Whole seconds, rounded towards zero.
  public let seconds: Int64
  /// `-999_999_999...999_999_999`, of the sign that `seconds` has, if it has one.
  public let nanoseconds: Int32

  /// The seconds that lie within the range.
  static let secondsRange: ClosedRange<Int64> = -315_576_000_000...315_576_000_000

  /// No time at all.
  public static let zero = Duration(unchecked: 0, 0)

  /// `nil` out of the range, with nanoseconds that are no fraction of a second, or with two signs.
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Duration.secondsRange.contains(seconds), -999_999_999...999_999_999 ~= nanoseconds,
      nanoseconds == 0 || seconds == 0 || (nanoseconds < 0) == (seconds < 0)
    else { return nil }
    self.init(unchecked: seconds, nanoseconds)
  }

  /// `nil` beyond 64 bits.
  init?(totalNanoseconds: Int128) {
    guard let total = Int64(exactly: totalNanoseconds) else { return nil }
    let (seconds, nanoseconds) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
    self.init(unchecked: seconds, Int32(truncatingIfNeeded: nanoseconds))
  }

  init(unchecked seconds: Int64, _ nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static func < (left: Duration, right: Duration) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// `nil` on overflow.
  public func adding(_ other: Duration) -> Duration? {
    Duration(totalNanoseconds: totalNanoseconds + other.totalNanoseconds)
  }

  /// `nil` on overflow.
  public func subtracting(_ other: Duration) -> Duration? {
    Duration(totalNanoseconds: totalNanoseconds - other.totalNanoseconds)
  }

  /// The whole hours in it, rounded towards zero; `getHours` of CEL.
  package var hours: Int64 { seconds / 3600 }

  /// The whole minutes in it, rounded towards zero; `getMinutes` of CEL.
  package var minutes: Int64 { seconds / 60 }

  /// The whole milliseconds of its last second, rounded towards zero; `getMilliseconds` of CEL.
  ///
  /// Hours, minutes and seconds are those of the whole length; milliseconds are not, says the conformance suite.
  package var milliseconds: Int64 { Int64(nanoseconds / 1_000_000) }

  private var totalNanoseconds: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }
}

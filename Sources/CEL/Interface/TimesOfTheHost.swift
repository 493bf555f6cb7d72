// Timestamps and durations from and to what Swift has for them.

extension Timestamp {
  /// Reads an RFC 3339 date and time: `2026-01-31T12:00:00Z`; `nil` when it is none.
  public init?(_ text: String) {
    do throws(ConversionFault) { try self.init(parsing: text.utf8) } catch { return nil }
  }
}

extension Duration {
  /// Reads a duration as CEL writes it: `1h30m`, `-1.5s`; `nil` when it is none.
  public init?(_ text: String) {
    do throws(ConversionFault) { try self.init(parsing: text.utf8) } catch { return nil }
  }

  /// A duration of Swift's own, to the nanosecond and rounded towards zero; `nil` when it is longer than 10,000 years.
  public init?(_ duration: Swift.Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds: seconds, nanoseconds: Int32(truncatingIfNeeded: attoseconds / 1_000_000_000))
  }
}

extension Swift.Duration {
  /// A duration of CEL.
  public init(_ duration: CEL.Duration) {
    self.init(
      secondsComponent: duration.seconds, attosecondsComponent: Int64(duration.nanoseconds) * 1_000_000_000)
  }
}

#if Server
  internal import Foundation

  /// A point of time, in milliseconds since 1970-01-01T00:00:00Z: what every database can keep exactly.
  package struct Instant: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The time by the system's clock.
    package static func current() -> Instant {
      Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The time so many seconds later.
    package func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }
  }
#endif

/// What clocks show in a region, or at a fixed distance from UTC.
package struct TimeZone: Sendable {
  package static let utc = TimeZone(secondsEast: 0)
  private let secondsEast: Int32
  init(secondsEast: Int32) { self.secondsEast = secondsEast }
  package func offset(at timestamp: Timestamp) -> Int32 { secondsEast }
}

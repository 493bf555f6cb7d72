#if Server
  internal import CEL
  internal import PolicyStorage

  extension Instant {
    /// RFC 3339 in UTC, with milliseconds only where there are any.
    var text: String {
      let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
      let rest = milliseconds - seconds * 1000
      guard let time = Timestamp(seconds: seconds, nanoseconds: Int32(rest) * 1_000_000) else {
        return Timestamp.greatest.description
      }
      return time.description
    }

    /// Reads RFC 3339; `nil` for anything else.
    init?(_ text: String) {
      guard let time = try? Timestamp(parsing: Array(text.utf8)) else { return nil }
      self.init(milliseconds: time.seconds * 1000 + Int64(time.milliseconds))
    }
  }
#endif

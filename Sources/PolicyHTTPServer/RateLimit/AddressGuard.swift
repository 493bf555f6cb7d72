#if Server
  internal import PolicyStorage

  /// Refuses addresses from which too many requests came without a good key, before they are asked for another.
  ///
  /// Requests with a good key cost their key's quota, and nothing here.
  struct AddressGuard: Sendable {
    private let limiter = RateLimiter()
    let limit: RateLimit?

    /// - Throws: 429, while the address has no attempt left.
    func requireAttempt(_ address: String, ticks: Int64, now: Instant) throws(ErrorResponse) {
      guard let limit else { return }
      let verdict = limiter.ask(address, limit, now: ticks, isCounted: false)
      guard verdict.isAllowed else { throw verdict.error(now: now) }
    }

    /// Counts an attempt that failed.
    func countFailure(_ address: String, ticks: Int64) {
      guard let limit else { return }
      _ = limiter.ask(address, limit, now: ticks)
    }
  }
#endif

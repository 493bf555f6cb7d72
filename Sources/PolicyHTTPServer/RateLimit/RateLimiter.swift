#if Server
  internal import Synchronization

  /// Whether a request may go on, and what remains of the quota.
  struct RateLimitVerdict: Hashable, Sendable {
    let limit: RateLimit
    let isAllowed: Bool
    /// How many more requests could follow at once.
    let remaining: Int
    /// When the whole quota is back, rounded up.
    let microsecondsToReset: Int64
    /// When the next request could go on, in seconds, rounded up; 0 if at once.
    let secondsToRetry: Int64

    var secondsToReset: Int64 { (microsecondsToReset + 999_999) / 1_000_000 }
  }

  /// The generic cell rate algorithm (ITU-T I.371), by key: exact however many requests come at once.
  ///
  /// A key's state is one time, at which its quota is whole again. Each request puts that off by what one request takes to come
  /// back; it may go on if that is within the window.
  final class RateLimiter: Sendable {
    private struct State {
      /// In microseconds times the limit's count, so that what one request takes is whole.
      var theoreticalArrival: Int128
      var count: Int
    }

    private struct States {
      var byKey: [String: State] = [:]
      /// Beyond so many, keys whose quota is whole are forgotten, which changes nothing for them.
      ///
      /// It grows with those that stay, so that looking for others stays cheap for each request.
      var capacity = RateLimiter.leastCapacity
    }

    private let states = Mutex(States())
    private static let leastCapacity = 10_000

    /// Asks for one request.
    ///
    /// - Parameters:
    ///   - key: Whose quota it is.
    ///   - limit: How large it is.
    ///   - now: In microseconds, never earlier than before by more than clocks may be set back.
    ///   - isCounted: Whether the request takes from the quota, if it may go on.
    /// - Returns: Whether it may go on, and what remains.
    func ask(_ key: String, _ limit: RateLimit, now: Int64, isCounted: Bool = true) -> RateLimitVerdict {
      let count = Int128(limit.count)
      let time = Int128(now) * count
      // INVARIANT: what `count` requests take to come back is the window.
      let interval = Int128(limit.window.seconds) * 1_000_000
      let window = interval * count
      return states.withLock { states in
        if states.byKey.count > states.capacity {
          states.byKey = states.byKey.filter { $0.value.theoreticalArrival > Int128(now) * Int128($0.value.count) }
          states.capacity = max(2 * states.byKey.count, Self.leastCapacity)
        }
        var arrival = time
        // A quota of another size starts anew.
        if let state = states.byKey[key], state.count == limit.count { arrival = max(state.theoreticalArrival, time) }
        let isAllowed = arrival + interval - time <= window
        if isAllowed, isCounted {
          arrival += interval
          states.byKey[key] = State(theoreticalArrival: arrival, count: limit.count)
        }
        let unit = count * 1_000_000
        return RateLimitVerdict(
          limit: limit, isAllowed: isAllowed, remaining: Int((window - (arrival - time)) / interval),
          microsecondsToReset: Int64((arrival - time + count - 1) / count),
          secondsToRetry: isAllowed ? 0 : Int64((arrival + interval - time - window + unit - 1) / unit))
      }
    }
  }
#endif

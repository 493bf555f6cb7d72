#if Server
  package import PolicyCortex
  package import PolicyStorage

  /// How the server behaves.
  package struct ServerConfiguration: Sendable {
    /// What policies are checked against.
    package var resourceTypes: ResourceTypeCatalogue?
    /// The limits of tiers; a tier that is not here has none.
    package var rateLimits = RateLimit.tiers
    /// How many requests a key may have answered at once, unless it has a limit of its own.
    package var concurrency = 64
    /// How many requests are answered at once in all; beyond that the server sheds load.
    package var capacity = 1024
    /// The largest body, in bytes.
    package var bodyLimit = 16 << 20
    /// How long a body may take that is needed as a whole.
    package var bodyTimeout = Lifetime(seconds: 60)
    /// The largest head of a request, in bytes.
    package var headLimit = 16 << 10
    /// How many requests without a good key an address may send; `nil` for any number.
    package var addressLimit: RateLimit? = RateLimit(count: 300, window: Lifetime(seconds: 60))
    /// The time by the clock on the wall.
    package var now: @Sendable () -> Instant = { .current() }
    /// A time that is never set back, in microseconds, for rate limits.
    package var ticks: @Sendable () -> Int64 = ServerConfiguration.monotonicTicks()

    package init() {}

    private static func monotonicTicks() -> @Sendable () -> Int64 {
      let clock = ContinuousClock()
      let start = clock.now
      return {
        let elapsed = start.duration(to: clock.now).components
        return elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000
      }
    }
  }
#endif

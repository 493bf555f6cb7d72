#if Server
  /// So many requests in so much time.
  package struct RateLimit: Hashable, Sendable {
    package let count: Int
    package let window: Lifetime

    package init(count: Int, window: Lifetime) {
      self.count = count
      self.window = window
    }

    /// Reads `1000/1h`; `nil` for anything else.
    package init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(parts[0]),
        let window = Lifetime(String(parts[1])), (1...1_000_000_000).contains(count), window.seconds > 0
      else { return nil }
      self.init(count: count, window: window)
    }

    package var text: String { "\(count)/\(window.text)" }

    /// What each tier may do, unless configured; the one that is not here has no limit.
    package static let tiers: [Tier: RateLimit] = [
      .free: RateLimit(count: 1000, window: Lifetime(seconds: 3600)),
      .pro: RateLimit(count: 10_000, window: Lifetime(seconds: 3600)),
    ]
  }
#endif

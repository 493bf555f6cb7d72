#if Server
  import HTTPTypes
  import MarkedSource
  import PolicyStorage
  import Synchronization
  import Testing

  @testable import PolicyHTTPServer

  /// How much a key may do.
  struct RateLimitTests {
    @Test("the quota at once, and from then on one request each time one has come back")
    func exactness() {
      let limiter = RateLimiter()
      let limit = RateLimit(count: 1000, window: Lifetime(seconds: 3600))
      var allowed = 0
      for _ in 0..<3000 where limiter.ask("k", limit, now: 0).isAllowed { allowed += 1 }
      #expect(allowed == 1000)
      #expect(limiter.ask("other", limit, now: 0).isAllowed)
      // A request comes back every 3.6 s.
      #expect(!limiter.ask("k", limit, now: 3_599_999).isAllowed)
      #expect(limiter.ask("k", limit, now: 3_600_000).isAllowed)
      #expect(!limiter.ask("k", limit, now: 7_199_999).isAllowed)
      var later = 0
      for second in 0..<100 where limiter.ask("k", limit, now: Int64(second) * 1_000_000 + 3_600_000).isAllowed {
        later += 1
      }
      #expect(later == 99_000_000 / 3_600_000)
    }

    @Test("any limit at any pace gives the quota and what came back", arguments: 1...40)
    func anyLimit(_ seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      let limit = RateLimit(
        count: .random(in: 1...500, using: &generator),
        window: Lifetime(seconds: .random(in: 1...10_000, using: &generator)))
      let limiter = RateLimiter()
      var now: Int64 = .random(in: 0...1_000_000_000, using: &generator)
      let start = now
      // Asked for faster than it comes back, all that comes back is used.
      let interval = max(limit.window.seconds * 1_000_000 / Int64(limit.count) / 2, 1)
      var allowed = 0
      for _ in 0..<limit.count where limiter.ask("k", limit, now: now).isAllowed { allowed += 1 }
      #expect(allowed == limit.count, "seed \(seed)")
      for _ in 0..<2000 {
        now += .random(in: 0...interval, using: &generator)
        let verdict = limiter.ask("k", limit, now: now)
        if verdict.isAllowed { allowed += 1 }
        #expect(verdict.remaining >= 0 && verdict.remaining < max(limit.count, 1), "seed \(seed)")
        let returned = Int128(now - start) * Int128(limit.count) / (Int128(limit.window.seconds) * 1_000_000)
        #expect(allowed <= limit.count + Int(returned), "seed \(seed)")
        #expect(allowed >= limit.count + Int(returned) - (verdict.isAllowed ? 1 : 0) - 1, "seed \(seed)")
      }
    }

    @Test("forgetting idle keys changes nothing for them")
    func forgetting() {
      let limiter = RateLimiter()
      let limit = RateLimit(count: 2, window: Lifetime(seconds: 10))
      #expect(limiter.ask("busy", limit, now: 0).isAllowed)
      #expect(limiter.ask("busy", limit, now: 0).isAllowed)
      for number in 0..<25_000 { _ = limiter.ask("key \(number)", limit, now: Int64(number)) }
      #expect(!limiter.ask("busy", limit, now: 25_000).isAllowed)
    }

    @Test(
      "limits are read as they are written",
      arguments: [
        ("1000/1h", 1000, 3600), ("5/1s", 5, 1), ("10/2d", 10, 172_800), ("1/90m", 1, 5400),
      ])
    func reading(_ text: String, _ count: Int, _ seconds: Int) throws {
      let limit = try #require(RateLimit(text))
      #expect(limit == RateLimit(count: count, window: Lifetime(seconds: Int64(seconds))))
      for wrong in [
        "", "1", "/", "1/", "/1h", "0/1h", "-1/1h", "1/0h", "1/1", "1/1w", "1/1h/1h", "a/1h", "1/999999999999d",
      ] {
        #expect(RateLimit(wrong) == nil, "\(wrong)")
      }
    }

    @Test("the body of a 429 and the headers say the same")
    func agreement() async throws {
      try await ServerUnderTest.run({ $0.rateLimits = RateLimit.tiers }) { server in
        let key = try await server.key([.readPolicies])
        for number in 1...1000 {
          let reply = try await server.send(.get, "/v1/policies/pol_nonexistent", key: key)
          if number == 1 || number == 1000 {
            #expect(reply.headers[.rateLimitPolicy] == "\"default\";q=1000;w=3600")
            #expect(reply.headers[.xRateLimitRemaining] == "\(1000 - number)")
          }
          #expect(reply.status == 404)
        }
        let reply = try await server.send(.get, "/v1/policies", key: key)
        #expect(reply.status == 429)
        #expect(
          reply.text
            == #"{"error":"Too Many Requests","message":"Rate limit exceeded","code":429,"details":{"limit":1000,"window":"1h","reset_time":"2024-09-15T15:30:00Z"}}"#
        )
        #expect(reply.headers[.retryAfter] == "4")
        #expect(reply.headers[.rateLimit] == "\"default\";r=0;t=3600")
        #expect(reply.headers[.xRateLimitLimit] == "1000")
        #expect(reply.headers[.xRateLimitReset] == "1726414200")
        server.clock.advance(milliseconds: 3600)
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 200)
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 429)
        let pro = try await server.key([.readPolicies], { $0.tier = .pro })
        #expect(try await server.send(.get, "/v1/policies", key: pro).headers[.xRateLimitLimit] == "10000")
        let free = try await server.key([.readPolicies], { $0.tier = .enterprise })
        #expect(try await server.send(.get, "/v1/policies", key: free).headers[.xRateLimitLimit] == nil)
      }
    }

    @Test("many requests at once get exactly the quota")
    func concurrency() async throws {
      try await ServerUnderTest.run({
        $0.rateLimits = [.free: RateLimit(count: 50, window: Lifetime(seconds: 3600))]
        $0.concurrency = 10_000
      }) { server in
        let key = try await server.key([.readPolicies])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
          for _ in 0..<300 { group.addTask { try await server.send(.get, "/v1/policies", key: key).status } }
          return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 50, 429: 250])
      }
    }

    @Test("a key has so many requests at once, and the server so many in all")
    func concurrencyLimit() async throws {
      let limit = ConcurrencyLimit(capacity: 3)
      try await limit.run {
        try await limit.run(for: "a", limit: 1) {
          let error = await #expect(throws: ErrorResponse.self) { try await limit.run(for: "a", limit: 1) {} }
          #expect(error?.status == .tooManyRequests)
          #expect(error?.message == "Concurrent request limit exceeded")
          try await limit.run(for: "b", limit: 1) {}
        }
        try await limit.run(for: "a", limit: 1) {}
        try await limit.run {
          try await limit.run {
            let error = await #expect(throws: ErrorResponse.self) { try await limit.run {} }
            #expect(error?.status == .serviceUnavailable)
            #expect(error?.message == "Service temporarily overloaded")
          }
        }
      }
      #expect(limit.current == 0)
    }
  }
#endif

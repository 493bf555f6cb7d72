#if Server
  internal import HTTPTypes
  internal import Synchronization

  /// How many requests are answered at once, in all and by key.
  final class ConcurrencyLimit: Sendable {
    private struct Counts {
      var all = 0
      var byKey: [String: Int] = [:]
    }

    private let counts = Mutex(Counts())
    /// Beyond so many in all, the server sheds load.
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    var current: Int { counts.withLock { $0.all } }

    /// Runs what answers a request.
    ///
    /// - Throws: 503 when there are too many, and what the answer throws.
    func run<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
      let isFree = counts.withLock { counts in
        counts.all += 1
        return counts.all <= capacity
      }
      defer { counts.withLock { $0.all -= 1 } }
      guard isFree else { throw ErrorResponse.unavailable("Service temporarily overloaded", retryAfter: 1) }
      return try await body()
    }

    /// Runs what answers a request of a key.
    ///
    /// - Throws: 429 when the key has too many already, and what the answer throws.
    func run<Result: Sendable>(
      for key: String, limit: Int, _ body: () async throws -> Result
    ) async throws -> Result {
      let isFree = counts.withLock { counts in
        let count = counts.byKey[key, default: 0]
        if count < limit { counts.byKey[key] = count + 1 }
        return count < limit
      }
      guard isFree else {
        throw ErrorResponse(
          .tooManyRequests, "Concurrent request limit exceeded", details: ["limit": .integer(limit)],
          headers: [.retryAfter: "1"])
      }
      defer {
        counts.withLock { counts in
          let count = counts.byKey[key, default: 1] - 1
          counts.byKey[key] = count > 0 ? count : nil
        }
      }
      return try await body()
    }
  }
#endif

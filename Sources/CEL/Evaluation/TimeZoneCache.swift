internal import Source

/// The zones that were read so far, for all threads.
final class TimeZoneCache: Sendable {
  private let zones = Guarded<[String: RegionalRules]>([:])
  private let limit: Int

  /// - Parameter limit: How many zones are kept; one more, and all are forgotten.
  init(limit: Int) { self.limit = limit }

  func rules(named name: String) -> RegionalRules? { zones.withLock { $0[name] } }

  func keep(_ rules: RegionalRules, named name: String) {
    zones.withLock { zones in
      if zones.count >= limit { zones.removeAll() }
      zones[name] = rules
    }
  }
}

internal import Glibc

/// The zones that were read so far, for all threads.
///
/// The lock is one of pthreads, since the thread sanitizer does not see through the standard library's `Mutex`.
@safe
final class TimeZoneCache: @unchecked Sendable {
  // INVARIANT: `zones` is read and changed under the lock only.
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var zones: [String: RegionalRules] = [:]
  private let limit: Int

  /// - Parameter limit: How many zones are kept; one more, and all are forgotten.
  init(limit: Int) {
    self.limit = limit
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  func rules(named name: String) -> RegionalRules? {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return zones[name]
  }

  func keep(_ rules: RegionalRules, named name: String) {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    if zones.count >= limit { zones.removeAll() }
    zones[name] = rules
  }
}

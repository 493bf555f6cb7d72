internal import Glibc

/// A value that threads share, behind a lock.
///
/// The lock is one of the system, since the thread sanitizer does not see through the standard library's `Mutex`.
@safe
package final class Guarded<Value: Sendable>: @unchecked Sendable {
  // INVARIANT: `value` is read and changed under the lock only.
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  package init(_ value: Value) {
    self.value = value
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  /// Reads or changes the value, while no other thread does.
  ///
  /// - Parameter body: What is done with it; it must not ask for the value again.
  /// - Returns: What the body returns.
  package func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return body(&value)
  }
}

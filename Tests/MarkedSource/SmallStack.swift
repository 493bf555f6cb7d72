import Glibc
import Synchronization

/// Something to be done on another thread.
private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private final class Answer<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
}

/// Runs something on a thread with a stack of 512 KiB, and waits for its answer; `nil` when there is no thread to be had.
package func onSmallStack<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value? {
  let answer = Answer<Value>()
  let work = Work { answer.value.withLock { $0 = body() } }
  var attributes = pthread_attr_t()
  unsafe pthread_attr_init(&attributes)
  unsafe pthread_attr_setstacksize(&attributes, 512 << 10)
  var thread = pthread_t()
  let context = unsafe Unmanaged.passRetained(work).toOpaque()
  let failure = unsafe pthread_create(
    &thread, &attributes,
    { context in
      guard let context = unsafe context else { return nil }
      unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
      return nil
    }, context)
  unsafe pthread_attr_destroy(&attributes)
  guard failure == 0 else { return nil }
  pthread_join(thread, nil)
  return answer.value.withLock { $0 }
}

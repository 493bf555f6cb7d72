internal import Glibc
internal import Source

/// Tells somebody who waits at a terminal how far a run has come, after a second.
final class ProgressLine: Sendable {
  private struct State: Sendable {
    var done = 0
    /// When something was last written, or may first be.
    var next: UInt64
    var isShown = false
  }

  private let total: Int
  private let state: Guarded<State>

  /// Nothing is shown before this has passed; in nanoseconds.
  private static let delay: UInt64 = 1_000_000_000
  /// Nor more often than this; in nanoseconds.
  private static let interval: UInt64 = 100_000_000

  init(total: Int) {
    self.total = total
    state = Guarded(State(next: ProgressLine.now() + ProgressLine.delay))
  }

  /// Counts a file; any thread may call it.
  func advance() {
    state.withLock { state in
      state.done += 1
      let now = ProgressLine.now()
      guard now >= state.next else { return }
      state.next = now + ProgressLine.interval
      state.isShown = true
      StandardStream.error.write("\r\u{1B}[K\(state.done) of \(total) files")
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if state.isShown { StandardStream.error.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private static func now() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

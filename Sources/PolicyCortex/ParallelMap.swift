import Glibc
import Source
import Synchronization

/// Computes the results for the indexes from 0, several at once, and gives them in order whatever the number of workers.
///
/// Threads of the system rather than tasks: an asynchronous main costs a command line more to start than its work takes.
///
/// - Parameters:
///   - count: How many results there are.
///   - workers: How many threads work at most, the caller's included. With fewer to be had the work takes longer, no more.
///   - body: Computes the result of one index.
/// - Returns: The results, in the order of their indexes.
package func parallelMap<Result: Sendable>(
  _ count: Int, workers: Int, _ body: @escaping @Sendable (Int) -> Result
) -> [Result] {
  guard workers > 1, count > 1 else { return (0..<count).map(body) }
  let results = Guarded([Result?](repeating: nil, count: count))
  let crew = Crew(count: count) { index in
    let result = body(index)
    results.withLock { $0[index] = result }
  }
  crew.run(workers: min(workers, count, Crew.largestCount))
  return results.withLock { $0.compactMap { $0 } }
}

/// Threads that take indexes until none are left.
private final class Crew: Sendable {
  static let largestCount = 256

  private let count: Int
  private let next = Atomic(0)
  private let work: @Sendable (Int) -> Void

  init(count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.work = work
  }

  func run(workers: Int) {
    var threads: [pthread_t] = []
    for _ in 1..<workers {
      var thread = pthread_t()
      let argument = unsafe Unmanaged.passRetained(self)
      guard unsafe pthread_create(&thread, nil, runCrew, argument.toOpaque()) == 0 else {
        unsafe argument.release()
        break
      }
      threads.append(thread)
    }
    takeWork()
    for thread in threads { pthread_join(thread, nil) }
  }

  func takeWork() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      work(index)
    }
  }
}

private func runCrew(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<Crew>.fromOpaque(argument).takeRetainedValue().takeWork()
  return nil
}

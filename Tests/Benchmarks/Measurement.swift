import Glibc

/// One line of output (DESIGN §11).
struct Measurement {
  let benchmark: String
  /// What of it was measured: `short`, `floor`, `workers-2`.
  let variant: String
  /// How many things one round worked on: rules, expressions, files.
  let count: Int
  let value: Double
  let unit: String
  /// How many of them came out wrong; with any the figure means nothing.
  let mismatch: Int

  init(_ benchmark: String, _ variant: String, count: Int = 1, _ value: Double, _ unit: String, mismatch: Int = 0) {
    self.benchmark = benchmark
    self.variant = variant
    self.count = count
    self.value = value
    self.unit = unit
    self.mismatch = mismatch
  }

  /// Prints the line.
  func report() {
    let rounded = (value * 10_000).rounded() / 10_000
    write(
      #"{"benchmark": "\#(benchmark)", "class": "\#(variant)", "n": \#(count), "value": \#(rounded), "#
        + #""unit": "\#(unit)", "mismatch": \#(mismatch)}"# + "\n",
      to: STDOUT_FILENO)
  }
}

/// Seconds that a clock shows.
enum Stopwatch {
  /// The processor time that all threads of this process have used.
  static func processorTime() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// The time on the wall, for what works in several threads or processes.
  static func wallTime() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The median of some rounds of a body, in seconds, after one round that does not count.
///
/// - Parameters:
///   - rounds: How many rounds count.
///   - clock: What a round's time is read from.
///   - body: One round; nothing of it may survive into the next.
/// - Returns: The median of the rounds' times.
func median(rounds: Int, clock: () -> Double = Stopwatch.processorTime, _ body: () -> Void) -> Double {
  body()
  return median(
    of: (0..<rounds).map { _ in
      let start = clock()
      body()
      return clock() - start
    })
}

/// The middle value.
func median(of values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let upper = sorted.dropFirst(sorted.count / 2).first else { return 0 }
  return sorted.count % 2 == 1 ? upper : (upper + sorted[sorted.count / 2 - 1]) / 2
}

/// Keeps the optimiser from dropping a computation whose result nothing else uses.
@inline(never)
func keep<Value>(_ value: Value) { withExtendedLifetime(value) {} }

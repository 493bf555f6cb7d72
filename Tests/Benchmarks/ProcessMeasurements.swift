import Glibc

/// From starting the command line to its answer on a file of ten rules, in milliseconds on the wall.
///
/// With `--floor`, an executable that does nothing is started in turn with it, and the ratio is reported as well.
func measureProcessStart(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let count = options.rounds * 20
  let command = [options.binary, "validate", "\(options.data)/doc_10.json"]
  var times: [Double] = []
  var floors: [Double] = []
  var mismatch = 0
  // In turns, so that both see the same machine.
  for round in 0..<(count + 3) {
    let run = try finishedProcess(command)
    let floor = try options.floor.map { floor throws(BenchmarkFailure) in try finishedProcess([floor]) }
    guard round >= 3 else { continue }
    times.append(run.seconds)
    if run.status != 0 { mismatch += 1 }
    if let floor { floors.append(floor.seconds) }
  }
  Measurement("process-start", "ten-rules", count: count, median(of: times) * 1e3, "ms", mismatch: mismatch).report()
  guard !floors.isEmpty else { return }
  Measurement("process-start", "floor", count: count, median(of: floors) * 1e3, "ms").report()
  Measurement("process-start", "ratio", count: count, median(of: times) / median(of: floors), "x", mismatch: mismatch)
    .report()
}

/// The most memory that the command line holds while it validates 100,000 rules, against the size of their file.
func measurePeakMemory(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let file = "\(options.data)/doc_100000.json"
  let size = Double(try fileSize(file))
  let runs = try (0..<3).map { _ throws(BenchmarkFailure) in try finishedProcess([options.binary, "validate", file]) }
  let peak = median(of: runs.map(\.peakBytes))
  let mismatch = runs.count { $0.status != 0 }
  Measurement("peak-memory", "resident", count: 100_000, peak / 1e6, "MB", mismatch: mismatch).report()
  Measurement("peak-memory", "ratio", count: 100_000, peak / size, "x", mismatch: mismatch).report()
}

/// A process that was started and has ended.
private struct FinishedProcess {
  /// From before the start to after the end, on the wall.
  let seconds: Double
  /// The most memory that was resident at a time.
  let peakBytes: Double
  /// The exit status, -1 when a signal ended it.
  let status: Int32
}

/// Runs a command to its end; its output goes nowhere.
private func finishedProcess(_ command: [String]) throws(BenchmarkFailure) -> FinishedProcess {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  var arguments = unsafe command.map { unsafe strdup($0) }
  unsafe arguments.append(nil)
  defer { unsafe arguments.forEach { unsafe free($0) } }

  var process: pid_t = 0
  let start = Stopwatch.wallTime()
  guard unsafe posix_spawn(&process, command[0], &actions, nil, arguments, nil) == 0 else {
    throw BenchmarkFailure("cannot start \(command[0])")
  }
  var status: Int32 = 0
  var usage = rusage()
  while unsafe wait4(process, &status, 0, &usage) < 0 {
    guard errno == EINTR else { throw BenchmarkFailure("lost \(command[0])") }
  }
  return FinishedProcess(
    seconds: Stopwatch.wallTime() - start, peakBytes: Double(usage.ru_maxrss) * 1024,
    status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1)
}

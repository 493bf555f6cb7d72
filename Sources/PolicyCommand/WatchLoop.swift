internal import DocumentTree
internal import Glibc
internal import PolicyCortex
internal import Source

/// Runs again whenever a file changes: `--watch`.
///
/// Files are looked at twice a second rather than asked for by the kernel: that finds changes in containers and on network
/// file systems too, and whatever search and configuration make of new files.
struct WatchLoop {
  private let validation: ValidationRun

  /// Between two looks, in microseconds.
  private static let interval: UInt32 = 500_000

  init(_ validation: ValidationRun) { self.validation = validation }

  /// Runs until interrupted, which ends the process with status 0.
  func run() throws {
    // Whoever started this may have blocked them, and that is inherited.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { _ in _exit(ExitStatus.clean.rawValue) }
      unsafe sigaddset(&signals, number)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    var last: [State] = []
    while true {
      let state = WatchLoop.state(of: validation)
      if state != last {
        if StandardStream.output.isTerminal { StandardStream.output.write("\u{1B}[2J\u{1B}[3J\u{1B}[H") }
        // Whatever was found: the next change may mend it.
        do { try validation.run() } catch _ as ExitStatus {}
        let noun = state.count == 1 ? "file" : "files"
        StandardStream.error.write("watching \(state.count) \(noun); interrupt to end\n")
        // What this run fixed is a change too, after which there is nothing to fix.
        last = state
      }
      usleep(WatchLoop.interval)
    }
  }

  /// What tells that a file is another one than before.
  private struct State: Equatable {
    var path: [UInt8]
    var inode: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private static func state(of run: ValidationRun) -> [State] {
    var configurations = RunConfigurations(run.configurationSource, resourceTypes: run.resourceTypes)
    let search = InputSearch(run.paths, standardInputName: run.standardInputName, &configurations)
    var paths = search.files.compactMap(\.path) + configurations.files.map { Array($0.source.name.utf8) }
    if let baseline = run.baseline { paths.append(Array(baseline.utf8)) }
    return paths.map { path in
      var status = stat()
      guard unsafe withCString(path, { unsafe stat($0, &status) }) == 0 else {
        return State(path: path, inode: 0, size: 0, seconds: 0, nanoseconds: 0)
      }
      return State(
        path: path, inode: UInt(status.st_ino), size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
        nanoseconds: status.st_mtim.tv_nsec)
    }
  }
}

/// How a run ended; there is no other exit status.
///
/// Thrown by commands that do not end clean.
enum ExitStatus: Int32, Error {
  case clean = 0
  /// Something was found that weighs at least as much as `--fail-level`.
  case findings = 1
  /// Wrong usage, unreadable or missing input, output that could not be written.
  case failure = 2
}

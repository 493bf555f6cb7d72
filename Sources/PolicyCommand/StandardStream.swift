internal import DocumentTree
internal import Glibc

/// One of the process's standard streams.
struct StandardStream {
  let descriptor: Int32

  static let input = StandardStream(descriptor: STDIN_FILENO)
  static let output = StandardStream(descriptor: STDOUT_FILENO)
  static let error = StandardStream(descriptor: STDERR_FILENO)

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes a text; what cannot be written is lost.
  func write(_ text: String) { _ = writeAll(Array(text.utf8), to: descriptor) }

  /// Writes all parts, small ones together.
  ///
  /// A reader that went away has what it wanted: that is no failure.
  ///
  /// - Returns: `errno` of the failure, `nil` when all is written.
  func write(_ parts: [[UInt8]]) -> Int32? {
    var pending: [UInt8] = []
    for part in parts {
      if pending.isEmpty, part.count >= StandardStream.bufferSize {
        if let failure = writeAll(part, to: descriptor) { return failure == EPIPE ? nil : failure }
        continue
      }
      pending += part
      guard pending.count >= StandardStream.bufferSize else { continue }
      if let failure = writeAll(pending, to: descriptor) { return failure == EPIPE ? nil : failure }
      pending.removeAll(keepingCapacity: true)
    }
    guard let failure = writeAll(pending, to: descriptor), failure != EPIPE else { return nil }
    return failure
  }

  /// Parts smaller than this are gathered before they are written.
  private static let bufferSize = 1 << 16
}

/// Writes a file anew.
///
/// - Returns: What went wrong.
func writeFile(_ parts: [[UInt8]], to path: String) -> String? {
  let descriptor = unsafe withCString(Array(path.utf8)) {
    unsafe open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  }
  guard descriptor >= 0 else { return "cannot write `\(path)`: \(errorText(errno))" }
  let failure = StandardStream(descriptor: descriptor).write(parts)
  let isClosed = close(descriptor) == 0
  guard let code = failure ?? (isClosed ? nil : errno) else { return nil }
  return "cannot write `\(path)`: \(errorText(code))"
}

/// What an `errno` means.
///
/// Not for several threads at once: `strerror` may use a buffer of its own.
func errorText(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}

/// The value of an environment variable, `nil` when it is not set.
func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// The path of the working directory, `nil` when it has none.
func workingDirectory() -> String? {
  guard let path = unsafe getcwd(nil, 0) else { return nil }
  defer { unsafe free(path) }
  return unsafe String(cString: path)
}

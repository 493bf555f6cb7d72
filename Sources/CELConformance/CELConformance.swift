internal import Glibc

/// Answers the tests that the standard input holds, one a line, with a line each on the standard output.
@main
struct CELConformance {
  static func main() {
    var run = TestRun()
    while let line = readLine(strippingNewline: true) {
      guard !line.utf8.allSatisfy({ $0 == 0x20 }) else { continue }
      var bytes = run.answer(Array(line.utf8)).line
      bytes.append(0x0A)
      write(bytes)
    }
  }

  /// Writes at once, so that whoever reads knows which test was the last to be answered.
  private static func write(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(STDOUT_FILENO, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
      if count < 0, errno != EINTR { exit(1) }
      written += max(count, 0)
    }
  }
}

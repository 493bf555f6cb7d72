#if !Server
  internal import Glibc

  /// What stands in for the server where it is not built.
  @main
  struct ServerUnavailable {
    static func main() {
      let text = "error: built without the server; build with `swift build --traits Server`\n"
      _ = unsafe text.utf8.span.withUnsafeBufferPointer { unsafe write(2, $0.baseAddress, $0.count) }
      exit(2)
    }
  }
#endif

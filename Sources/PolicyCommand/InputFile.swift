internal import DocumentTree
internal import Glibc

/// A file to validate, not yet read.
struct InputFile: Hashable, Sendable {
  /// What reading gave.
  enum Content {
    case bytes([UInt8])
    /// More than `DocumentLimits.byteCount`; none of it is kept.
    case tooLarge
    /// An `errno`.
    case unreadable(Int32)
  }

  /// The path as the system has it, which need not be UTF-8; `nil` is the standard input.
  let path: [UInt8]?
  /// What the file is called in output.
  let name: String
  /// The number of the file's configuration among those of the run.
  var configuration: Int?

  /// The standard input, under a name that may tell its format.
  static func standardInput(name: String, configuration: Int? = nil) -> InputFile {
    InputFile(path: nil, name: name, configuration: configuration)
  }

  /// A file of the file system.
  static func file(_ path: [UInt8], configuration: Int? = nil) -> InputFile {
    InputFile(path: path, name: String(decoding: path, as: UTF8.self), configuration: configuration)
  }

  /// Reads the whole file; a regular file's size is looked at first.
  func read() -> Content {
    guard let path else { return InputFile.read(STDIN_FILENO) }
    let descriptor = unsafe withCString(path) { unsafe open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return .unreadable(errno) }
    defer { close(descriptor) }
    return InputFile.read(descriptor)
  }

  private static func read(_ descriptor: Int32) -> Content {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return .unreadable(errno) }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    if isRegular, status.st_size > DocumentLimits.byteCount { return .tooLarge }
    // One byte more than it has shows that it has no more.
    var buffer = [UInt8](repeating: 0, count: isRegular ? Int(status.st_size) + 1 : 1 << 16)
    var filled = 0
    while true {
      if filled == buffer.count {
        buffer += repeatElement(0, count: min(buffer.count, DocumentLimits.byteCount + 1 - buffer.count))
      }
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return .unreadable(errno)
      }
      filled += count
      if filled > DocumentLimits.byteCount { return .tooLarge }
      if count == 0 { break }
    }
    buffer.removeLast(buffer.count - filled)
    return .bytes(buffer)
  }
}

/// Calls the body with a path as C has it.
///
/// A NUL in the path ends it.
func withCString<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  let terminated = path.map { CChar(bitPattern: $0) } + [0]
  return unsafe terminated.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return unsafe body("") }
    return unsafe body(start)
  }
}

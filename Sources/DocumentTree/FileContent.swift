import Glibc

/// What reading a file gave.
package enum FileContent {
  case bytes([UInt8])
  /// More than `DocumentLimits.byteCount`; none of it is kept.
  case tooLarge
  /// An `errno`.
  case unreadable(Int32)

  /// Reads a whole file, whose path need not be UTF-8; a regular file's size is looked at first.
  package static func read(_ path: [UInt8]) -> FileContent {
    let descriptor = unsafe withCString(path) { unsafe open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return .unreadable(errno) }
    defer { close(descriptor) }
    return read(descriptor)
  }

  /// Reads what is left of an open file.
  package static func read(_ descriptor: Int32) -> FileContent {
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

/// Writes all bytes to a descriptor; gives `errno` when that failed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
    }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    written += count
  }
  return nil
}

/// The names in a directory in byte order, `nil` and `errno` when it cannot be read.
package func namesInDirectory(_ path: [UInt8]) -> [[UInt8]]? {
  guard let stream = unsafe withCString(path, { unsafe opendir($0) }) else { return nil }
  defer { unsafe closedir(stream) }
  var names: [[UInt8]] = []
  while let entry = unsafe readdir(stream) {
    names.append(unsafe withUnsafeBytes(of: entry.pointee.d_name) { name in unsafe Array(name.prefix { $0 != 0 }) })
  }
  return names.sorted { $0.lexicographicallyPrecedes($1) }
}

/// Whether a file's name has one of some endings, in letters of either case, and more than that.
package func hasEnding(_ name: some BidirectionalCollection<UInt8>, among endings: [String]) -> Bool {
  endings.contains { ending in
    guard name.count > ending.utf8.count else { return false }
    return name.suffix(ending.utf8.count).elementsEqual(ending.utf8) { byte, wanted in
      (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == wanted
    }
  }
}

/// Calls the body with a path as C has it.
///
/// A NUL in the path ends it.
package func withCString<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  let terminated = path.map { CChar(bitPattern: $0) } + [0]
  return unsafe terminated.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return unsafe body("") }
    return unsafe body(start)
  }
}

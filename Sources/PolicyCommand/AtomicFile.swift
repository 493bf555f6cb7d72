internal import Glibc

/// Replaces files as a whole: whoever reads one meanwhile, or after a crash, finds the old content or the new.
enum AtomicFile {
  /// Replaces the content of a file, and keeps its mode; a link stays, and what it leads to is replaced.
  ///
  /// - Returns: `errno`, when the file is as it was.
  static func replace(_ path: [UInt8], with bytes: [UInt8]) -> Int32? {
    guard let target = resolved(path) else { return errno }
    var status = stat()
    guard unsafe withCString(target, { unsafe stat($0, &status) }) == 0 else { return errno }
    // A file that must not be written is not replaced either, though its directory would allow it.
    guard unsafe withCString(target, { unsafe access($0, W_OK) }) == 0 else { return errno }
    var template = (target + Array(".XXXXXX".utf8)).map { CChar(bitPattern: $0) } + [0]
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { return errno }
    let temporary = template.dropLast().map { UInt8(bitPattern: $0) }
    var failure = StandardStream(descriptor: descriptor).write(everything: bytes)
    if failure == nil, fchmod(descriptor, status.st_mode & 0o7777) != 0 { failure = errno }
    if failure == nil, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil {
      let result = unsafe withCString(temporary) { from in
        unsafe withCString(target) { to in unsafe rename(from, to) }
      }
      if result != 0 { failure = errno }
    }
    if failure != nil { _ = unsafe withCString(temporary) { unsafe unlink($0) } }
    return failure
  }

  /// The path with all links followed; `nil` and `errno` when it leads nowhere.
  private static func resolved(_ path: [UInt8]) -> [UInt8]? {
    guard let resolved = unsafe withCString(path, { unsafe realpath($0, nil) }) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
  }
}

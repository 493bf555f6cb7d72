internal import DocumentTree
internal import Glibc

/// Why a file was not replaced; it is as it was.
enum AtomicFileError: Error {
  /// An `errno`.
  case system(Int32)
  /// A pipe, a device or the like.
  case notRegular
  /// Somebody wrote it since it was read.
  case changed

  /// In words.
  var text: String {
    switch self {
    case .system(let code): errorText(code)
    case .notRegular: "it is no regular file"
    case .changed: "it was changed in the meantime"
    }
  }
}

/// Replaces files as a whole: whoever reads one sees the old content or the new, whatever happens.
enum AtomicFile {
  /// Replaces a file's content.
  ///
  /// The new content goes to a file beside it, which takes its name once all is on the disk. Links are followed, and the mode
  /// and, where that is allowed, the owner are kept.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - old: What it holds as far as the caller knows.
  ///   - new: What it is to hold.
  /// - Throws: Why it is as it was.
  static func replace(_ path: [UInt8], _ old: [UInt8], with new: [UInt8]) throws(AtomicFileError) {
    guard let target = resolved(path) else { throw .system(errno) }
    guard unsafe withCString(target, { unsafe access($0, W_OK) }) == 0 else { throw .system(errno) }
    var status = stat()
    guard unsafe withCString(target, { unsafe stat($0, &status) }) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }

    let directory = RunConfigurations.directory(of: target)
    var name = (directory + Array("/.policycortex.XXXXXX".utf8)).map { CChar(bitPattern: $0) } + [0]
    let descriptor = unsafe name.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw .system(errno) }
    let temporary = name.dropLast().map { UInt8(bitPattern: $0) }
    do throws(AtomicFileError) {
      try fill(descriptor, new, like: status)
      // Nobody else's change is lost, as far as a file system can tell.
      guard case .bytes(let current) = InputFile.file(target).read(), current == old || current == new else {
        throw .changed
      }
      guard unsafe withCString(temporary, { from in unsafe withCString(target) { unsafe rename(from, $0) } }) == 0
      else {
        throw .system(errno)
      }
    } catch {
      _ = unsafe withCString(temporary) { unsafe unlink($0) }
      throw error
    }
    // The name is on the disk too once its directory is.
    let folder = unsafe withCString(directory) { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Writes the new file, to the disk, and closes it.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8], like status: stat) throws(AtomicFileError) {
    var failure = StandardStream(descriptor: descriptor).write([bytes])
    // Only root may give a file away; the mode comes second, since that takes bits from it.
    _ = fchown(descriptor, status.st_uid, status.st_gid)
    if failure == nil, fchmod(descriptor, status.st_mode & 0o7777) != 0 { failure = errno }
    if failure == nil, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == nil { failure = errno }
    if let failure { throw .system(failure) }
  }

  /// The file that links lead to.
  private static func resolved(_ path: [UInt8]) -> [UInt8]? {
    unsafe withCString(path) { path in
      guard let resolved = unsafe realpath(path, nil) else { return nil }
      defer { unsafe free(resolved) }
      return unsafe Array(UnsafeBufferPointer(start: resolved, count: strlen(resolved))).map { UInt8(bitPattern: $0) }
    }
  }
}

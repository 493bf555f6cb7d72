internal import DocumentTree
internal import Glibc
internal import Source

/// Reads the files that hold schemas.
enum SchemaFiles {
  /// The schemas' files under a path, by their paths: the file itself, or every `*.json` below a directory, hidden ones
  /// aside.
  static func read(_ path: String) throws(SchemaLoadingError) -> [SourceText] {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [try file(path)] }
    var texts: [SourceText] = []
    var visited: Set<[UInt64]> = [[UInt64(status.st_dev), UInt64(status.st_ino)]]
    var pending = [path]
    while let directory = pending.popLast() {
      var below: [String] = []
      for name in try names(in: directory) where !name.hasPrefix(".") {
        let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
        guard unsafe stat(path, &status) == 0 else { throw failure(path) }
        if status.st_mode & S_IFMT == S_IFDIR {
          if visited.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted { below.append(path) }
        } else if name.utf8.count > 5, name.lowercased().hasSuffix(".json") {
          texts.append(try file(path))
        }
      }
      pending += below.reversed()
    }
    if texts.isEmpty { throw SchemaLoadingError(path: path, reason: "the directory holds no *.json") }
    return texts
  }

  /// The content of one file.
  static func file(_ path: String) throws(SchemaLoadingError) -> SourceText {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path) }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    guard status.st_mode & S_IFMT != S_IFDIR else { throw SchemaLoadingError(path: path, reason: "it is a directory") }
    let tooLarge = SchemaLoadingError(path: path, reason: "it has more than \(DocumentLimits.byteCount >> 20) MiB")
    if isRegular, status.st_size > DocumentLimits.byteCount { throw tooLarge }
    // One byte more than it has shows that it has no more.
    var buffer = [UInt8](repeating: 0, count: isRegular ? Int(status.st_size) + 1 : 1 << 16)
    var filled = 0
    while true {
      if filled == buffer.count {
        guard filled <= DocumentLimits.byteCount else { throw tooLarge }
        buffer += repeatElement(0, count: buffer.count)
      }
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      if count == 0 { break }
      filled += count
    }
    guard filled <= DocumentLimits.byteCount else { throw tooLarge }
    buffer.removeLast(buffer.count - filled)
    return SourceText(name: path, bytes: buffer)
  }

  /// The names in a directory, in byte order.
  private static func names(in directory: String) throws(SchemaLoadingError) -> [String] {
    guard let stream = unsafe opendir(directory) else { throw failure(directory) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      names.append(
        unsafe withUnsafeBytes(of: entry.pointee.d_name) { name in
          unsafe String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func failure(_ path: String) -> SchemaLoadingError {
    let code = errno
    return SchemaLoadingError(
      path: path, reason: unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)")
  }
}

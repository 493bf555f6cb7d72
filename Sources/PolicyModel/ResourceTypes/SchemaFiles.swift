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
    switch FileContent.read(Array(path.utf8)) {
    case .bytes(let bytes): return SourceText(name: path, bytes: bytes)
    case .tooLarge:
      throw SchemaLoadingError(path: path, reason: "it has more than \(DocumentLimits.byteCount >> 20) MiB")
    case .unreadable(EISDIR): throw SchemaLoadingError(path: path, reason: "it is a directory")
    case .unreadable(let code): throw failure(path, code)
    }
  }

  private static func names(in directory: String) throws(SchemaLoadingError) -> [String] {
    guard let names = namesInDirectory(Array(directory.utf8)) else { throw failure(directory) }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func failure(_ path: String, _ code: Int32 = errno) -> SchemaLoadingError {
    SchemaLoadingError(
      path: path, reason: unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)")
  }
}

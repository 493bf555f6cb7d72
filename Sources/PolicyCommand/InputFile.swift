internal import DocumentTree
internal import Glibc

/// A file to validate, not yet read.
struct InputFile: Hashable, Sendable {
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

  /// Reads the whole file.
  func read() -> FileContent {
    if let path { FileContent.read(path) } else { FileContent.read(STDIN_FILENO) }
  }
}

import Diagnostics
import Glibc

/// Finds the configuration of directories: the nearest `.policycortex.yaml`, walking up.
///
/// Each directory is looked into once, and each file read once.
package struct ConfigurationSearch {
  /// The files that were found, and what is wrong with each.
  package private(set) var files: [ConfigurationFile] = []
  /// Files that are there and could not be read.
  package private(set) var unreadable: [(path: String, error: ConfigurationFileError)] = []
  private var known: [[UInt8]: ConfigurationFile?] = [:]
  private let workingDirectory: [UInt8]

  package init() { workingDirectory = ConfigurationSearch.absolute([UInt8(ascii: ".")]) ?? [UInt8(ascii: "/")] }

  /// The configuration of a directory, by its absolute path without links; `nil` when there is none.
  package mutating func configuration(of directory: [UInt8]) -> ConfigurationFile? {
    var visited: [[UInt8]] = []
    var found: ConfigurationFile?
    var current = directory
    while true {
      if let answer = known[current] {
        found = answer
        break
      }
      visited.append(current)
      if let file = read(in: current) {
        found = file
        break
      }
      guard current.count > 1, let slash = current.lastIndex(of: UInt8(ascii: "/")) else { break }
      current = slash == 0 ? [UInt8(ascii: "/")] : Array(current[..<slash])
    }
    for directory in visited { known[directory] = .some(found) }
    return found
  }

  private mutating func read(in directory: [UInt8]) -> ConfigurationFile? {
    let name = String(decoding: directory, as: UTF8.self)
    // A path that is no text cannot be told in the configuration either.
    guard Array(name.utf8) == directory else { return nil }
    let path = (name == "/" ? "" : name) + "/" + Configuration.fileName
    guard unsafe access(path, F_OK) == 0 else { return nil }
    switch ConfigurationFile.read(shown(path), directory: name) {
    case .success(let file):
      files.append(file)
      return file
    case .failure(let error):
      unreadable.append((shown(path), error))
      return nil
    }
  }

  /// A path relative to the working directory where it lies below that.
  private func shown(_ path: String) -> String {
    let prefix = workingDirectory.count > 1 ? workingDirectory + [UInt8(ascii: "/")] : workingDirectory
    guard path.utf8.starts(with: prefix) else { return path }
    return String(decoding: path.utf8.dropFirst(prefix.count), as: UTF8.self)
  }

  /// A path from the root on, without links; `nil` and `errno` where it leads nowhere.
  package static func absolute(_ path: [UInt8]) -> [UInt8]? {
    let terminated = path.map { CChar(bitPattern: $0) } + [0]
    return unsafe terminated.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress, let resolved = unsafe realpath(start, nil) else { return nil }
      defer { unsafe free(resolved) }
      return unsafe Array(UnsafeBufferPointer(start: resolved, count: strlen(resolved))).map { UInt8(bitPattern: $0) }
    }
  }
}

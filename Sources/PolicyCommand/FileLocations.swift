internal import PolicyCortex

/// Where files are, whatever the command line calls them; each directory is asked for once.
struct FileLocations {
  private var directories: [[UInt8]: [UInt8]?] = [:]

  /// A file's path from the root on, with no links in its directory; `nil` for the standard input, and where it is not there.
  mutating func absolutePath(of file: InputFile) -> [UInt8]? {
    guard let path = file.path, let directory = absolute(RunConfigurations.directory(of: path)) else { return nil }
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
    return (directory.count > 1 ? directory : []) + [UInt8(ascii: "/")] + name
  }

  /// What a file is called in another one: its path from that one's directory on, or from the root on where it lies elsewhere.
  mutating func name(of file: InputFile, besides other: String) -> String {
    guard let path = absolutePath(of: file) else { return file.name }
    guard let directory = absolute(RunConfigurations.directory(of: Array(other.utf8))) else { return file.name }
    let prefix = directory.count > 1 ? directory + [UInt8(ascii: "/")] : directory
    return String(decoding: path.starts(with: prefix) ? path.dropFirst(prefix.count) : path[...], as: UTF8.self)
  }

  private mutating func absolute(_ directory: [UInt8]) -> [UInt8]? {
    if let known = directories[directory] { return known }
    let absolute = ConfigurationSearch.absolute(directory)
    directories[directory] = .some(absolute)
    return absolute
  }
}

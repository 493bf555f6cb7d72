internal import Glibc

/// The system's time zone data: a folder of compiled files, as the tz project installs them.
///
/// Files are read when a zone is first asked for, and kept; a change on the disk is seen by the next process.
package final class TimeZoneDatabase: Sendable {
  /// The data of this machine: in `TZDIR` if the environment has it, else where systems keep it.
  package static let system = TimeZoneDatabase(directories: systemDirectories)

  /// The longest name that is looked for, in bytes.
  static let nameLength = 255
  /// The largest file that is read, in bytes; real ones have less than 5,000.
  private static let fileSize = 1 << 18
  /// How many zones are kept; the tz project has about 600, with all names of old.
  private static let zoneCount = 1024

  private let directories: [String]
  private let zones = TimeZoneCache(limit: zoneCount)

  /// - Parameter directories: Searched in this order.
  package init(directories: [String]) { self.directories = directories }

  /// None of the folders is there.
  var isEmpty: Bool { directories.allSatisfy { unsafe access($0, X_OK) != 0 } }

  /// The rules of a zone, `nil` for a name that the data does not have, or has only in a damaged file.
  func rules(named name: String) -> RegionalRules? {
    if let known = zones.rules(named: name) { return known }
    guard TimeZoneDatabase.isName(name) else { return nil }
    for directory in directories {
      guard let bytes = TimeZoneDatabase.read("\(directory)/\(name)"), let rules = TZifFile(bytes).rules else {
        continue
      }
      zones.keep(rules, named: name)
      return rules
    }
    return nil
  }

  private static var systemDirectories: [String] {
    if let variable = unsafe getenv("TZDIR") {
      let directory = unsafe String(cString: variable)
      if !directory.isEmpty { return [directory] }
    }
    return ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]
  }

  /// Letters, digits, `_`, `-` and `+` in parts that `/` separates.
  ///
  /// There are no dots, so that no name leads out of the folder. `localtime` is this machine's zone, and no name of one.
  private static func isName(_ name: String) -> Bool {
    let bytes = name.utf8
    guard bytes.count <= nameLength, name != "localtime" else { return false }
    return bytes.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 == 0x5F || $0 == 0x2D || $0 == 0x2B
        }
    }
  }

  /// The bytes of a regular file of sensible size.
  private static func read(_ path: String) -> [UInt8]? {
    // A pipe in the folder must not keep us waiting.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= fileSize else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return nil }
      filled += count
    }
    return bytes
  }
}

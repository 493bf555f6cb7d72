public import Diagnostics
import Glibc

extension Configuration {
  /// Reads the configuration of a file.
  ///
  /// - Parameter path: The file's path.
  /// - Returns: What it says; hints, which say what has no effect, are passed over.
  /// - Throws: `ConfigurationLoadingError` for a file that cannot be read, or has errors.
  public static func load(from path: String) throws(ConfigurationLoadingError) -> Configuration {
    // A null byte would end the path early.
    guard !path.utf8.contains(0), let absolute = ConfigurationSearch.absolute(Array(path.utf8)) else {
      throw ConfigurationLoadingError(path: path, reason: reason(path.utf8.contains(0) ? EINVAL : errno))
    }
    let directory = absolute[..<(absolute.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
    let name = directory.isEmpty ? "/" : String(decoding: directory, as: UTF8.self)
    switch ConfigurationFile.read(path, directory: name) {
    case .failure(let error): throw ConfigurationLoadingError(path: path, reason: reason(error.code))
    case .success(let file):
      let errors = file.diagnostics.filter { $0.severity == .error }
      guard let first = errors.first else { return file.configuration }
      throw ConfigurationLoadingError(path: path, reason: first.message, diagnostics: errors)
    }
  }

  private static func reason(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// Why a file gives no configuration.
public struct ConfigurationLoadingError: Error, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is wrong with it, or the first of several.
  public let reason: String
  /// The errors in it; none when it cannot be read at all.
  public let diagnostics: [Diagnostic]

  init(path: String, reason: String, diagnostics: [Diagnostic] = []) {
    self.path = path
    self.reason = reason
    self.diagnostics = diagnostics
  }

  /// The path and the reason.
  public var description: String { "`\(path)`: \(reason)" }
}

import Diagnostics
import DocumentTree
import Glibc
import Source

/// A configuration file that was read.
package final class ConfigurationFile: Sendable {
  package let source: SourceText
  package let configuration: Configuration
  /// What is wrong with it.
  package let diagnostics: [Diagnostic]

  /// Reads a file, if there is one.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - directory: The directory that it stands in, as an absolute path.
  /// - Returns: The file; the failure is an `errno`.
  package static func read(_ path: String, directory: String) -> Result<ConfigurationFile, ConfigurationFileError> {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(ConfigurationFileError(code: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while bytes.count <= sizeLimit {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(ConfigurationFileError(code: errno))
      }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return .success(ConfigurationFile(SourceText(name: path, bytes: bytes), directory: directory))
  }

  /// A file with more than this is no configuration, in bytes.
  private static let sizeLimit = 1 << 20

  package init(_ source: SourceText, directory: String) {
    self.source = source
    guard source.bytes.count <= ConfigurationFile.sizeLimit else {
      configuration = Configuration(directory: directory)
      let message = LimitExceeded("a configuration has at most \(ConfigurationFile.sizeLimit >> 20) MiB")
      diagnostics = [Diagnostic(message, at: SourceSpan(at: 0))]
      return
    }
    (configuration, diagnostics) = Configuration.read(source, directory: directory)
  }
}

/// Why a configuration file could not be read.
package struct ConfigurationFileError: Error {
  /// An `errno`.
  package let code: Int32
}

import Glibc

/// The shared data beside the checkout (conformance suites, hostile inputs), which a user's machine need not have.
package enum SharedData {
  /// The folder `shared` beside the project's, `nil` when it is not there.
  package static let root: String? = {
    var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    components.removeLast(3)
    let path = components.dropLast().joined(separator: "/") + "/shared"
    return unsafe access(path, R_OK) == 0 ? path : nil
  }()

  /// The bytes of a file below it.
  package static func bytes(_ path: String) -> [UInt8]? {
    guard let root else { return nil }
    return fileBytes("\(root)/\(path)")
  }

  /// The bytes of a file.
  package static func fileBytes(_ path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "rb") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }
}

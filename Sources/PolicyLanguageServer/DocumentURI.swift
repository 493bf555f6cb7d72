internal import PolicyCortex

/// The names of files as editors have them: `file:///a/b%20c.yaml`.
enum DocumentURI {
  /// The path of a file; `nil` for what is no file's name.
  static func path(of uri: String) -> String? {
    let scheme = Array("file://".utf8)
    let bytes = Array(uri.utf8)
    guard bytes.count > scheme.count, zip(bytes, scheme).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { return nil }
    // `file://localhost/a` is `/a`.
    guard let slash = bytes[scheme.count...].firstIndex(of: UInt8(ascii: "/")) else { return nil }
    var path: [UInt8] = []
    var index = slash
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        path.append(value)
        index += 3
      } else {
        path.append(bytes[index])
        index += 1
      }
    }
    return path.contains(0) ? nil : String(decoding: path, as: UTF8.self)
  }

  /// The name that editors have for a path.
  static func uri(of path: String) -> String {
    var uri = "file://"
    for byte in path.utf8 {
      let isPlain =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || "/-._~".utf8.contains(byte)
      if isPlain {
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }

  /// A path whose directory has no links, as configurations know it; the path itself where there is no such directory.
  static func resolved(_ path: String) -> String {
    guard let directory = ConfigurationSearch.absolute(Array(directory(of: path).utf8)) else { return path }
    return (directory == [UInt8(ascii: "/")] ? "" : String(decoding: directory, as: UTF8.self)) + "/"
      + lastPart(of: path)
  }

  /// The directory part of an absolute path.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The last part of a path.
  static func lastPart(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }
}

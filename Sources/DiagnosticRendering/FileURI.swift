/// The name of a file as reports for other programs have it: without the `./` that shells and people put in front.
func reportedPath(_ name: String) -> String {
  var path = Substring(name)
  while path.hasPrefix("./"), path.utf8.count > 2 {
    path = path.dropFirst(2).drop { $0 == "/" }
  }
  return path.isEmpty ? name : String(path)
}

/// The name of a file as a URI (RFC 3986): absolute with the scheme `file`, else a reference relative to a directory.
///
/// All but letters, digits, `-._~` and `/` is percent-encoded, so that no name is taken for a scheme, a query or a fragment.
struct FileURI {
  let text: String
  /// Whether the URI names the file without a directory to start from.
  let isAbsolute: Bool

  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  /// - Parameters:
  ///   - path: As the system or the user has it.
  ///   - isDirectory: Whether it ends with a slash.
  init(path: String, isDirectory: Bool = false) {
    isAbsolute = path.utf8.first == UInt8(ascii: "/")
    var output: [UInt8] = isAbsolute ? Array("file://".utf8) : []
    var isFirst = !isAbsolute
    for segment in path.utf8.split(separator: UInt8(ascii: "/")) where !segment.elementsEqual(".".utf8) {
      if !isFirst { output.append("/") }
      for byte in segment { FileURI.append(byte, to: &output) }
      isFirst = false
    }
    if isDirectory || output.isEmpty || output.count == "file://".utf8.count && isAbsolute {
      output.append(output.isEmpty ? "./" : "/")
    }
    text = String(decoding: output, as: UTF8.self)
  }

  private static func append(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: output.append(byte)
    default: output += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
    }
  }
}

/// Text as JSON spells it (RFC 8259, section 7).
package enum JSONText {
  private static let hexadecimal = Array("0123456789abcdef".utf8)

  /// A JSON string literal, quotes included.
  ///
  /// Control characters are escaped; all else stands as it is.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 2)
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends an array, whose elements the body writes.
  package static func appendArray<Element>(
    _ elements: some Sequence<Element>, to bytes: inout [UInt8], _ append: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends an object, whose values the body writes.
  package static func appendObject<Value>(
    _ members: some Sequence<(String, Value)>, to bytes: inout [UInt8], _ append: (Value, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: "{"))
    for (index, (name, value)) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      self.append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(value, &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Appends a JSON string literal, quotes included, to UTF-8 bytes.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: bytes += [0x5C, 0x22]
      case 0x5C: bytes += [0x5C, 0x5C]
      case 0x08: bytes += [0x5C, 0x62]
      case 0x09: bytes += [0x5C, 0x74]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0C: bytes += [0x5C, 0x66]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0..<0x20, 0x7F:
        bytes += [0x5C, 0x75, 0x30, 0x30, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}

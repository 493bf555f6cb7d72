import Source

/// Visits the bytes that a check of texts looks at: those beyond ASCII, and those where a secret may start.
///
/// Nearly all of a document is passed eight bytes at a time.
///
/// - Parameters:
///   - bytes: The document.
///   - visit: Gets the offset of a byte beyond ASCII that starts a character, of the `p` of `pc_`, or of the `I` of `AKIA`
///     and its like.
func forEachNoteworthyByte(of bytes: Span<UInt8>, _ visit: (Int) -> Void) {
  var offset = 0
  unsafe bytes.withUnsafeBytes { raw in
    while offset + 10 <= raw.count {
      let first = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let second = unsafe raw.loadUnaligned(fromByteOffset: offset + 1, as: UInt64.self)
      let third = unsafe raw.loadUnaligned(fromByteOffset: offset + 2, as: UInt64.self)
      // A byte of one of these is zero where the letters stand.
      let amazon = first ^ repeated(UInt8(ascii: "I")) | second ^ repeated(UInt8(ascii: "A"))
      let own =
        first ^ repeated(UInt8(ascii: "p")) | second ^ repeated(UInt8(ascii: "c")) | third ^ repeated(UInt8(ascii: "_"))
      if first & repeated(0x80) | zeroBytes(of: amazon) | zeroBytes(of: own) != 0 {
        for index in offset..<(offset + 8) where isNoteworthy(bytes, index) { visit(index) }
      }
      offset += 8
    }
  }
  while offset < bytes.count {
    if isNoteworthy(bytes, offset) { visit(offset) }
    offset += 1
  }
}

private func isNoteworthy(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
  switch bytes[index] {
  case 0xC0...: true
  case UInt8(ascii: "I"): index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "A")
  case UInt8(ascii: "p"):
    index + 2 < bytes.count && bytes[index + 1] == UInt8(ascii: "c") && bytes[index + 2] == UInt8(ascii: "_")
  default: false
  }
}

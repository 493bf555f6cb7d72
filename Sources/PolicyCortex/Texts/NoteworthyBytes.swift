/// Visits the bytes that a check of texts looks at: those beyond ASCII, and those where a secret may start.
///
/// Nearly all of a document is passed in blocks of 32 bytes.
///
/// - Parameters:
///   - bytes: The document.
///   - visit: Gets the offset of a byte beyond ASCII that starts a character, of the `p` of `pc_`, or of the `I` of `AKIA`
///     and its like.
func forEachNoteworthyByte(of bytes: Span<UInt8>, _ visit: (Int) -> Void) {
  var offset = 0
  unsafe bytes.withUnsafeBytes { raw in
    guard let base = raw.baseAddress else { return }
    while offset + 34 <= raw.count {
      let first = unsafe base.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self)
      let second = unsafe base.loadUnaligned(fromByteOffset: offset + 1, as: SIMD32<UInt8>.self)
      let third = unsafe base.loadUnaligned(fromByteOffset: offset + 2, as: SIMD32<UInt8>.self)
      let isAWS = (first .== UInt8(ascii: "I")) .& (second .== UInt8(ascii: "A"))
      let isOwn =
        (first .== UInt8(ascii: "p")) .& (second .== UInt8(ascii: "c")) .& (third .== UInt8(ascii: "_"))
      if any((first .>= 0x80) .| isAWS .| isOwn) {
        for index in offset..<(offset + 32) where isNoteworthy(bytes, index) { visit(index) }
      }
      offset += 32
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

extension Span<UInt8> {
  /// The code point at a byte offset, and how many bytes it takes.
  ///
  /// The text ought to be valid UTF-8. A byte that does not start a code point counts as U+FFFD.
  func codePoint(at offset: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(self[offset])
    if lead < 0x80 { return (lead, 1) }
    let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard length > 0, count &- offset >= length else { return (0xFFFD, 1) }
    var value = lead & (0x7F &>> UInt32(length))
    for index in 1..<length {
      let byte = UInt32(self[offset &+ index])
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value &<< 6 | byte & 0x3F
    }
    return (value, length)
  }
}

extension PatternProgram {
  /// What stands before a byte offset, as far as the pattern's assertions ask.
  func neighbour(before offset: Int, in text: Span<UInt8>) -> Surroundings.Neighbour {
    guard offset > 0 else { return .edge }
    // Words and line feeds are ASCII, so the last byte says enough.
    let byte = text[offset &- 1]
    return byte < 128 ? alphabet.kinds[Int(alphabet.asciiClasses[Int(byte)])] : .other
  }
}

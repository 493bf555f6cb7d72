// Texts by code points: what a text counts and is indexed by.
//
// INVARIANT: the bytes are UTF-8, as those of every string value.
extension ByteView {
  /// Whether the bytes are UTF-8, in which no code point is a surrogate, beyond U+10FFFF, or longer than it need be.
  var isUTF8: Bool {
    do {
      _ = try UTF8Span(validating: unsafe buffer.span)
      return true
    } catch { return false }
  }

  /// Where the code point of a place stands, in bytes; the place behind the last one is the end of the text, and beyond
  /// that there is `nil`.
  func byteOffset(ofCodePoint place: Int) -> Int? {
    guard place >= 0, place <= count else { return nil }
    var left = place
    var offset = 0
    while left > 0 {
      guard offset < count else { return nil }
      offset = codePointEnd(offset)
      left &-= 1
    }
    return offset
  }

  /// Where the code point that starts at an offset ends.
  func codePointEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < count, self[end] & 0xC0 == 0x80 { end &+= 1 }
    return end
  }

  /// Where the code point that ends at an offset starts.
  func codePointStart(_ end: Int) -> Int {
    var start = end - 1
    while start > 0, self[start] & 0xC0 == 0x80 { start &-= 1 }
    return start
  }

  /// The one code point of these bytes.
  var codePoint: UInt32 {
    guard let lead = first else { return 0 }
    let mask: UInt8 = count == 1 ? 0x7F : count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07
    return dropFirst().reduce(UInt32(lead & mask)) { $0 << 6 | UInt32($1 & 0x3F) }
  }

  /// The text.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// The start of a text for use in a message, with what is no letter of a line shown as its escape.
  var excerpt: String {
    var shown = ""
    var rest = self[...]
    while let first = rest.first {
      if shown.utf8.count >= 60 { return shown + "…" }
      let code = slice(rest.startIndex..<codePointEnd(rest.startIndex))
      switch first {
      case 0x00...0x1F, 0x7F: shown += "\\u{" + String(first, radix: 16) + "}"
      default: shown += code.text
      }
      rest = rest.dropFirst(code.count)
    }
    return shown
  }
}

/// Text as a terminal shows it, and how many columns it takes there.
///
/// Tabs become four spaces. What a terminal would obey or hide (control characters, bidirectional controls, invisible
/// characters) and bytes that are not UTF-8 are written as escapes, so that what is shown is what is there.
struct DisplayText {
  /// UTF-8 without anything a terminal would obey.
  private(set) var bytes: [UInt8] = []
  /// The columns taken so far.
  private(set) var width = 0
  private var previous = Previous.other

  /// What the last character was, as far as it decides the width of the next.
  private enum Previous {
    case other
    /// One that an emoji variation selector widens.
    case narrowEmoji
    case emoji
    /// A zero-width joiner behind an emoji.
    case joiner
  }

  /// Appends a range of a text.
  mutating func append(_ text: [UInt8], _ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte >= 0x20 && byte < 0x7F {
        bytes.append(byte)
        width += 1
        // `#`, `*` and digits start keycap emoji.
        previous = byte < 0x40 && (byte >= 0x30 && byte <= 0x39 || byte == 0x23 || byte == 0x2A) ? .narrowEmoji : .other
        index += 1
        continue
      }
      guard let scalar = decodedScalar(in: text, at: index, before: range.upperBound) else {
        appendEscape("\\x\(hexadecimal(UInt32(byte)))")
        index += 1
        continue
      }
      append(scalar)
      index += UTF8.width(scalar)
    }
  }

  /// Appends a whole text.
  mutating func append(_ text: String) {
    let bytes = Array(text.utf8)
    append(bytes, bytes.indices)
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if scalar == "\t" {
      bytes += [0x20, 0x20, 0x20, 0x20]
      width += 4
      previous = .other
      return
    }
    let properties = scalar.properties
    switch scalar.value {
    case 0x200D where previous == .emoji:
      previous = .joiner
      return appendVerbatim(scalar, width: 0)
    case 0xFE0F where previous == .narrowEmoji:
      previous = .emoji
      return appendVerbatim(scalar, width: 1)
    case 0xFE0F where previous == .emoji, 0x1F3FB...0x1F3FF where previous == .emoji, 0x20E3 where previous == .emoji:
      return appendVerbatim(scalar, width: 0)
    case 0x1F1E6...0x1F1FF:
      previous = .other
      return appendVerbatim(scalar, width: 1)
    default:
      break
    }
    if isHidden(scalar, properties) { return appendEscape("\\u{\(hexadecimal(scalar.value))}") }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return appendVerbatim(scalar, width: 0)
    default: break
    }
    if properties.isEmojiPresentation {
      let width = previous == .joiner ? 0 : 2
      previous = .emoji
      return appendVerbatim(scalar, width: width)
    }
    let joined = previous == .joiner
    previous = properties.isEmoji ? (joined ? .emoji : .narrowEmoji) : .other
    appendVerbatim(scalar, width: joined ? 0 : isWide(scalar.value) ? 2 : 1)
  }

  private mutating func appendVerbatim(_ scalar: Unicode.Scalar, width: Int) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    self.width += width
  }

  private mutating func appendEscape(_ escape: String) {
    bytes.append(escape)
    width += escape.utf8.count
    previous = .other
  }

  /// Whether a terminal would obey the character, or not show it at all.
  private func isHidden(_ scalar: Unicode.Scalar, _ properties: Unicode.Scalar.Properties) -> Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// East Asian Wide and Fullwidth (UAX 11), emoji aside.
  private func isWide(_ value: UInt32) -> Bool {
    switch value {
    case ..<0x1100: false
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F251, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

/// A text made safe to show on one line of a terminal; see `DisplayText`.
package func displayText(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var shown = DisplayText()
  shown.append(text)
  return String(decoding: shown.bytes, as: UTF8.self)
}

/// The code point at a place, `nil` where the bytes are not UTF-8.
func decodedScalar(in text: [UInt8], at index: Int, before end: Int) -> Unicode.Scalar? {
  var decoder = Unicode.UTF8.ForwardParser()
  var bytes = text[index..<min(end, index + 4)].makeIterator()
  guard case .valid(let encoded) = decoder.parseScalar(from: &bytes) else { return nil }
  return UTF8.decode(encoded)
}

private func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return digits.utf8.count < 2 ? "0" + digits : digits
}

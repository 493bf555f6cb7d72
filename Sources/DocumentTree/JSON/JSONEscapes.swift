import Diagnostics
import Source

extension JSONParser {
  /// Decodes the escape at an offset (RFC 8259, section 7).
  ///
  /// - Returns: The offset behind it.
  mutating func decodeEscape(at start: Int, to text: inout StringDecoding) -> Int {
    let letter = bytes[start + 1]
    let simple: UInt8
    switch letter {
    case 0x22, 0x5C, 0x2F: simple = letter
    case 0x62: simple = 0x08
    case 0x66: simple = 0x0C
    case 0x6E: simple = 0x0A
    case 0x72: simple = 0x0D
    case 0x74: simple = 0x09
    case 0x75: return decodeUnicodeEscape(at: start, to: &text)
    case text.quote: simple = letter
    default: return decodeBadEscape(at: start, to: &text)
    }
    guard start + 1 < text.content.upperBound else { return decodeBadEscape(at: start, to: &text) }
    appendAtom(simple, start..<start + 2, to: &text)
    return start + 2
  }

  private mutating func decodeUnicodeEscape(at start: Int, to text: inout StringDecoding) -> Int {
    var end = start + 6
    guard let unit = hexadecimal(start + 2, limit: text.content.upperBound) else {
      return decodeBadEscape(at: start, to: &text)
    }
    var value = unit
    if unit & 0xFC00 == 0xD800, bytes[end] == 0x5C, bytes[end + 1] == 0x75,
      let low = hexadecimal(end + 2, limit: text.content.upperBound), low & 0xFC00 == 0xDC00
    {
      value = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
      end += 6
    }
    if let scalar = Unicode.Scalar(value) {
      appendAtom(Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter), start..<end, to: &text)
    } else {
      // Where the text breaks off, so does the other half.
      if !endsUnclosed(bytes[end] == 0x5C ? end + 5 : end, &text) {
        report(
          InvalidEncoding(
            "`\(bytes.string(start..<end))` is half of a surrogate pair",
            help: "a character beyond U+FFFF is written as two escapes, `\\ud83d\\ude00`, or as itself"),
          start, end)
      }
      appendAtom([0xEF, 0xBF, 0xBD], start..<end, to: &text)
      text.isDamaged = true
    }
    return end
  }

  /// Four hexadecimal digits; `nil` when they are not.
  private func hexadecimal(_ start: Int, limit: Int) -> UInt32? {
    guard start + 4 <= limit else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      guard let digit = JSONParser.hexadecimalValue(bytes[index]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// Reports an escape that JSON does not have, and goes on with the character behind the backslash.
  private mutating func decodeBadEscape(at start: Int, to text: inout StringDecoding) -> Int {
    let limit = text.content.upperBound
    var end = start + 1
    let letter = end < limit ? bytes[end] : 0
    var message = InvalidJSON(
      "a backslash must be followed by one of `\"\\/bfnrt` or by `u` and four hexadecimal digits")
    var decoded: [UInt8] = []
    switch letter {
    case 0x75, 0x78:
      end += 1
      let digits = letter == 0x75 ? 4 : 2
      while end < limit, end < start + 2 + digits, JSONParser.hexadecimalValue(bytes[end]) != nil { end += 1 }
      let written = bytes.string(start..<end)
      decoded = [0xEF, 0xBF, 0xBD]
      text.isDamaged = true
      if letter == 0x78, end == start + 4 {
        let mended = "\\u00" + bytes.string(start + 2..<end)
        message.text = "JSON has no escape `\(written)`"
        message.fixIt = FixIt("write it as `\(mended)`", replacement: mended, applicability: .safe)
        let value = (start + 2..<end).reduce(UInt32(0)) { $0 << 4 | (JSONParser.hexadecimalValue(bytes[$1]) ?? 0) }
        decoded = Array(String(Unicode.Scalar(UInt8(truncatingIfNeeded: value))).utf8)
        text.isDamaged = false
      } else if letter == 0x75 {
        message.text = "`\(written)` needs four hexadecimal digits"
      } else {
        message.text = "JSON has no escape `\(written)`"
      }
    case 0:
      // The backslash ends the text, or stands before a NUL, which is reported as itself.
      break
    case 0x0A, 0x0D:
      end += letter == 0x0D && bytes[end + 1] == 0x0A ? 2 : 1
      message.text = "a string cannot go on in the next line"
      message.fixIt = FixIt("write the line end as `\\n`", replacement: "\\n", applicability: .unsafe)
      decoded = [0x0A]
    default:
      let length = bytes.sequenceLength(at: end)
      end = min(limit, end + max(1, length))
      decoded = length > 0 ? Array(bytes.string(start + 1..<end).utf8) : [0xEF, 0xBF, 0xBD]
      text.isDamaged = text.isDamaged || length == 0
      guard letter >= 0x20 else { break }
      let written = bytes.string(start..<end)
      message.text = "JSON has no escape `\(written)`"
      message.help = message.help ?? "a backslash itself is written as `\\\\`"
      message.fixIt =
        letter == 0x27
        ? FixIt("write it as `'`", replacement: "'", applicability: .safe)
        : FixIt("write it as `\\\(written)`", replacement: "\\" + written, applicability: .unsafe)
    }
    // Bytes that are not UTF-8 were the reason, and are reported as such.
    if !hasInvalidSequence(in: start..<min(end + 1, limit)), letter != 0 || end >= limit, !endsUnclosed(end, &text) {
      report(message, start, end)
    }
    if decoded.isEmpty { text.isDamaged = true }
    appendAtom(decoded.isEmpty ? [0xEF, 0xBF, 0xBD] : decoded, start..<end, to: &text)
    return end
  }

  /// Whether an escape breaks off where an unclosed string does.
  private func endsUnclosed(_ end: Int, _ text: inout StringDecoding) -> Bool {
    guard text.isUnclosed, end >= text.content.upperBound else { return false }
    text.endsInEscape = true
    return true
  }

  static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  static func escape(ofControlCharacter byte: UInt8) -> String {
    switch byte {
    case 0x08: "\\b"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0C: "\\f"
    case 0x0D: "\\r"
    default: "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
  }

  static func name(ofControlCharacter byte: UInt8) -> String {
    switch byte {
    case 0x09: "tab"
    case 0x0A, 0x0D: "line end"
    default: "control character"
    }
  }
}

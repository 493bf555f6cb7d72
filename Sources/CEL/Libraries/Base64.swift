/// Base 64 with the standard alphabet (RFC 4648, section 4).
enum Base64 {
  /// The text of some bytes, with padding.
  static func encoded(_ bytes: ByteView) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count &+ 2) / 3 &* 4)
    var index = 0
    while index < bytes.count {
      let rest = bytes.count - index
      let group =
        UInt32(bytes[index]) << 16 | UInt32(rest > 1 ? bytes[index + 1] : 0) << 8
        | UInt32(rest > 2 ? bytes[index + 2] : 0)
      text.append(digit(group >> 18))
      text.append(digit(group >> 12))
      text.append(rest > 1 ? digit(group >> 6) : padding)
      text.append(rest > 2 ? digit(group) : padding)
      index += 3
    }
    return text
  }

  /// The bytes of a text; padding is either whole or not there, line breaks mean nothing, and neither do the bits of the
  /// last character that are beyond the last byte (Go, `encoding/base64`, as cel-go uses it).
  static func decoded(_ text: ByteView) throws(EvaluationError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 &* 3 &+ 2)
    var group: UInt32 = 0
    var digitCount = 0
    var paddingCount = 0
    for (offset, character) in text.enumerated() where character != 0x0A && character != 0x0D {
      if character == padding {
        paddingCount += 1
        guard digitCount >= 2, digitCount + paddingCount <= 4 else { throw fault(at: offset) }
        continue
      }
      guard paddingCount == 0, let value = value(of: character) else { throw fault(at: offset) }
      group = group << 6 | value
      digitCount += 1
      guard digitCount == 4 else { continue }
      append(group, 3, to: &bytes)
      group = 0
      digitCount = 0
    }
    guard digitCount != 1, paddingCount == 0 || digitCount + paddingCount == 4 else { throw fault(at: text.count) }
    if digitCount > 1 { append(group << UInt32(6 * (4 - digitCount)), digitCount - 1, to: &bytes) }
    return bytes
  }

  private static func append(_ group: UInt32, _ count: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: group >> 16))
    if count > 1 { bytes.append(UInt8(truncatingIfNeeded: group >> 8)) }
    if count > 2 { bytes.append(UInt8(truncatingIfNeeded: group)) }
  }

  private static func fault(at offset: Int) -> EvaluationError {
    .invalidArgument("not base64: wrong at byte \(offset)")
  }

  private static let padding = UInt8(ascii: "=")

  private static func digit(_ bits: UInt32) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: bits & 63)
    return switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + (value - 26)
    case 52..<62: UInt8(ascii: "0") + (value - 52)
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

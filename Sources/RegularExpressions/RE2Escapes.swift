extension RE2Parser {
  /// Reads what begins with a backslash outside a class.
  mutating func parseEscape() throws(RE2Fault) {
    switch peek(1) {
    case UInt8(ascii: "b"): pushAssertion(.wordBoundary)
    case UInt8(ascii: "B"): pushAssertion(.notWordBoundary)
    case UInt8(ascii: "A"): pushAssertion(.textStart)
    case UInt8(ascii: "z"): pushAssertion(.textEnd)
    case UInt8(ascii: "Q"): try parseQuoted()
    case UInt8(ascii: "p"), UInt8(ascii: "P"): push(ranges: try parseUnicodeClass())
    default:
      if let ranges = parsePerlClass() { return push(ranges: ranges) }
      pushLiteral(try parseEscapedCodePoint(isInClass: false))
    }
  }

  private mutating func pushAssertion(_ assertion: RE2Pattern.Assertion) {
    push(.assertion(assertion))
    offset += 2
  }

  /// Reads `\Q…\E`, or to the end where there is no `\E`.
  private mutating func parseQuoted() throws(RE2Fault) {
    offset += 2
    while offset < bytes.count {
      if peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "E") {
        offset += 2
        return
      }
      pushLiteral(try parseCodePoint())
      if size.isOverLimit { throw size.fault(bytes.count) }
    }
  }

  /// Reads `\d`, `\s`, `\w` or one of their opposites; takes nothing when there is none.
  mutating func parsePerlClass() -> [ClosedRange<UInt32>]? {
    let letter = peek(1)
    guard peek() == UInt8(ascii: "\\"), let set = CodePointSet.perl(letter | 0x20) else { return nil }
    offset += 2
    return set.of(isNegated: letter & 0x20 == 0, foldingCase: flags.contains(.foldsCase)).ranges
  }

  /// Reads `\pL`, `\p{Greek}`, `\P{^Greek}`.
  mutating func parseUnicodeClass() throws(RE2Fault) -> [ClosedRange<UInt32>] {
    let start = offset
    var isNegated = peek(1) == UInt8(ascii: "P")
    guard start + 2 < bytes.count else {
      throw RE2Fault(.invalid, start..<start + 2, "missing class behind `\(text(start..<start + 2))`")
    }
    var name: Range<Int>
    if peek(2) == UInt8(ascii: "{") {
      guard let end = bytes[(start + 3)...].firstIndex(of: UInt8(ascii: "}")) else {
        throw RE2Fault(.invalid, start..<start + 3, "missing `}` behind this class")
      }
      name = start + 3..<end
      offset = end + 1
    } else {
      offset += 2
      _ = try parseCodePoint()
      name = start + 2..<offset
    }
    let whole = start..<offset
    if !name.isEmpty, bytes[name.lowerBound] == UInt8(ascii: "^") {
      isNegated.toggle()
      name = name.lowerBound + 1..<name.upperBound
    }
    guard let set = UnicodeClasses.set(named: bytes[name]) else { throw unknownUnicodeClass(whole, name) }
    return set.of(isNegated: isNegated, foldingCase: flags.contains(.foldsCase)).ranges
  }

  /// Reads an escape that stands for one code point (`re2/parse.cc`, `ParseEscape`).
  mutating func parseEscapedCodePoint(isInClass: Bool) throws(RE2Fault) -> UInt32 {
    let start = offset
    guard remaining > 1 else { throw RE2Fault(.invalid, start..<start + 1, "nothing behind this `\\`") }
    let letter = bytes[start + 1]
    switch letter {
    case UInt8(ascii: "1")...UInt8(ascii: "7") where !isOctal(peek(2)):
      // RE2 has no backreferences, and takes one digit for no octal number.
      throw foreignEscape(isInClass: isInClass)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      offset += 2
      var value = UInt32(letter - 0x30)
      while offset < min(start + 4, bytes.count), isOctal(bytes[offset]) {
        value = value * 8 + UInt32(bytes[offset] - 0x30)
        offset += 1
      }
      return value
    case UInt8(ascii: "x"): return try parseHexadecimal()
    case UInt8(ascii: "n"): return escaped(0x0A)
    case UInt8(ascii: "r"): return escaped(0x0D)
    case UInt8(ascii: "t"): return escaped(0x09)
    case UInt8(ascii: "a"): return escaped(0x07)
    case UInt8(ascii: "f"): return escaped(0x0C)
    case UInt8(ascii: "v"): return escaped(0x0B)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      throw foreignEscape(isInClass: isInClass)
    case 0x80...:
      guard let (_, length) = decodeCodePoint(at: start + 1) else {
        throw RE2Fault(.invalid, start + 1..<start + 2, "invalid UTF-8")
      }
      let range = start..<start + 1 + length
      throw RE2Fault(.invalid, range, "`\(text(range))` is not an escape", help: "leave out the `\\`")
    default: return escaped(UInt32(letter))
    }
  }

  private mutating func escaped(_ codePoint: UInt32) -> UInt32 {
    offset += 2
    return codePoint
  }

  private func isOctal(_ byte: UInt8) -> Bool { byte & 0xF8 == 0x30 }

  /// Reads `\x41` or `\x{1F600}`.
  private mutating func parseHexadecimal() throws(RE2Fault) -> UInt32 {
    let start = offset
    offset += 2
    var value: UInt32 = 0
    guard peek() == UInt8(ascii: "{") else {
      guard let high = hexadecimalValue(peek()), let low = hexadecimalValue(peek(1)) else {
        let end = offset + (hexadecimalValue(peek()) == nil ? 0 : 1)
        throw RE2Fault(.invalid, start..<end, "`\\x` needs two hexadecimal digits, or some in braces")
      }
      offset += 2
      return high << 4 | low
    }
    offset += 1
    let digits = offset
    while let digit = hexadecimalValue(peek()) {
      value = value << 4 | digit
      offset += 1
      if value > 0x10FFFF {
        throw RE2Fault(.invalid, start..<offset, "`\(text(start..<offset))` is beyond the last code point, 10FFFF")
      }
    }
    guard peek() == UInt8(ascii: "}"), offset > digits else {
      throw RE2Fault(.invalid, start..<offset, "`\\x{` needs hexadecimal digits and a `}`")
    }
    offset += 1
    return value
  }

  private func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46, 0x61...0x66: UInt32((byte | 0x20) - 0x61 + 10)
    default: nil
    }
  }
}

/// Whether a text is JSON as RFC 8259 has it, in valid UTF-8 and nested at most `nesting` deep: a second opinion.
///
/// Written for plainness, against the grammar of the RFC and nothing else.
package struct StrictJSON {
  private let bytes: [UInt8]
  private var index = 0

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - bytes: The text, without a byte order mark.
  ///   - nesting: How deep arrays and objects may nest.
  /// - Returns: Whether all of it is one JSON value.
  package static func accepts(_ bytes: [UInt8], nesting: Int = 256) -> Bool {
    var reader = StrictJSON(bytes: bytes)
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    guard reader.value(nesting) else { return false }
    reader.blanks()
    return reader.index == bytes.count
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == character.value else { return false }
    index += 1
    return true
  }

  private mutating func blanks() {
    while let next, [0x20, 0x09, 0x0A, 0x0D].contains(next) { index += 1 }
  }

  private mutating func value(_ nesting: Int) -> Bool {
    blanks()
    switch next.map({ Unicode.Scalar($0) }) {
    case "{": return nesting > 0 && list("{", "}") { $0.member(nesting - 1) }
    case "[": return nesting > 0 && list("[", "]") { $0.value(nesting - 1) }
    case "\"": return string()
    case "t": return word("true")
    case "f": return word("false")
    case "n": return word("null")
    default: return number()
    }
  }

  private mutating func list(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ item: (inout StrictJSON) -> Bool
  ) -> Bool {
    guard take(opening) else { return false }
    blanks()
    if take(closing) { return true }
    while true {
      guard item(&self) else { return false }
      blanks()
      if take(closing) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func member(_ nesting: Int) -> Bool {
    blanks()
    guard string() else { return false }
    blanks()
    return take(":") && value(nesting)
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0"), !digits() { return false }
    if take("."), !digits() { return false }
    guard take("e") || take("E") else { return true }
    _ = take("+") || take("-")
    return digits()
  }

  private mutating func digits() -> Bool {
    let start = index
    while let next, (0x30...0x39).contains(next) { index += 1 }
    return index > start
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let next {
      if take("\"") { return true }
      guard next >= 0x20 else { return false }
      index += 1
      if next == UInt8(ascii: "\\"), !escape() { return false }
    }
    return false
  }

  /// Behind the backslash.
  private mutating func escape() -> Bool {
    guard take("u") else {
      guard let next, "\"\\/bfnrt".utf8.contains(next) else { return false }
      index += 1
      return true
    }
    guard let unit = hexadecimal() else { return false }
    switch unit {
    case 0xD800..<0xDC00:
      guard take("\\"), take("u"), let low = hexadecimal() else { return false }
      return (0xDC00..<0xE000).contains(low)
    case 0xDC00..<0xE000: return false
    default: return true
    }
  }

  private mutating func hexadecimal() -> UInt16? {
    guard index + 4 <= bytes.count else { return nil }
    let digits = bytes[index..<(index + 4)]
    guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
    index += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

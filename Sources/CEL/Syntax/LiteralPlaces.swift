package import Source

/// Where the content of a string literal stands in the literal as it is written: through quotes, prefixes and escapes.
///
/// What looks into a string, a pattern's reader say, answers in bytes of its content; this carries them to the condition's
/// text. Only what was reported is carried, so each lookup may read the literal again.
package struct LiteralPlaces {
  /// The literal's text, prefix and quotes included.
  private let literal: [UInt8]
  /// Where the literal starts in the condition.
  private let start: Int
  /// The bytes between the quotes.
  private let content: Range<Int>
  /// Whether a backslash stands for itself.
  let isRaw: Bool

  /// Reads how a literal is spelt.
  ///
  /// - Parameters:
  ///   - literal: The literal's text.
  ///   - start: Where it starts in the condition, in bytes.
  package init(_ literal: some Collection<UInt8>, at start: Int) {
    self.literal = Array(literal)
    self.start = start
    let prefix = self.literal.prefix { $0 != 0x22 && $0 != 0x27 }
    isRaw = prefix.contains { $0 | 0x20 == UInt8(ascii: "r") }
    let rest = self.literal[prefix.endIndex...]
    let isTriple = rest.count >= 6 && rest.prefix(3).allSatisfy { $0 == rest.first }
    let quotes = isTriple ? 3 : 1
    let contentStart = min(prefix.endIndex + quotes, self.literal.count)
    content = contentStart..<max(contentStart, self.literal.count - quotes)
  }

  /// The place of a part of the content.
  ///
  /// - Parameter part: In bytes of the decoded content. A byte that an escape spells stands for the whole escape; an empty
  ///   range at the content's end is the empty range before the closing quote.
  /// - Returns: The place in the condition.
  package func span(of part: Range<Int>) -> SourceSpan {
    var offset = content.lowerBound
    var decoded = 0
    func advance() {
      let unit = unit(at: offset)
      offset += unit.written
      decoded += unit.decoded
    }
    while offset < content.upperBound, decoded + unit(at: offset).decoded <= part.lowerBound { advance() }
    let partStart = offset
    while offset < content.upperBound, decoded < part.upperBound, !part.isEmpty { advance() }
    return SourceSpan(start + partStart, start + offset)
  }

  /// How many bytes the escape or byte at an offset takes, as it is written and in the content.
  private func unit(at offset: Int) -> (written: Int, decoded: Int) {
    guard !isRaw, literal[offset] == 0x5C, offset + 1 < content.upperBound else { return (1, 1) }
    switch literal[offset + 1] {
    case 0x61, 0x62, 0x66, 0x6E, 0x72, 0x74, 0x76, 0x22, 0x27, 0x3F, 0x5C, 0x60: return (2, 1)
    case 0x30...0x33: return unit(at: offset, digits: 1, count: 3, base: 8)
    case 0x78, 0x58: return unit(at: offset, digits: 2, count: 2, base: 16)
    case 0x75: return unit(at: offset, digits: 2, count: 4, base: 16)
    case 0x55: return unit(at: offset, digits: 2, count: 8, base: 16)
    // The parser has reported it, and taken the backslash for itself.
    default: return (1, 1)
    }
  }

  private func unit(at offset: Int, digits: Int, count: Int, base: Int) -> (written: Int, decoded: Int) {
    let end = offset + digits + count
    guard end <= content.upperBound,
      let value = UInt32(String(decoding: literal[(offset + digits)..<end], as: UTF8.self), radix: base),
      let scalar = Unicode.Scalar(value)
    else { return (1, 1) }
    return (digits + count, UTF8.width(scalar))
  }
}

/// Eight bytes of a text, looked at in one step: of each, its highest bit answers a question.
struct ByteGroup {
  private let bits: UInt64

  /// How many bytes it has.
  static let count = 8

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Reads the bytes from an offset on, all of which must be there.
  @inline(__always)
  init(_ text: Span<UInt8>, _ offset: Int) {
    bits = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
  }

  /// How many bytes stand before the first of a group whose highest bit is set; 8 when none is.
  @inline(__always)
  private static func first(_ group: UInt64) -> Int { (group & highBits).trailingZeroBitCount &>> 3 }

  /// The highest bit of each ASCII byte that is at least `low` and below `end`.
  @inline(__always)
  private static func range(_ bytes: UInt64, _ low: UInt8, _ end: UInt8) -> UInt64 {
    // No sum reaches the next byte, since the highest bits are 0.
    (bytes &+ ones &* UInt64(0x80 &- low)) & ~(bytes &+ ones &* UInt64(0x80 &- end))
  }

  /// How many bytes stand before the first that no word has: letters, digits and `_`.
  @inline(__always)
  var wordCount: Int {
    let ascii = bits & ~Self.highBits
    let letters = Self.range(ascii | Self.ones &* 0x20, 0x61, 0x7B)
    let digits = Self.range(ascii, 0x30, 0x3A)
    let underscores = Self.range(ascii, 0x5F, 0x60)
    return Self.first(~(letters | digits | underscores) | bits)
  }

  /// How many bytes stand before the first that is a quote, a backslash, a control character or not ASCII.
  @inline(__always)
  func plainCount(_ quote: UInt8) -> Int {
    let ascii = bits & ~Self.highBits
    let control = ~(ascii &+ Self.ones &* 0x60)
    let quotes = Self.range(ascii, quote, quote &+ 1)
    let backslashes = Self.range(ascii, 0x5C, 0x5D)
    return Self.first(control | quotes | backslashes | bits)
  }
}

/// Reads a pattern as RE2 does with its default options (`re2/parse.cc`): UTF-8, Perl's classes, Perl's syntax.
///
/// The operands of what is still open lie on a stack, as in RE2, so that no nesting uses the machine's stack. The first
/// fault ends the reading.
package struct RE2Parser {
  let bytes: [UInt8]
  var offset = 0
  /// Where the element begins that is being read.
  var elementStart = 0
  var flags: RE2Flags = []
  var pattern = RE2Pattern()
  /// The parts of the open sequences, innermost last.
  var operands: [RE2Operand] = []
  /// The finished branches of the open groups, innermost last.
  var branches: [RE2Operand] = []
  /// The open groups, innermost last; the first is the whole pattern.
  var groups: [RE2Group] = []
  var size = PatternSize()
  /// Where each set of the pattern is, once there are many.
  var setIndices: [CodePointSetKey: Int] = [:]
  /// Whether it is known that no `:]` is ahead.
  var hasNoPOSIXEnd = false

  /// Reads a pattern.
  ///
  /// - Parameter bytes: UTF-8.
  /// - Returns: What the pattern means.
  /// - Throws: The first fault.
  package static func parse(_ bytes: [UInt8]) throws(RE2Fault) -> RE2Pattern {
    var parser = RE2Parser(bytes: bytes)
    try parser.parse()
    return parser.pattern
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    let expected = min(bytes.count, 64)
    pattern.nodes.reserveCapacity(expected + 1)
    pattern.parts.reserveCapacity(expected)
    operands.reserveCapacity(expected)
  }

  private mutating func parse() throws(RE2Fault) {
    groups.append(RE2Group(start: 0, captureNumber: nil, outerFlags: [], firstOperand: 0, firstBranch: 0))
    // Where the repetition operator begins that ends here: RE2 lets none follow another.
    var lastRepetition: Int?
    while offset < bytes.count {
      let start = offset
      elementStart = start
      var repetition: Int?
      switch bytes[offset] {
      case UInt8(ascii: "("): try parseGroupStart()
      case UInt8(ascii: ")"): try parseGroupEnd()
      case UInt8(ascii: "|"):
        offset += 1
        finishBranch()
      case UInt8(ascii: "["): push(ranges: try parseClass())
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
        repetition = start
        try parseRepetition(after: lastRepetition)
      case UInt8(ascii: "{"):
        if let counts = parseCounts() {
          repetition = start
          try parseRepetition(of: counts, from: start, after: lastRepetition)
        } else {
          offset += 1
          pushLiteral(0x7B)
        }
      case UInt8(ascii: "\\"): try parseEscape()
      case UInt8(ascii: "."):
        pattern.dotPlaces.append(offset)
        offset += 1
        push(ranges: flags.contains(.dotMatchesNewline) ? CodePointSet.all.ranges : CodePointSet.notNewline.ranges)
      case UInt8(ascii: "^"):
        offset += 1
        push(.assertion(flags.contains(.isMultiline) ? .lineStart : .textStart))
      case UInt8(ascii: "$"):
        offset += 1
        push(.assertion(flags.contains(.isMultiline) ? .lineEnd : .textEnd))
      default: pushLiteral(try parseCodePoint())
      }
      lastRepetition = repetition
      if size.isOverLimit { throw size.fault(bytes.count) }
    }
    try finish()
  }

  private mutating func finish() throws(RE2Fault) {
    if groups.count > 1, let open = groups.last {
      throw RE2Fault(.invalid, open.start..<open.start + 1, "missing `)` for this `(`")
    }
    let whole = finishAlternation()
    if whole.size > PatternSize.limit { throw size.fault(bytes.count) }
  }
}

// Reading bytes
extension RE2Parser {
  typealias CodePointSet = RE2Pattern.CodePointSet

  /// A byte ahead; NUL behind the end, which nothing is compared with.
  @inline(__always)
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  /// How many bytes are ahead.
  var remaining: Int { bytes.count - offset }

  /// Takes the code point at `offset`, which is before the end.
  mutating func parseCodePoint() throws(RE2Fault) -> UInt32 {
    guard let (codePoint, length) = decodeCodePoint(at: offset) else {
      throw RE2Fault(.invalid, offset..<min(offset + 1, bytes.count), "invalid UTF-8")
    }
    offset += length
    return codePoint
  }

  /// The code point at an index and its length in bytes; `nil` at the end, and where there is no UTF-8.
  func decodeCodePoint(at index: Int) -> (UInt32, Int)? {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return nil }
    var codePoint = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[index + 1..<index + length] {
      guard byte & 0xC0 == 0x80 else { return nil }
      codePoint = codePoint << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard codePoint >= smallest, codePoint <= 0x10FFFF, codePoint & ~0x7FF != 0xD800 else { return nil }
    return (codePoint, length)
  }

  /// A part of the pattern for a message; clipped when it is long.
  func text(_ range: Range<Int>) -> String {
    let clipped = bytes[range].prefix(RE2Parser.messageTextLimit)
    let isClipped = clipped.count < range.count
    // A clip may fall inside a code point, whose rest is left out.
    let whole = isClipped ? clipped.prefix { $0 < 0x80 } : clipped
    return String(decoding: whole, as: UTF8.self) + (isClipped ? "…" : "")
  }

  /// How many bytes of a pattern a message repeats at most.
  static let messageTextLimit = 64
}

// Classes in brackets
extension RE2Parser {
  /// Reads `[…]` (`re2/parse.cc`, `ParseCharClass`).
  ///
  /// - Returns: Sorted ranges that do not touch.
  mutating func parseClass() throws(RE2Fault) -> [ClosedRange<UInt32>] {
    let start = offset
    offset += 1
    let isNegated = peek() == UInt8(ascii: "^")
    if isNegated { offset += 1 }
    let first = offset
    let foldsCase = flags.contains(.foldsCase)
    var ranges: [ClosedRange<UInt32>] = []
    ranges.reserveCapacity(4)
    // `]` is an ordinary code point where it stands first.
    while offset < bytes.count, peek() != UInt8(ascii: "]") || offset == first {
      if peek() == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":"), remaining > 2, let set = try parsePOSIXClass() {
        ranges += set
      } else if peek() == UInt8(ascii: "\\"), remaining > 2, peek(1) | 0x20 == UInt8(ascii: "p") {
        ranges += try parseUnicodeClass()
      } else if let set = parsePerlClass() {
        ranges += set
      } else {
        ranges.append(try parseRange(classStart: start))
      }
    }
    guard offset < bytes.count else {
      throw RE2Fault(.invalid, start..<start + 1, "missing `]` for this `[`")
    }
    offset += 1
    var set = CodePointSet(unsorted: ranges)
    if foldsCase { set = CaseFolding.folded(set) }
    if isNegated { set = set.complement }
    return set.withoutSurrogates.ranges
  }

  /// Reads one code point or a range of them.
  private mutating func parseRange(classStart: Int) throws(RE2Fault) -> ClosedRange<UInt32> {
    let start = offset
    let low = try parseClassCodePoint(classStart: classStart)
    // `-` before the closing bracket is an ordinary code point.
    guard remaining >= 2, peek() == UInt8(ascii: "-"), peek(1) != UInt8(ascii: "]") else { return low...low }
    offset += 1
    if peek() == UInt8(ascii: "\\"), CodePointSet.perl(peek(1) | 0x20) != nil {
      throw RE2Fault(.invalid, start..<offset + 2, "the class `\(text(offset..<offset + 2))` cannot end a range")
    }
    let high = try parseClassCodePoint(classStart: classStart)
    guard low <= high else {
      throw RE2Fault(.invalid, start..<offset, "the range `\(text(start..<offset))` ends before it begins")
    }
    return low...high
  }

  private mutating func parseClassCodePoint(classStart: Int) throws(RE2Fault) -> UInt32 {
    guard offset < bytes.count else {
      throw RE2Fault(.invalid, classStart..<classStart + 1, "missing `]` for this `[`")
    }
    if peek() == UInt8(ascii: "\\") { return try parseEscapedCodePoint(isInClass: true) }
    return try parseCodePoint()
  }

  /// Reads `[:alpha:]` or `[:^alpha:]`; takes nothing when no `:]` is ahead, for then `[` stands for itself.
  private mutating func parsePOSIXClass() throws(RE2Fault) -> [ClosedRange<UInt32>]? {
    guard !hasNoPOSIXEnd else { return nil }
    var end = offset + 2
    while end + 1 < bytes.count, bytes[end] != UInt8(ascii: ":") || bytes[end + 1] != UInt8(ascii: "]") { end += 1 }
    guard end + 1 < bytes.count else {
      hasNoPOSIXEnd = true
      return nil
    }
    let whole = offset..<end + 2
    let isNegated = bytes[offset + 2] == UInt8(ascii: "^")
    let name = bytes[min(offset + (isNegated ? 3 : 2), end)..<end]
    guard let set = CodePointSet.posix(name) else {
      throw RE2Fault(.invalid, whole, "unknown class `\(text(whole))`")
    }
    offset = whole.upperBound
    return set.of(isNegated: isNegated, foldingCase: flags.contains(.foldsCase)).ranges
  }
}

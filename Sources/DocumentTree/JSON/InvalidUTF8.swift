import Source

extension JSONBytes {
  /// The length of the well-formed UTF-8 sequence at an offset (Unicode 16, table 3-7); 0 when it is none.
  func sequenceLength(at offset: Int) -> Int {
    let first = self[offset]
    let second = self[offset + 1]
    switch first {
    case 0..<0x80: return offset < count ? 1 : 0
    case 0xC2...0xDF: return isContinuation(second) ? 2 : 0
    case 0xE0...0xEF:
      // Overlong forms and surrogates are cut off by the second byte.
      let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = first == 0xED ? 0x9F : 0xBF
      return second >= low && second <= high && isContinuation(self[offset + 2]) ? 3 : 0
    case 0xF0...0xF4:
      let low: UInt8 = first == 0xF0 ? 0x90 : 0x80
      let high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
      guard second >= low, second <= high else { return 0 }
      return isContinuation(self[offset + 2]) && isContinuation(self[offset + 3]) ? 4 : 0
    default: return 0
    }
  }

  private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// The places that are not UTF-8, in order, as far as the limit; neighbouring bytes that are not make one place.
  func invalidSequences(limit: Int) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    var offset = endOfASCII(from: 0)
    while offset < count {
      let length = sequenceLength(at: offset)
      if length > 0 {
        offset += length
      } else {
        let start = offset
        repeat { offset += 1 } while offset < count && sequenceLength(at: offset) == 0
        if spans.count == limit { return spans }
        spans.append(SourceSpan(start, offset))
      }
      if self[offset] < 0x80 { offset = endOfASCII(from: offset) }
    }
    return spans
  }
}

extension JSONBytes {
  /// Bytes as people write them: `E9 FF`.
  func hexadecimal(_ range: Range<Int>) -> String {
    range.map { (self[$0] < 0x10 ? "0" : "") + String(self[$0], radix: 16, uppercase: true) }.joined(separator: " ")
  }
}

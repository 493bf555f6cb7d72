/// A document's bytes, eight at a time where that is possible.
///
/// INVARIANT: made and used only inside the `withUnsafeBufferPointer` call that lends the bytes. Every access is checked.
@safe
struct JSONBytes {
  private let buffer: UnsafeBufferPointer<UInt8>

  init(_ buffer: UnsafeBufferPointer<UInt8>) { unsafe self.buffer = unsafe buffer }

  @inline(__always) var count: Int { unsafe buffer.count }

  /// The byte at an offset; 0 behind the end (and before the start), so that look-ahead needs no check of its own.
  @inline(__always) subscript(offset: Int) -> UInt8 {
    UInt(bitPattern: offset) < UInt(bitPattern: count) ? unsafe buffer[offset] : 0
  }

  /// The bytes of a range; parts outside the document are left out.
  func string(_ range: Range<Int>) -> String {
    unsafe String(decoding: UnsafeBufferPointer(rebasing: buffer[range.clamped(to: 0..<count)]), as: UTF8.self)
  }

  /// Appends the bytes of a range to an array.
  @inline(__always) func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[range.clamped(to: 0..<count)]))
  }

  /// Eight bytes, the first one lowest.
  ///
  /// INVARIANT: the offset is at most `count - 8`.
  @inline(__always) private func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe UnsafeRawBufferPointer(buffer).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The first offset from here on that is no JSON blank (RFC 8259, section 2).
  @inline(__always) func endOfBlanks(from offset: Int) -> Int {
    var offset = offset
    while true {
      let byte = self[offset]
      guard byte <= 0x20 else { return offset }
      switch byte {
      case 0x20:
        offset += 1
        // Indentation: eight blanks at a time.
        while offset + 8 <= count {
          let difference = word(at: offset) ^ 0x2020_2020_2020_2020
          offset += difference.trailingZeroBitCount >> 3
          if difference != 0 { break }
        }
      case 0x0A, 0x0D, 0x09: offset += 1
      default: return offset
      }
    }
  }

  /// The first offset from here on of a quotation mark, a backslash or a control character; `count` when there is none.
  ///
  /// `high` gets the top bit of some byte set when a byte that is not ASCII was met on the way, or close behind.
  @inline(__always) func endOfPlainText(from offset: Int, high: inout UInt64) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var offset = offset
    while offset + 8 <= count {
      let word = word(at: offset)
      // The lowest bit set here is exact: a borrow reaches only bytes above one that is itself a stop.
      let stops =
        (((word ^ (ones &* 0x22)) &- ones) | ((word ^ (ones &* 0x5C)) &- ones) | (word &- (ones &* 0x20)))
        & ~word & (ones &* 0x80)
      high |= word
      if stops != 0 { return offset + stops.trailingZeroBitCount >> 3 }
      offset += 8
    }
    while offset < count {
      let byte = self[offset]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { return offset }
      high |= UInt64(byte)
      offset += 1
    }
    return offset
  }

  /// The first offset from here on of a byte that is not ASCII; `count` when there is none.
  func endOfASCII(from offset: Int) -> Int {
    var offset = offset
    while offset + 8 <= count {
      let high = word(at: offset) & 0x8080_8080_8080_8080
      if high != 0 { return offset + high.trailingZeroBitCount >> 3 }
      offset += 8
    }
    while offset < count, self[offset] < 0x80 { offset += 1 }
    return offset
  }

  /// The first eight bytes of a range, padded with zeros, mixed with its length: equal texts have equal fingerprints.
  @inline(__always) func fingerprint(_ range: Range<Int>) -> UInt64 {
    var word: UInt64 = 0
    let length = range.count
    if range.lowerBound + 8 <= count {
      word = self.word(at: range.lowerBound)
      if length < 8 { word &= (1 &<< UInt64(length * 8)) &- 1 }
    } else {
      for index in 0..<min(length, 8) { word |= UInt64(self[range.lowerBound + index]) << UInt64(index * 8) }
    }
    return word ^ (UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15)
  }
}

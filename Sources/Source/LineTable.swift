/// A place in a document as people count: lines and columns from 1.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  ///
  /// Lines end at LF, CRLF or CR.
  public let line: Int
  /// The column in code points, from 1.
  public let column: Int
  /// The UTF-8 byte offset, from 0.
  public let offset: Int
}

/// Where each line of a document starts.
///
/// Built only when a place has to be shown: a clean document never needs one.
public struct LineTable: Sendable {
  private let bytes: [UInt8]
  /// INVARIANT: sorted, and the first is 0.
  private let starts: [Int]
  /// How many code points start before each block of the text, so that columns in a line of any length cost the same.
  private let codePointsBefore: [UInt32]
  private static let blockSize = 512

  /// Scans a document once for its line ends.
  public init(_ text: SourceText) {
    bytes = text.bytes
    starts = LineTable.lineStarts(in: bytes)
    var codePointsBefore: [UInt32] = [0]
    codePointsBefore.reserveCapacity(bytes.count / LineTable.blockSize + 1)
    var counted: UInt32 = 0
    for block in 0..<(bytes.count / LineTable.blockSize) {
      counted &+= LineTable.codePoints(in: bytes, block * LineTable.blockSize..<(block + 1) * LineTable.blockSize)
      codePointsBefore.append(counted)
    }
    self.codePointsBefore = codePointsBefore
  }

  private static func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    unsafe bytes.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        if index + 8 <= bytes.count {
          let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
          let ends = zeroBytes(of: word ^ repeated(0x0A)) | zeroBytes(of: word ^ repeated(0x0D))
          index += ends.trailingZeroBitCount / 8
          if ends == 0 { continue }
        }
        let byte = unsafe bytes[index]
        index += 1
        if byte == 0x0D, index < bytes.count, unsafe bytes[index] == 0x0A { index += 1 }
        if byte == 0x0A || byte == 0x0D { starts.append(index) }
      }
    }
    return starts
  }

  /// How many lines there are; an empty document has one.
  public var count: Int { starts.count }

  /// The 0-based index of the line that holds an offset.
  public func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The position of a byte offset; offsets behind the end are taken as the end.
  ///
  /// A byte that is no UTF-8 counts as one column.
  public func position(of offset: Int) -> SourcePosition {
    let offset = max(0, min(offset, bytes.count))
    let line = lineIndex(of: offset)
    let start = starts[line]
    let column =
      offset - start <= LineTable.blockSize
      ? LineTable.codePoints(in: bytes, start..<offset) : codePoints(before: offset) &- codePoints(before: start)
    return SourcePosition(line: line + 1, column: Int(column) + 1, offset: offset)
  }

  private func codePoints(before offset: Int) -> UInt32 {
    let block = offset / LineTable.blockSize
    return codePointsBefore[block] &+ LineTable.codePoints(in: bytes, block * LineTable.blockSize..<offset)
  }

  private static func codePoints(in bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    unsafe bytes.withUnsafeBytes { bytes in
      var count = range.count
      var index = range.lowerBound
      while index + 8 <= range.upperBound {
        count -= continuationCount(of: unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index += 8
      }
      while index < range.upperBound {
        if unsafe bytes[index] & 0xC0 == 0x80 { count -= 1 }
        index += 1
      }
      return UInt32(truncatingIfNeeded: count)
    }
  }

  /// The byte range of a line without its line end.
  ///
  /// - Parameter index: 0-based; must be less than `count`.
  /// - Returns: Offsets into the document.
  public func contentRange(ofLine index: Int) -> Range<Int> {
    let start = starts[index]
    var end = index + 1 < starts.count ? starts[index + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}

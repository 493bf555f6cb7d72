/// A byte range in a decoded scalar, and the range in the document it was decoded from.
///
/// The two differ wherever the document spells a character in more than one byte: `"\u0041"`, a folded line, a doubled quote.
package struct SourceMapSegment: Hashable, Sendable {
  /// The first byte in the decoded text; the segment reaches to the next one's start.
  package var decodedStart: UInt32
  /// The first byte in the document.
  package var sourceStart: UInt32
  /// The end, and in the top bit whether the segment is verbatim: documents are far smaller than 2 GiB.
  @usableFromInline var storedEnd: UInt32

  /// Behind the last byte in the document.
  ///
  /// Verbatim segments have the decoded text's length.
  @inlinable package var sourceEnd: UInt32 { storedEnd & 0x7FFF_FFFF }

  /// Whether the bytes stand in the document as they are in the decoded text; else the segment is one indivisible escape,
  /// fold or line end.
  @inlinable package var isVerbatim: Bool { storedEnd >> 31 != 0 }

  @inlinable
  package init(decodedStart: Int, sourceStart: Int, sourceEnd: Int, isVerbatim: Bool) {
    self.decodedStart = UInt32(truncatingIfNeeded: decodedStart)
    self.sourceStart = UInt32(truncatingIfNeeded: sourceStart)
    storedEnd = UInt32(truncatingIfNeeded: sourceEnd) & 0x7FFF_FFFF | (isVerbatim ? 0x8000_0000 : 0)
  }
}

/// Carries offsets between a decoded scalar and the document it was read from.
///
/// Segments are sorted in both texts and touch in the decoded one, so a lookup is a binary search.
package struct SourceMap: Sendable {
  /// The content's range in the document, without quotes or block header.
  package let content: SourceSpan
  /// The decoded text's length in bytes.
  package let decodedCount: Int
  /// Empty when the decoded text stands in the document byte for byte.
  private let segments: ArraySlice<SourceMapSegment>

  /// A map for text that stands in the document byte for byte.
  package init(verbatim content: SourceSpan) {
    self.content = content
    decodedCount = content.count
    segments = []
  }

  package init(content: SourceSpan, decodedCount: Int, segments: ArraySlice<SourceMapSegment>) {
    self.content = content
    self.decodedCount = decodedCount
    self.segments = segments
  }

  /// The document range that a range of the decoded text was read from.
  ///
  /// A decoded character covers the whole of its escape. An empty range is the place before the character that follows.
  package func sourceSpan(_ decoded: SourceSpan) -> SourceSpan {
    guard !segments.isEmpty else {
      return SourceSpan(
        min(content.start + decoded.start, content.end), min(content.start + decoded.end, content.end))
    }
    let start = sourceOffset(decoded.start)
    guard !decoded.isEmpty, let last = segment(at: min(decoded.end, decodedCount) - 1) else {
      return SourceSpan(at: start)
    }
    let end =
      last.isVerbatim
      ? Int(last.sourceStart) + min(decoded.end, decodedCount) - Int(last.decodedStart) : Int(last.sourceEnd)
    return SourceSpan(start, end)
  }

  /// The document offset at which a decoded byte, or the escape it belongs to, starts.
  package func sourceOffset(_ decoded: Int) -> Int {
    guard !segments.isEmpty else { return min(content.start + decoded, content.end) }
    guard decoded < decodedCount, let found = segment(at: decoded) else {
      return segments.last.map { Int($0.sourceEnd) } ?? content.end
    }
    return found.isVerbatim ? Int(found.sourceStart) + decoded - Int(found.decodedStart) : Int(found.sourceStart)
  }

  /// The decoded offset that a document offset belongs to; places outside the content are taken to its nearest end.
  package func decodedOffset(_ source: Int) -> Int {
    guard !segments.isEmpty else { return max(0, min(source - content.start, decodedCount)) }
    var low = segments.startIndex
    var high = segments.endIndex
    while low < high {
      let middle = (low + high) / 2
      if Int(segments[middle].sourceEnd) <= source { low = middle + 1 } else { high = middle }
    }
    guard low < segments.endIndex else { return decodedCount }
    let found = segments[low]
    guard found.isVerbatim, source > Int(found.sourceStart) else { return Int(found.decodedStart) }
    return Int(found.decodedStart) + source - Int(found.sourceStart)
  }

  private func segment(at decoded: Int) -> SourceMapSegment? {
    guard decoded >= 0 else { return nil }
    var low = segments.startIndex
    var high = segments.endIndex
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(segments[middle].decodedStart) <= decoded { low = middle } else { high = middle }
    }
    return low < high ? segments[low] : nil
  }
}

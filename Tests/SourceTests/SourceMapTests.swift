import Source
import Testing

@Suite("source map")
struct SourceMapTests {
  /// `a` + an escape of six bytes for two + `bc`, from offset 10 on.
  private let escaped = SourceMap(
    content: SourceSpan(10, 19), decodedCount: 5,
    segments: [
      SourceMapSegment(decodedStart: 0, sourceStart: 10, sourceEnd: 11, isVerbatim: true),
      SourceMapSegment(decodedStart: 1, sourceStart: 11, sourceEnd: 17, isVerbatim: false),
      SourceMapSegment(decodedStart: 3, sourceStart: 17, sourceEnd: 19, isVerbatim: true),
    ])

  @Test("a segment keeps what it was made of")
  func segment() {
    for isVerbatim in [true, false] {
      let segment = SourceMapSegment(decodedStart: 3, sourceStart: 7, sourceEnd: 64 << 20, isVerbatim: isVerbatim)
      #expect(segment.decodedStart == 3)
      #expect(segment.sourceStart == 7)
      #expect(segment.sourceEnd == 64 << 20)
      #expect(segment.isVerbatim == isVerbatim)
    }
    #expect(MemoryLayout<SourceMapSegment>.stride == 12)
  }

  @Test("verbatim text maps by a shift, and places behind its end to its end")
  func verbatim() {
    let map = SourceMap(verbatim: SourceSpan(5, 9))
    #expect(map.decodedCount == 4)
    #expect(map.sourceSpan(SourceSpan(1, 3)) == SourceSpan(6, 8))
    #expect(map.sourceSpan(SourceSpan(3, 99)) == SourceSpan(8, 9))
    #expect(map.sourceOffset(99) == 9)
    #expect(map.decodedOffset(7) == 2)
    #expect(map.decodedOffset(0) == 0)
    #expect(map.decodedOffset(99) == 4)
  }

  @Test(
    "a decoded range covers the whole of each escape it touches",
    arguments: [
      ((0, 1), (10, 11)), ((0, 2), (10, 17)), ((1, 2), (11, 17)), ((2, 3), (11, 17)), ((1, 3), (11, 17)),
      ((2, 4), (11, 18)),
      ((3, 5), (17, 19)), ((0, 5), (10, 19)), ((0, 99), (10, 19)),
    ])
  func ranges(_ decoded: (Int, Int), _ source: (Int, Int)) {
    #expect(escaped.sourceSpan(SourceSpan(decoded.0, decoded.1)) == SourceSpan(source.0, source.1))
  }

  @Test(
    "an empty range is the place before the character that follows",
    arguments: [(0, 10), (1, 11), (3, 17), (4, 18), (5, 19), (9, 19)])
  func emptyRanges(_ decoded: Int, _ source: Int) {
    #expect(escaped.sourceSpan(SourceSpan(at: decoded)) == SourceSpan(at: source))
    #expect(escaped.sourceOffset(decoded) == source)
  }

  @Test(
    "a place in the document belongs to the character that it is part of",
    arguments: [(0, 0), (10, 0), (11, 1), (14, 1), (17, 3), (18, 4), (19, 5), (99, 5)])
  func back(_ source: Int, _ decoded: Int) {
    #expect(escaped.decodedOffset(source) == decoded)
  }
}

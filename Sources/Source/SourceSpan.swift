/// A half-open range of UTF-8 byte offsets, 0-based.
///
/// A span says nothing of which text it belongs to: the document's bytes, or the decoded text of one condition.
/// Offsets are stored in 32 bits, which the document size limit (64 MiB) keeps sufficient.
public struct SourceSpan: Hashable, BitwiseCopyable, Sendable {
  @usableFromInline let storedStart: UInt32
  @usableFromInline let storedEnd: UInt32

  /// The offset of the first byte.
  @inlinable public var start: Int { Int(storedStart) }

  /// The offset behind the last byte.
  @inlinable public var end: Int { Int(storedEnd) }

  /// Makes a span; offsets beyond 32 bits are clamped and an end before the start is taken as the start.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    storedStart = UInt32(clamping: start)
    storedEnd = UInt32(clamping: max(start, end))
  }

  /// Makes a span of offsets that are known to be in order and to fit into 32 bits.
  @inlinable
  package init(ordered start: Int, _ end: Int) {
    storedStart = UInt32(truncatingIfNeeded: start)
    storedEnd = UInt32(truncatingIfNeeded: end)
  }

  /// An empty span at one place.
  @inlinable
  public init(at offset: Int) { self.init(offset, offset) }

  /// The number of bytes.
  @inlinable public var count: Int { end - start }

  /// Whether the span covers no byte.
  @inlinable public var isEmpty: Bool { storedStart == storedEnd }

  /// The span as a range of offsets.
  @inlinable public var range: Range<Int> { start..<end }

  /// The smallest span that covers both.
  @inlinable
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }
}

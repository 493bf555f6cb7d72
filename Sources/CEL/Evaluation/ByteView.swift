#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The bytes of a string or of bytes, where they lie.
///
/// INVARIANT: as for `Value`, the arena that holds them lives as long as the view is used. Indices are checked.
@safe
package struct ByteView: RandomAccessCollection, BitwiseCopyable {
  @usableFromInline let address: UInt64
  package let count: Int

  @inlinable
  init(address: UInt64, count: Int) {
    self.address = address
    self.count = count
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { count }

  @inlinable package var buffer: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(address)), count: count)
  }

  @inlinable package subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe buffer[index]
  }

  package func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    try unsafe body(buffer)
  }

  /// The bytes of a range of indices.
  package func slice(_ range: Range<Int>) -> ByteView {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return ByteView(address: address &+ UInt64(range.lowerBound), count: range.count)
  }

  @inline(__always)
  package static func == (left: ByteView, right: ByteView) -> Bool {
    guard left.count == right.count else { return false }
    if left.address == right.address { return true }
    if left.count <= 16 {
      return unsafe TextHash.areSame(UnsafeRawBufferPointer(left.buffer), UnsafeRawBufferPointer(right.buffer))
    }
    return left.order(right, left.count) == 0
  }

  /// Whether it stands before another by its bytes, which for UTF-8 is the order of the code points.
  package static func < (left: ByteView, right: ByteView) -> Bool {
    let common = Swift.min(left.count, right.count)
    let order = left.order(right, common)
    return order == 0 ? left.count < right.count : order < 0
  }

  /// The order of the first `count` bytes, which both have.
  @inline(__always)
  private func order(_ other: ByteView, _ count: Int) -> Int32 {
    guard let left = unsafe buffer.baseAddress, let right = unsafe other.buffer.baseAddress else { return 0 }
    return unsafe memcmp(left, right, count)
  }

  package func hasPrefix(_ prefix: ByteView) -> Bool { count >= prefix.count && slice(0..<prefix.count) == prefix }

  package func hasSuffix(_ suffix: ByteView) -> Bool {
    count >= suffix.count && slice((count - suffix.count)..<count) == suffix
  }

  /// How many code points the UTF-8 text has: all bytes but those that continue one.
  package var codePointCount: Int {
    let bytes = unsafe buffer
    var count = 0
    for index in 0..<self.count { count &+= unsafe bytes[index] & 0xC0 == 0x80 ? 0 : 1 }
    return count
  }
}

/// Hashes of names, keys and other short texts.
///
/// The seed is chosen when the process starts, so that no input can be made of texts that collide.
enum TextHash {
  static let seed = UInt64.random(in: 1...UInt64.max)

  /// The hash of some bytes, eight at a time.
  @inline(__always)
  static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    let count = bytes.count
    var hash = seed ^ UInt64(truncatingIfNeeded: count)
    guard count >= 8 else { return unsafe mixed(hash ^ short(bytes)) }
    var index = 0
    while index &+ 8 < count {
      hash = unsafe mixed(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    // The last eight, which may overlap with those before.
    return unsafe mixed(hash ^ bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
  }

  /// Fewer than eight bytes, as a number.
  @inline(__always)
  private static func short(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    if count >= 4 {
      let low = unsafe bytes.loadUnaligned(as: UInt32.self)
      let high = unsafe bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      return UInt64(high) << 32 | UInt64(low)
    }
    guard count > 0 else { return 0 }
    return unsafe UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count &- 1])
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  /// Whether two texts of the same length are the same.
  @inline(__always)
  static func areSame(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    let count = left.count
    if count >= 8 {
      var index = 0
      while index &+ 8 < count {
        if unsafe word(left, index) != word(right, index) { return false }
        index &+= 8
      }
      return unsafe word(left, count &- 8) == word(right, count &- 8)
    }
    return unsafe short(left) == short(right)
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}

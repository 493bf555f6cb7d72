/// The hashes of map keys: equal keys have equal hashes, also numbers of different types.
///
/// The seed is chosen when the process starts, so that no input can be made of keys that collide.
package enum ValueHash {
  private static let seed = UInt64.random(in: 1...UInt64.max)

  /// The hash of a key; `nil` for values that equal no key.
  static func ofKey(_ key: Value) -> UInt32? {
    switch key.kind {
    case .string: return of(key.bytes)
    case .bool: return of(key.bits &+ 0x62_6F_6F_6C)
    case .int, .uint: return of(key.bits)
    case .double:
      if let exact = Int64(exactly: key.double) { return of(UInt64(bitPattern: exact)) }
      return UInt64(exactly: key.double).map { of($0) }
    case .error, .null, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque: return nil
    }
  }

  private static func of(_ bits: UInt64) -> UInt32 { folded((bits ^ seed) &* 0x9E37_79B9_7F4A_7C15) }

  /// The hash of a text, eight bytes at a time.
  static func of(_ text: ByteView) -> UInt32 {
    var hash = seed ^ UInt64(text.count)
    let bytes = unsafe UnsafeRawBufferPointer(text.buffer)
    var index = 0
    while index &+ 8 <= text.count {
      hash = mixed(hash ^ (unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < text.count {
      rest = rest << 8 | UInt64(unsafe bytes[index])
      index &+= 1
    }
    return folded(mixed(hash ^ rest))
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  private static func folded(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash ^ (hash >> 32)) }
}

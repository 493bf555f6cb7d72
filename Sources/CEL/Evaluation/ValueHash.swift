/// The hashes of map keys: equal keys have equal hashes, also numbers of different types.
package enum ValueHash {
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

  private static func of(_ bits: UInt64) -> UInt32 { folded((bits ^ TextHash.seed) &* 0x9E37_79B9_7F4A_7C15) }

  /// The hash of a text.
  static func of(_ text: ByteView) -> UInt32 {
    unsafe folded(TextHash.of(UnsafeRawBufferPointer(text.buffer), seed: TextHash.seed))
  }

  private static func folded(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash ^ (hash >> 32)) }
}

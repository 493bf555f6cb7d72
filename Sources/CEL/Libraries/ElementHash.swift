/// The hashes of values of all kinds: equal values have equal hashes, also numbers of different types.
enum ElementHash {
  /// How deep lists and maps are looked into; what lies deeper makes no difference to the hash.
  private static let depthLimit = 16

  /// The hash of a value; `nil` for one that equals nothing, itself included: NaN, and what holds it.
  static func of(_ value: Value, _ context: EvaluationContext) throws(EvaluationError) -> UInt32? {
    try of(value, context, depth: 0)
  }

  private static func of(
    _ value: Value, _ context: EvaluationContext, depth: Int
  ) throws(EvaluationError) -> UInt32? {
    switch value.kind {
    case .bool: return ValueHash.ofKey(value)
    // Numbers of different types are compared as doubles.
    case .int: return of(Double(value.int))
    case .uint: return of(Double(value.uint))
    case .double: return value.double.isNaN ? nil : of(value.double)
    case .string, .bytes, .type:
      try context.charge(value.bytes.count)
      return ValueHash.of(value.bytes)
    case .timestamp: return combined(11, ValueHash.ofKey(.int(value.timestamp.seconds)))
    case .duration: return combined(12, ValueHash.ofKey(.int(value.duration.seconds)))
    case .null: return 1
    case .error: return nil
    case .optional:
      guard let content = value.optionalValue else { return 2 }
      return depth < depthLimit ? combined(13, try of(content, context, depth: depth + 1)) : 13
    case .list: return depth < depthLimit ? try of(value.elements, context, depth: depth + 1) : 14
    case .map: return depth < depthLimit ? try of(value.entries, context, depth: depth + 1) : 15
    case .record: return UInt32(truncatingIfNeeded: value.record.typeName.hashValue)
    case .opaque:
      if let address = value.opaque as? IPAddress { return UInt32(truncatingIfNeeded: address.hashValue) }
      if let block = value.opaque as? CIDRBlock { return UInt32(truncatingIfNeeded: block.hashValue) }
      return 16
    }
  }

  private static func of(_ number: Double) -> UInt32? {
    ValueHash.ofKey(.double(number)) ?? ValueHash.ofKey(.uint(number.bitPattern))
  }

  private static func of(
    _ list: ListView, _ context: EvaluationContext, depth: Int
  ) throws(EvaluationError) -> UInt32? {
    try context.charge(list.count)
    var hash: UInt32 = 14
    for element in list {
      guard let next = combined(hash, try of(element, context, depth: depth)) else { return nil }
      hash = next
    }
    return hash
  }

  /// Entries are added up, since equal maps may have them in different orders.
  private static func of(
    _ map: MapView, _ context: EvaluationContext, depth: Int
  ) throws(EvaluationError) -> UInt32? {
    try context.charge(map.count)
    var hash: UInt32 = 15
    for index in 0..<map.count {
      let entry = map[index]
      guard let key = try of(entry.key, context, depth: depth),
        let next = combined(key, try of(entry.value, context, depth: depth))
      else { return nil }
      hash &+= next
    }
    return hash
  }

  private static func combined(_ left: UInt32, _ right: UInt32?) -> UInt32? {
    right.map { ((left << 5 | left >> 27) ^ $0) &* 0x9E37_79B1 }
  }
}

internal import Source

/// Finds the id of a name by its bytes: open addressing over the names of one tree.
struct NameTable {
  /// A slot is a name's index plus one, 0 when free.
  ///
  /// INVARIANT: the count is a power of two and at least twice the names'.
  private var slots = [UInt32](repeating: 0, count: NameTable.initialCount)

  private let seed = TextHash.seed

  private static let initialCount = 64
  /// A larger table is given back, so that one huge condition does not slow all that follow it.
  private static let keptCount = 1024

  mutating func removeAll() {
    if slots.count > NameTable.keptCount {
      slots = [UInt32](repeating: 0, count: NameTable.initialCount)
    } else {
      for index in slots.indices { slots[index] = 0 }
    }
  }

  /// The id of the name that stands at `range` in `bytes`, which is added to the tree when it is new.
  mutating func intern(_ bytes: [UInt8], _ range: Range<Int>, in tree: inout SyntaxTree) -> NameID {
    let mask = slots.count - 1
    var slot = hash(bytes, range) & mask
    while true {
      let entry = slots[slot]
      guard entry != 0 else { break }
      let name = tree.names[Int(entry) - 1]
      if name.count == range.count, NameTable.isEqual(tree.nameBytes, name.start, bytes, range) {
        return NameID(rawValue: entry - 1)
      }
      slot = (slot + 1) & mask
    }
    let start = tree.nameBytes.count
    unsafe bytes.withUnsafeBufferPointer {
      unsafe tree.nameBytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
    tree.names.append(SourceSpan(start, start + range.count))
    slots[slot] = UInt32(truncatingIfNeeded: tree.names.count)
    if tree.names.count * 2 > slots.count { grow(tree) }
    return NameID(rawValue: UInt32(truncatingIfNeeded: tree.names.count - 1))
  }

  /// Seeded, so that no condition can choose names that collide.
  @inline(__always)
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe Int(truncatingIfNeeded: TextHash.of(UnsafeRawBufferPointer(rebasing: bytes[range]), seed: seed))
    }
  }

  /// Whether a name of the same length is the one at a range.
  @inline(__always)
  private static func isEqual(_ left: [UInt8], _ start: Int, _ right: [UInt8], _ range: Range<Int>) -> Bool {
    unsafe left.withUnsafeBytes { left in
      unsafe right.withUnsafeBytes { right in
        unsafe TextHash.areSame(
          UnsafeRawBufferPointer(rebasing: left[start..<start + range.count]),
          UnsafeRawBufferPointer(rebasing: right[range]))
      }
    }
  }

  private mutating func grow(_ tree: SyntaxTree) {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, name) in tree.names.enumerated() {
      var slot = hash(tree.nameBytes, name.range) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

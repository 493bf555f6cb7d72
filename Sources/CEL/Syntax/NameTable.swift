internal import Source

/// Finds the id of a name by its bytes: open addressing over the names of one tree.
struct NameTable {
  /// A slot is a name's index plus one, 0 when free.
  ///
  /// INVARIANT: the count is a power of two and at least twice the names'.
  private var slots = [UInt32](repeating: 0, count: NameTable.initialCount)

  /// Odd, and another in each process.
  private let multiplier = NameTable.secret

  private static let secret = UInt64.random(in: .min ... .max) | 1
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
    tree.nameBytes.append(contentsOf: bytes[range])
    tree.names.append(SourceSpan(start, start + range.count))
    slots[slot] = UInt32(truncatingIfNeeded: tree.names.count)
    if tree.names.count * 2 > slots.count { grow(tree) }
    return NameID(rawValue: UInt32(truncatingIfNeeded: tree.names.count - 1))
  }

  /// Multiplied by a secret number, so that no condition can choose names that collide.
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var hash = multiplier
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* multiplier }
    return Int(truncatingIfNeeded: hash >> 32)
  }

  private static func isEqual(_ left: [UInt8], _ start: Int, _ right: [UInt8], _ range: Range<Int>) -> Bool {
    var index = start
    for other in range {
      if left[index] != right[other] { return false }
      index += 1
    }
    return true
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

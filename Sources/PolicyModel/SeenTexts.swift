/// The texts met so far, each with the node that had it first.
///
/// Texts are compared byte by byte: `String` would take canonically equivalent ones for equal. The hash is seeded, so that
/// no document can be made to collide. An open-addressing table of indexes into a list of entries.
struct SeenTexts {
  struct Entry {
    let node: Int
    let tag: UInt32
    fileprivate let bytes: [UInt8]
    fileprivate let range: Range<Int>
    fileprivate let hash: Int
  }

  private var entries: [Entry] = []
  /// Indexes into `entries` plus one; 0 is a free slot. INVARIANT: a power of two, at least twice the entries.
  private var slots = [UInt32](repeating: 0, count: 16)

  /// Notes a text, unless it was met before.
  ///
  /// - Parameters:
  ///   - node: The node that has it.
  ///   - tag: Kept with it.
  ///   - text: The bytes, and the range of them that is the text.
  /// - Returns: The first that had it, `nil` when this is the first.
  mutating func insert(_ node: Int, tag: UInt32 = 0, _ text: (bytes: [UInt8], range: Range<Int>)) -> Entry? {
    var hasher = Hasher()
    unsafe text.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[text.range])) }
    let hash = hasher.finalize()
    var slot = hash & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, entry.bytes[entry.range] == text.bytes[text.range] { return entry }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(node: node, tag: tag, bytes: text.bytes, range: text.range, hash: hash))
    slots[slot] = UInt32(truncatingIfNeeded: entries.count)
    if entries.count * 2 > slots.count { grow() }
    return nil
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = entry.hash & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

internal import Source

/// Finds the id of a name by its bytes: open addressing over the names of one tree.
struct NameTable {
  /// A slot is a name's index plus one, 0 when free.
  ///
  /// INVARIANT: the count is a power of two and at least twice the names'.
  private var slots = NameTable.freeSlots(NameTable.initialCount)

  private let seed = TextHash.seed

  private static let initialCount = 64
  /// A larger table is given back, so that one huge condition does not slow all that follow it.
  private static let keptCount = 1024

  private static func freeSlots(_ count: Int) -> Stack<UInt32> {
    var slots = Stack<UInt32>(capacity: count)
    slots.append(repeating: 0, count: count)
    return slots
  }

  mutating func removeAll() {
    let count = slots.count > NameTable.keptCount ? NameTable.initialCount : slots.count
    if count < slots.count { slots = Stack(capacity: count) }
    slots.removeAll()
    slots.append(repeating: 0, count: count)
  }

  /// The id of a name, which is added to the draft when it is new.
  mutating func intern(_ name: UnsafeRawBufferPointer, in draft: inout TreeDraft) -> NameID {
    let mask = slots.count &- 1
    var slot = unsafe hash(name) & mask
    while true {
      let entry = slots[slot]
      guard entry != 0 else { break }
      let span = draft.names[Int(entry &- 1)]
      if span.count == name.count, unsafe TextHash.areSame(Self.bytes(span, of: draft), name) {
        return NameID(rawValue: entry &- 1)
      }
      slot = (slot &+ 1) & mask
    }
    return unsafe add(name, slot, &draft)
  }

  @inline(never)
  private mutating func add(_ name: UnsafeRawBufferPointer, _ slot: Int, _ draft: inout TreeDraft) -> NameID {
    let start = draft.nameBytes.count
    unsafe draft.nameBytes.append(contentsOf: name.assumingMemoryBound(to: UInt8.self))
    draft.names.append(SourceSpan(start, start + name.count))
    slots[slot] = UInt32(truncatingIfNeeded: draft.names.count)
    if draft.names.count * 2 > slots.count { grow(draft) }
    return NameID(rawValue: UInt32(truncatingIfNeeded: draft.names.count - 1))
  }

  /// Seeded, so that no condition can choose names that collide.
  @inline(__always)
  private func hash(_ name: UnsafeRawBufferPointer) -> Int {
    unsafe Int(truncatingIfNeeded: TextHash.of(name, seed: seed))
  }

  @inline(__always)
  private static func bytes(_ span: SourceSpan, of draft: TreeDraft) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(draft.nameBytes.buffer)[span.range])
  }

  private mutating func grow(_ draft: TreeDraft) {
    slots = Self.freeSlots(slots.count * 2)
    let mask = slots.count - 1
    for (index, name) in draft.names.enumerated() {
      var slot = unsafe hash(Self.bytes(name, of: draft)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

/// The different ones among a list's elements, found by their hashes.
struct ElementSet {
  /// In the order in which they were put in.
  private(set) var elements: [Value] = []
  private var hashes: [UInt32] = []
  /// Open addressing over the elements, by place plus one with 0 for an empty slot.
  ///
  /// INVARIANT: the count is a power of two and more than that of the elements.
  private var slots: [UInt32] = Array(repeating: 0, count: 16)
  private var slotsTaken = 0

  init() {}

  init(_ list: ListView, _ context: EvaluationContext) throws(EvaluationError) {
    for element in list { _ = try insert(element, context) }
  }

  func contains(_ value: Value, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    guard let hash = try ElementHash.of(value, context) else { return false }
    return slots[try slot(of: value, hash, context)] != 0
  }

  /// Puts a value in.
  ///
  /// - Returns: Whether no equal one was there.
  mutating func insert(_ value: Value, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    guard let hash = try ElementHash.of(value, context) else {
      elements.append(value)
      hashes.append(0)
      return true
    }
    let slot = try slot(of: value, hash, context)
    guard slots[slot] == 0 else { return false }
    elements.append(value)
    hashes.append(hash)
    slots[slot] = UInt32(truncatingIfNeeded: elements.count)
    slotsTaken += 1
    if slotsTaken * 2 > slots.count { grow() }
    return true
  }

  /// The slot of the element that equals a value, or the empty one where it would be put.
  private func slot(
    of value: Value, _ hash: UInt32, _ context: EvaluationContext
  ) throws(EvaluationError) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if hashes[place] == hash {
        try context.charge(1)
        if try elements[place].isEqual(to: value) { return slot }
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry != 0 {
      var slot = Int(hashes[Int(entry) - 1]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}

extension Arena {
  /// A map of these entries.
  ///
  /// The keys must be bools, ints, uints or strings; another one, or one that is there twice, is an error.
  package func map(_ entries: [MapView.Entry]) throws(EvaluationError) -> Value { try map(entries[...]) }

  /// The same; `keepsFirst` says whether a key that is there already is left out, instead of an error.
  func map(_ entries: ArraySlice<MapView.Entry>, keepsFirst: Bool = false) throws(EvaluationError) -> Value {
    guard !entries.isEmpty else { return Value(.map) }
    let count = entries.count
    var stored = 0
    guard count <= Int(UInt32.max) / 4 else { throw EvaluationError(.limit, "a map is too large") }
    let header = unsafe try allocate(MemoryLayout<MapView.Header>.size)
      .bindMemory(to: MapView.Header.self, capacity: 1)
    let entryStorage = unsafe try allocate(count * MemoryLayout<MapView.Entry>.stride)
      .bindMemory(to: MapView.Entry.self, capacity: count)
    let hashes = unsafe try allocate(count * 4).bindMemory(to: UInt32.self, capacity: count)
    var slots: UnsafeMutablePointer<UInt32>?
    var mask: UInt32 = 0
    if count > MapView.scanLimit {
      var slotCount = 16
      while slotCount < count * 2 { slotCount *= 2 }
      let storage = unsafe try allocate(slotCount * 4).bindMemory(to: UInt32.self, capacity: slotCount)
      unsafe storage.initialize(repeating: 0, count: slotCount)
      unsafe slots = storage
      mask = UInt32(truncatingIfNeeded: slotCount - 1)
    }
    // The header counts the entries so far, so that each new key is looked for among them.
    func store(_ count: Int) {
      unsafe header.initialize(
        to: MapView.Header(
          count: count, entries: UInt64(UInt(bitPattern: entryStorage)), hashes: UInt64(UInt(bitPattern: hashes)),
          slots: UInt64(UInt(bitPattern: slots)), slotMask: mask))
    }
    store(0)
    let map = MapView(address: UInt64(UInt(bitPattern: header)))
    for entry in entries {
      guard entry.key.kind != .double, let hash = ValueHash.ofKey(entry.key) else {
        throw .invalidArgument("a map's key must be a bool, an int, a uint or a string")
      }
      guard map.place(of: entry.key, hash: hash) == nil else {
        if keepsFirst { continue }
        throw EvaluationError(.duplicateKey)
      }
      unsafe (entryStorage + stored).initialize(to: entry)
      unsafe (hashes + stored).initialize(to: hash)
      if let slots = unsafe slots {
        var slot = hash & mask
        while unsafe slots[Int(slot)] != 0 { slot = (slot &+ 1) & mask }
        unsafe slots[Int(slot)] = UInt32(truncatingIfNeeded: stored + 1)
      }
      stored += 1
      store(stored)
    }
    return Value(.map, bits: map.address, count: UInt32(truncatingIfNeeded: stored))
  }
}

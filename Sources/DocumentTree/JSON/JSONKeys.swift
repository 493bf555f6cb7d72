import Source

/// A key of an open object.
struct JSONKey {
  /// Equal for equal keys, and for few others.
  var fingerprint: UInt64
  var node: NodeID
}

extension JSONParser {
  /// Up to so many keys, comparing each with each is the fastest way.
  private static let fewKeys = 16

  /// Remembers the key that was appended last, spelt in whatever way.
  mutating func noteKey() {
    let key = NodeID(document.nodes.count - 1)
    let fingerprint = unsafe document.withBytes(of: key) { unsafe JSONBytes($0).fingerprint(0..<$0.count) }
    keys.append(JSONKey(fingerprint: fingerprint, node: key))
  }

  /// Finds the keys of the innermost object that stand in it already, and forgets its keys.
  mutating func findDuplicateKeys(from first: Int) {
    defer { keys.removeLast(keys.count - first) }
    guard keys.count - first <= JSONParser.fewKeys else { return findDuplicatesAmongMany(from: first) }
    for later in first..<keys.count {
      for earlier in first..<later where keys[earlier].fingerprint == keys[later].fingerprint {
        guard areEqual(keys[earlier].node, keys[later].node) else { continue }
        document.duplicateKeys.append((key: keys[later].node, first: keys[earlier].node))
        break
      }
    }
  }

  /// A hash table of indexes into `keys`, with the standard library's seeded hash: nobody can choose keys that collide.
  private mutating func findDuplicatesAmongMany(from first: Int) {
    var capacity = 64
    while capacity < (keys.count - first) &* 2 { capacity &*= 2 }
    var table = [UInt32](repeating: .max, count: capacity)
    search: for index in first..<keys.count {
      let key = keys[index]
      var hasher = Hasher()
      hasher.combine(key.fingerprint)
      unsafe document.withBytes(of: key.node) { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      var slot = hasher.finalize() & (capacity - 1)
      while table[slot] != .max {
        let other = keys[Int(table[slot])]
        if other.fingerprint == key.fingerprint, areEqual(other.node, key.node) {
          document.duplicateKeys.append((key: key.node, first: other.node))
          continue search
        }
        slot = (slot + 1) & (capacity - 1)
      }
      table[slot] = UInt32(truncatingIfNeeded: index)
    }
  }

  /// Whether two keys are the same, code point by code point (the same decoded bytes).
  private func areEqual(_ left: NodeID, _ right: NodeID) -> Bool {
    unsafe document.withBytes(of: left) { left in
      unsafe document.withBytes(of: right) { right in unsafe left.elementsEqual(right) }
    }
  }
}

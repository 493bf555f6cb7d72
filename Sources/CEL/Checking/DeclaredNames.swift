/// Names and their places in a list, found by their bytes without making a `String`.
///
/// Hashed with a seed, so that no document can choose names that collide.
package struct DeclaredNames: Sendable {
  /// How many names there are; a name that is there twice counts twice and is found at its first place.
  package private(set) var count = 0
  private var bytes: [UInt8] = []
  /// Name `n` ends at `ends[n]` and starts where the one before it ends.
  private var ends: [Int] = []
  /// The names' places by their hash, in open addressing; -1 is an empty slot.
  ///
  /// INVARIANT: their number is a power of two, and at most half are taken.
  private var slots: [Int32] = []

  /// Makes a table of names, in their order.
  package init(_ names: some Sequence<String>) {
    for name in names {
      bytes += name.utf8
      ends.append(bytes.count)
    }
    count = ends.count
    var capacity = 8
    while capacity < count &* 2 { capacity &*= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    for index in ends.indices { insert(index) }
  }

  /// The names, in their order.
  package var names: some Collection<String> {
    ends.indices.lazy.map { String(decoding: bytes[range(of: $0)], as: UTF8.self) }
  }

  /// The place of the name that a range of some bytes spells; `nil` when there is none.
  package func index(of text: [UInt8], in range: Range<Int>) -> Int? {
    guard count > 0 else { return nil }
    var slot = hash(text, range) & (slots.count &- 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if isSame(text, range, index) { return index }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return nil
  }

  /// The place of a name; `nil` when it is not there.
  package func index(of name: String) -> Int? {
    let text = Array(name.utf8)
    return index(of: text, in: text.indices)
  }

  private mutating func insert(_ index: Int) {
    let range = range(of: index)
    var slot = hash(bytes, range) & (slots.count &- 1)
    while slots[slot] >= 0 {
      if isSame(bytes, range, Int(slots[slot])) { return }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    slots[slot] = Int32(truncatingIfNeeded: index)
  }

  private func range(of index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  private func isSame(_ text: [UInt8], _ range: Range<Int>, _ index: Int) -> Bool {
    let own = self.range(of: index)
    guard own.count == range.count else { return false }
    return unsafe text.withUnsafeBytes { text in
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe TextHash.areSame(
          UnsafeRawBufferPointer(rebasing: text[range]), UnsafeRawBufferPointer(rebasing: bytes[own]))
      }
    }
  }

  private func hash(_ text: [UInt8], _ range: Range<Int>) -> Int {
    unsafe text.withUnsafeBytes {
      unsafe Int(truncatingIfNeeded: TextHash.of(UnsafeRawBufferPointer(rebasing: $0[range]), seed: TextHash.seed))
    }
  }
}

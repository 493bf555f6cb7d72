/// The entries of a map, where they lie, in the order in which they were put in.
///
/// INVARIANT: as for `Value`. Keys are bools, ints, uints or strings, and no two are equal.
@safe
package struct MapView: BitwiseCopyable {
  @usableFromInline let address: UInt64

  @inlinable init(address: UInt64) { self.address = address }

  /// A key and its value.
  package struct Entry: BitwiseCopyable {
    package let key: Value
    package let value: Value

    package init(key: Value, value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// What lies at the address.
  struct Header: BitwiseCopyable {
    let count: Int
    let entries: UInt64
    /// The hashes of the keys, one for one.
    let hashes: UInt64
    /// Open addressing over the entries, by place plus one with 0 for an empty slot; 0 for a map that is small enough to
    /// be searched through.
    let slots: UInt64
    let slotMask: UInt32
  }

  /// Maps of no more entries are searched through.
  static let scanLimit = 12

  private var header: Header {
    guard let pointer = unsafe UnsafePointer<Header>(bitPattern: UInt(address)) else {
      return Header(count: 0, entries: 0, hashes: 0, slots: 0, slotMask: 0)
    }
    return unsafe pointer.pointee
  }

  package var count: Int { header.count }

  private func entries(_ header: Header) -> UnsafeBufferPointer<Entry> {
    unsafe UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(header.entries)), count: header.count)
  }

  /// The entry at a place, from 0.
  package subscript(index: Int) -> Entry {
    let header = header
    precondition(index >= 0 && index < header.count)
    return unsafe entries(header)[index]
  }

  /// The value of a key of any kind; `nil` when there is none that equals it.
  package func value(of key: Value) -> Value? {
    guard let hash = ValueHash.ofKey(key) else { return nil }
    return place(of: key, hash: hash).map { self[$0].value }
  }

  /// The place of the entry with a key whose hash is known.
  func place(of key: Value, hash: UInt32) -> Int? { place(hash) { $0.isEqualKey(to: key) } }

  /// The value of a string key whose hash is known.
  @inline(__always)
  func value(of key: ByteView, hash: UInt32) -> Value? {
    let header = header
    guard header.count > 0, let hashes = unsafe UnsafePointer<UInt32>(bitPattern: UInt(header.hashes)) else {
      return nil
    }
    let entries = unsafe entries(header)
    if header.slots == 0 {
      var index = 0
      while index < header.count {
        if unsafe hashes[index] == hash {
          let entry = unsafe entries[index]
          if entry.key.kind == .string, entry.key.bytes == key { return entry.value }
        }
        index &+= 1
      }
      return nil
    }
    return place(hash) { $0.kind == .string && $0.bytes == key }.map { unsafe entries[$0].value }
  }

  private func place(_ hash: UInt32, where isWanted: (Value) -> Bool) -> Int? {
    let header = header
    guard header.count > 0, let hashes = unsafe UnsafePointer<UInt32>(bitPattern: UInt(header.hashes)) else {
      return nil
    }
    let entries = unsafe entries(header)
    guard let slots = unsafe UnsafePointer<UInt32>(bitPattern: UInt(header.slots)) else {
      for index in 0..<header.count where unsafe hashes[index] == hash && isWanted(unsafe entries[index].key) {
        return index
      }
      return nil
    }
    var slot = hash & header.slotMask
    while unsafe slots[Int(slot)] != 0 {
      let index = Int(unsafe slots[Int(slot)]) - 1
      if unsafe hashes[index] == hash, isWanted(unsafe entries[index].key) { return index }
      slot = (slot &+ 1) & header.slotMask
    }
    return nil
  }
}

/// The attributes of one input as a schema describes them: flat arrays, shared by whoever uses them.
///
/// An attribute is a place (a property and its facts); a shape is what stands there, and may be shared by many places, also
/// by places inside itself. The first attribute is the input as a whole.
package struct AttributeTable: Sendable {
  /// A kind of value.
  package struct Shape: Sendable {
    package var kind = AttributeKind.dyn
    /// Whether an object may have members beside those that are named.
    package var isOpen = false
    /// The members of an object, the element of a list, or the values of a map.
    package var members = 0..<0
    /// The attribute that all other members of an open object are like; -1 when nothing is known of them.
    package var others = -1
    package var choices: [AttributeChoice] = []
    package var bounds = AttributeBounds()
    package var format: String?
    /// Whether a value may be null; true until the schema is known to say otherwise.
    package var allowsNull = true

    package init() {}
  }

  /// A place.
  package struct Entry: Sendable {
    package var shape: Int
    package var flags: Attribute.Flags
    /// Where its name is in `text`; empty for elements and values.
    package var name: Range<Int>
    /// Where its description is in `text`.
    package var description: Range<Int>
    /// The attribute it was first met below; -1 for the whole input.
    package var parent: Int
  }

  /// What the whole is called: `AWS::S3::Bucket`, `principal`.
  package let name: String
  package private(set) var entries: [Entry] = []
  package var shapes: [Shape] = []
  /// Names and descriptions, in UTF-8.
  private var text: [UInt8] = []
  /// The properties by their object's shape and their name: open addressing, with -1 for an empty slot.
  ///
  /// INVARIANT: a power of two, at most half full.
  private var slots: [Int32] = []

  /// Makes an empty table.
  package init(name: String) { self.name = name }
}

// MARK: - Making

extension AttributeTable {
  /// Adds a place, unless there are as many as can be.
  package mutating func add(
    shape: Int, name: [UInt8] = [], description: [UInt8] = [], flags: Attribute.Flags = [], parent: Int
  ) {
    let start = text.count
    text += name
    text += description
    entries.append(
      Entry(
        shape: shape, flags: flags, name: start..<start + name.count,
        description: start + name.count..<text.count, parent: parent))
  }

  /// Whether no more attributes fit.
  package var isFull: Bool { entries.count >= AttributeID.indexLimit }

  /// Says more of an attribute.
  package mutating func formFlags(_ flags: Attribute.Flags, of index: Int) { entries[index].flags.formUnion(flags) }

  /// Gives an attribute another shape.
  package mutating func setShape(_ shape: Int, of index: Int) { entries[index].shape = shape }

  /// Makes names findable; called once, when all is there.
  package mutating func index() {
    let count = shapes.reduce(0) { $1.kind == .object ? $0 + $1.members.count : $0 }
    var capacity = 8
    while capacity < count * 2 { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    for (number, shape) in shapes.enumerated() where shape.kind == .object {
      for member in shape.members {
        var slot = hash(text, entries[member].name, number) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(truncatingIfNeeded: member)
      }
    }
  }
}

// MARK: - Looking up

extension AttributeTable {
  /// What an object has under a name.
  package enum Member: Equatable, Sendable {
    case attribute(Int)
    /// Perhaps something, of which nothing is known.
    case unknown
    /// Nothing: the schema lists the members.
    case none
  }

  /// The member of an attribute whose name a range of some bytes spells.
  package func member(_ bytes: [UInt8], in range: Range<Int>, of attribute: Int) -> Member {
    let number = entries[attribute].shape
    let shape = shapes[number]
    switch shape.kind {
    case .map: return shape.members.first.map { .attribute($0) } ?? .unknown
    case .dyn, .bool, .int, .double, .string, .list: return .unknown
    case .object: break
    }
    var slot = hash(bytes, range, number) & (slots.count - 1)
    while slots[slot] >= 0 {
      let found = Int(slots[slot])
      if shape.members.contains(found), text[entries[found].name].elementsEqual(bytes[range]) {
        return .attribute(found)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    if shape.others >= 0 { return .attribute(shape.others) }
    return shape.isOpen ? .unknown : .none
  }

  /// The named members of an attribute that is an object, by their places.
  package func members(of attribute: Int) -> Range<Int> {
    let shape = shapes[entries[attribute].shape]
    return shape.kind == .object ? shape.members : 0..<0
  }

  /// The element of a list, or the value of a map; `nil` for other attributes.
  package func element(of attribute: Int) -> Int? {
    let shape = shapes[entries[attribute].shape]
    switch shape.kind {
    case .list, .map: return shape.members.first
    case .dyn, .bool, .int, .double, .string, .object: return nil
    }
  }

  package func kind(of attribute: Int) -> AttributeKind { shapes[entries[attribute].shape].kind }

  package func bounds(of attribute: Int) -> AttributeBounds { shapes[entries[attribute].shape].bounds }

  package func flags(of attribute: Int) -> Attribute.Flags { entries[attribute].flags }

  package func choices(of attribute: Int) -> [AttributeChoice] { shapes[entries[attribute].shape].choices }

  /// Whether an attribute is there, and not null, wherever the object is that it belongs to.
  ///
  /// What only the provider sets or only the author sees may be left out of an input that the schema fits otherwise.
  package func isNeverNull(_ attribute: Int) -> Bool {
    let flags = entries[attribute].flags
    if flags.contains(.isImplicit) { return true }
    return flags.contains(.isRequired) && flags.isDisjoint(with: [.isReadOnly, .isWriteOnly])
      && !shapes[entries[attribute].shape].allowsNull
  }

  package func name(of attribute: Int) -> String { String(decoding: text[entries[attribute].name], as: UTF8.self) }

  /// Everything that is known of an attribute.
  package subscript(index: Int) -> Attribute {
    let entry = entries[index]
    let shape = shapes[entry.shape]
    return Attribute(
      name: name(of: index), path: path(of: index), kind: shape.kind, flags: entry.flags, choices: shape.choices,
      bounds: shape.bounds, format: shape.format,
      description: entry.description.isEmpty ? nil : String(decoding: text[entry.description], as: UTF8.self))
  }

  /// The way to an attribute from the whole: `Rules[].Status`; empty for the whole.
  package func path(of index: Int) -> String {
    var parts: [String] = []
    var place = index
    // INVARIANT: a parent has a smaller index, so this ends.
    while place > 0 {
      let entry = entries[place]
      if entry.name.isEmpty {
        parts.append(kind(of: entry.parent) == .list ? "[]" : "[*]")
      } else {
        parts.append((entry.parent > 0 ? "." : "") + name(of: place))
      }
      place = entry.parent
    }
    return parts.reversed().joined()
  }

  private func hash(_ bytes: [UInt8], _ range: Range<Int>, _ shape: Int) -> Int {
    unsafe bytes.withUnsafeBytes {
      let seed = TextHash.seed ^ UInt64(truncatingIfNeeded: shape) &* 0x9E37_79B9_7F4A_7C15
      return unsafe Int(truncatingIfNeeded: TextHash.of(UnsafeRawBufferPointer(rebasing: $0[range]), seed: seed) >> 1)
    }
  }
}

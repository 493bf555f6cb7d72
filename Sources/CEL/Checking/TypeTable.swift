/// All types that a checker has met, each once, so that comparing two is comparing two numbers.
struct TypeTable: Sendable {
  /// A type with parts.
  struct Entry: Sendable {
    var kind: TypeKind
    var hasVariables = false
    var hasParameters = false
    /// How many types it is made of, itself counted.
    var size: UInt8 = 1
    /// Where its parts are, and how many.
    var start: UInt32 = 0
    var count: UInt32 = 0
    /// The name of an abstract type or a message.
    var name: UInt32 = 0
    /// The attribute whose values have the type, an `AttributeID`; 0 when there is none.
    var attribute: UInt32 = 0
    /// Whether it or a part of it is of an attribute.
    var hasAttributes = false
  }

  /// How many types one may be made of; what is beyond becomes `dyn`.
  ///
  /// Bounds the work on one type, whatever the condition.
  static let sizeLimit = 64

  private(set) var entries: [Entry] = []
  private(set) var parts: [TypeID] = []
  private var names: [String] = []
  /// The list of each entry, `error` until it is met: the type that conditions make most often.
  private var lists: [TypeID] = []
  /// Open addressing over `entries`, with -1 for an empty slot.
  ///
  /// INVARIANT: a power of two, at most half full.
  private var slots = [Int32](repeating: -1, count: 512)

  init() {
    for raw in 0..<TypeKind.list.rawValue {
      if let kind = TypeKind(rawValue: raw) { entries.append(Entry(kind: kind)) }
    }
    lists = [TypeID](repeating: .error, count: entries.count)
  }

  var count: Int { entries.count }

  /// The kind of a type of the table.
  @inline(__always)
  func kind(_ id: TypeID) -> TypeKind { entries[id.index].kind }

  /// Whether null is a value of a type: an attribute reads as null where it is absent.
  @inline(__always)
  func admitsNull(_ entry: Entry) -> Bool { entry.kind.admitsNull || entry.attribute != 0 }

  /// The first part: a list's element, a map's key, an optional's value.
  @inline(__always)
  func first(_ id: TypeID) -> TypeID { parts[Int(entries[id.index].start)] }

  /// The second part: a map's value.
  @inline(__always)
  func second(_ id: TypeID) -> TypeID { parts[Int(entries[id.index].start) + 1] }

  mutating func list(of element: TypeID) -> TypeID {
    guard element.isInTable else { return make(.list, element) }
    let known = lists[element.index]
    if known != .error { return known }
    let list = make(.list, element)
    lists[element.index] = list
    return list
  }

  mutating func map(from key: TypeID, to value: TypeID) -> TypeID {
    intern(.map, name: 0, [key, value])
  }

  mutating func type(of type: TypeID) -> TypeID { make(.type, type) }

  mutating func optional(of value: TypeID) -> TypeID {
    intern(.abstract, name: nameIndex("optional_type"), [value])
  }

  mutating func abstract(_ name: String, _ parts: [TypeID]) -> TypeID {
    intern(.abstract, name: nameIndex(name), parts)
  }

  /// The value of an optional; `nil` for other types.
  func optionalValue(_ id: TypeID) -> TypeID? {
    guard id.isInTable, kind(id) == .abstract else { return nil }
    let entry = entries[id.index]
    return entry.count == 1 && names[Int(entry.name)] == "optional_type" ? parts[Int(entry.start)] : nil
  }

  /// A type of the same kind and name with other parts.
  mutating func make(like id: TypeID, _ parts: [TypeID]) -> TypeID {
    intern(entries[id.index].kind, name: entries[id.index].name, attribute: entries[id.index].attribute, parts)
  }

  /// The type of an attribute's values: as any other of its kind, and null where the attribute is absent.
  mutating func attribute(_ attribute: AttributeID, _ kind: TypeKind, _ parts: [TypeID] = []) -> TypeID {
    intern(kind, name: 0, attribute: attribute.rawValue, parts)
  }

  /// The attribute whose values have a type.
  @inline(__always)
  func attribute(_ id: TypeID) -> AttributeID? {
    guard id.isInTable, id.index >= Int(TypeKind.list.rawValue), id != .unknown else { return nil }
    let attribute = entries[id.index].attribute
    return attribute == 0 ? nil : AttributeID(rawValue: attribute)
  }

  /// Whether a type or a part of it is of an attribute.
  func hasAttributes(_ id: TypeID) -> Bool {
    id.isInTable && id.index >= Int(TypeKind.list.rawValue) && id != .unknown && entries[id.index].hasAttributes
  }

  /// The same type of an attribute that may be another.
  mutating func ofSomeAttribute(like id: TypeID, _ parts: [TypeID]) -> TypeID {
    intern(entries[id.index].kind, name: entries[id.index].name, attribute: AttributeID.some.rawValue, parts)
  }

  /// The same type of no attribute.
  mutating func ofNoAttribute(like id: TypeID, _ parts: [TypeID]) -> TypeID {
    let entry = entries[id.index]
    if entry.kind.rawValue < TypeKind.list.rawValue { return TypeID(entry.kind) }
    return intern(entry.kind, name: entry.name, parts)
  }

  private mutating func make(_ kind: TypeKind, _ part: TypeID) -> TypeID { intern(kind, name: 0, [part]) }

  /// Forgets all types from the one at `count` on.
  mutating func truncate(to count: Int) {
    guard count < entries.count else { return }
    parts.removeLast(parts.count - Int(entries[count].start))
    entries.removeLast(entries.count - count)
    lists.removeLast(lists.count - count)
    for index in lists.indices where lists[index].index >= count { lists[index] = .error }
    for slot in slots.indices { slots[slot] = -1 }
    for index in Int(TypeKind.list.rawValue)..<entries.count { occupy(index) }
  }

  private mutating func nameIndex(_ name: String) -> UInt32 {
    if let index = names.firstIndex(of: name) { return UInt32(truncatingIfNeeded: index) }
    names.append(name)
    return UInt32(truncatingIfNeeded: names.count - 1)
  }

  private mutating func intern(_ kind: TypeKind, name: UInt32, attribute: UInt32 = 0, _ wanted: [TypeID]) -> TypeID {
    var entry = Entry(kind: kind, count: UInt32(truncatingIfNeeded: wanted.count), name: name)
    entry.attribute = attribute
    entry.hasAttributes = attribute != 0
    var wanted = wanted
    var size = 1
    for (index, part) in wanted.enumerated() {
      if !part.isInTable {
        size += 1
        continue
      }
      let partSize = Int(entries[part.index].size)
      if size + partSize + (wanted.count - index - 1) > Self.sizeLimit {
        wanted[index] = .dyn
        size += 1
      } else {
        size += partSize
      }
    }
    for part in wanted {
      if part.isVariable || (part.isInTable && entries[part.index].hasVariables) { entry.hasVariables = true }
      if part.isParameter || (part.isInTable && entries[part.index].hasParameters) { entry.hasParameters = true }
      if part.isInTable, entries[part.index].hasAttributes { entry.hasAttributes = true }
    }
    entry.size = UInt8(clamping: size)
    var slot = hash(kind, name ^ attribute, wanted) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      let other = entries[index]
      if other.kind == kind, other.name == name, other.attribute == attribute, other.count == entry.count,
        parts[Int(other.start)..<Int(other.start + other.count)].elementsEqual(wanted)
      {
        return TypeID(rawValue: UInt32(truncatingIfNeeded: index))
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    entry.start = UInt32(truncatingIfNeeded: parts.count)
    parts += wanted
    entries.append(entry)
    lists.append(.error)
    if entries.count * 2 > slots.count {
      slots = [Int32](repeating: -1, count: slots.count * 2)
      for index in Int(TypeKind.list.rawValue)..<entries.count { occupy(index) }
    } else {
      slots[slot] = Int32(truncatingIfNeeded: entries.count - 1)
    }
    return TypeID(rawValue: UInt32(truncatingIfNeeded: entries.count - 1))
  }

  private mutating func occupy(_ index: Int) {
    let entry = entries[index]
    var slot =
      hash(
        entry.kind, entry.name ^ entry.attribute, Array(parts[Int(entry.start)..<Int(entry.start + entry.count)]))
      & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(truncatingIfNeeded: index)
  }

  private func hash(_ kind: TypeKind, _ name: UInt32, _ parts: [TypeID]) -> Int {
    var hash = (UInt64(kind.rawValue) &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(name)
    for part in parts { hash = (hash ^ UInt64(part.rawValue)) &* 0xBF58_476D_1CE4_E5B9 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF)
  }
}

// MARK: - Types as values

extension TypeTable {
  /// The id of a type.
  ///
  /// - Parameters:
  ///   - type: The type.
  ///   - parameters: The names of the type parameters met so far, which grows with each new one.
  /// - Returns: The id, which is new when the table has not met the type.
  mutating func id(of type: CELType, parameters: inout [String]) -> TypeID {
    switch type {
    case .error: return .error
    case .dyn: return .dyn
    case .any: return TypeID(.any)
    case .null: return .null
    case .bool: return .bool
    case .int: return .int
    case .uint: return .uint
    case .double: return .double
    case .string: return .string
    case .bytes: return .bytes
    case .timestamp: return .timestamp
    case .duration: return .duration
    case .wrapper(.bool): return TypeID(.boolWrapper)
    case .wrapper(.int): return TypeID(.intWrapper)
    case .wrapper(.uint): return TypeID(.uintWrapper)
    case .wrapper(.double): return TypeID(.doubleWrapper)
    case .wrapper(.string): return TypeID(.stringWrapper)
    case .wrapper(.bytes): return TypeID(.bytesWrapper)
    case .list(let element): return list(of: id(of: element, parameters: &parameters))
    case .map(let key, let value):
      return map(from: id(of: key, parameters: &parameters), to: id(of: value, parameters: &parameters))
    case .type(let type): return self.type(of: id(of: type, parameters: &parameters))
    case .abstract(let name, let types):
      var ids: [TypeID] = []
      for type in types { ids.append(id(of: type, parameters: &parameters)) }
      return abstract(name, ids)
    case .message(let name): return intern(.message, name: nameIndex(name), [])
    case .parameter(let name):
      let index = parameters.firstIndex(of: name) ?? parameters.count
      if index == parameters.count { parameters.append(name) }
      return .parameter(index)
    }
  }

  /// The type that an id stands for; variables and parameters read as `dyn`.
  func value(of id: TypeID) -> CELType {
    guard id.isInTable, id != .unknown else { return .dyn }
    let entry = entries[id.index]
    func part(_ number: Int) -> CELType { value(of: parts[Int(entry.start) + number]) }
    switch entry.kind {
    case .error: return .error
    case .dyn: return .dyn
    case .any: return .any
    case .null: return .null
    case .bool: return .bool
    case .int: return .int
    case .uint: return .uint
    case .double: return .double
    case .string: return .string
    case .bytes: return .bytes
    case .timestamp: return .timestamp
    case .duration: return .duration
    case .boolWrapper: return .wrapper(.bool)
    case .intWrapper: return .wrapper(.int)
    case .uintWrapper: return .wrapper(.uint)
    case .doubleWrapper: return .wrapper(.double)
    case .stringWrapper: return .wrapper(.string)
    case .bytesWrapper: return .wrapper(.bytes)
    case .list: return .list(part(0))
    case .map: return .map(part(0), part(1))
    case .type: return .type(part(0))
    case .abstract: return .abstract(names[Int(entry.name)], (0..<Int(entry.count)).map(part))
    case .message: return .message(names[Int(entry.name)])
    }
  }
}

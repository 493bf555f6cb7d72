internal import CEL
internal import DocumentTree

/// Makes a table of attributes of a JSON Schema.
///
/// Never fails: what cannot be said in a table becomes a value of which nothing is known, so that no condition is blamed
/// for it. An object that names its properties has no others, unless it says so with `additionalProperties`: those who
/// write resource schemas leave it out as often as they write `false`.
struct SchemaReader {
  let document: Document
  let root: NodeID
  var table: AttributeTable
  /// The shapes that were begun, by the schemas that they are of.
  private var shapes: [SchemaGroups: Int] = [:]
  /// Shapes that are still to be looked into, and the attribute that each was met at.
  private var pending: [(shape: Int, groups: SchemaGroups, attribute: Int)] = []
  var targets: [[UInt8]: NodeID?] = [:]
  var memberIndexes: [NodeID: [[UInt8]: NodeID]] = [:]
  /// How many more schemas may be looked at for the shape at hand.
  var remainingParts = 0
  /// Whether the shape at hand has more parts than can be put together, or one that cannot be found.
  var isOverLimit = false

  /// Bounds the work on one value's schema.
  private static let partLimit = 2_000
  static let depthLimit = 32
  /// Bounds the memory that a hostile schema can take.
  private static let attributeLimit = 200_000
  private static let groupLimit = 64

  init(_ document: Document, root: NodeID, name: String) {
    self.document = document
    self.root = document.resolved(root)
    table = AttributeTable(name: name)
  }

  /// The table of a resource type, which always has a `type`.
  mutating func resourceType() -> AttributeTable {
    read(withType: true)
    mark("readOnlyProperties", .isReadOnly)
    mark("writeOnlyProperties", .isWriteOnly)
    mark("deprecatedProperties", .isDeprecated)
    return table
  }

  /// The table of another input.
  mutating func input() -> AttributeTable {
    read(withType: false)
    return table
  }

  private mutating func read(withType hasType: Bool) {
    let shape = shape(of: [[root]], at: 0)
    add(name: [], groups: [[root]], shape: shape, flags: .isRequired, parent: -1)
    var next = 0
    while next < pending.count {
      let (shape, groups, attribute) = pending[next]
      fill(shape, groups, at: attribute, withType: hasType && shape == 0)
      next += 1
    }
    table.index()
  }

  /// The place of the shape of some schemas, which is begun when it is new.
  private mutating func shape(of groups: SchemaGroups, at attribute: Int) -> Int {
    let groups = groups.map { $0.map { canonical($0) } }
    if let known = shapes[groups] { return known }
    let shape = table.shapes.count
    table.shapes.append(AttributeTable.Shape())
    shapes[groups] = shape
    if !groups.isEmpty, groups.count + (groups.first?.count ?? 0) <= Self.groupLimit {
      pending.append((shape, groups, attribute))
    }
    return shape
  }

  /// The schema that a node refers to, when it does nothing else that matters to types.
  private mutating func canonical(_ node: NodeID) -> NodeID {
    var node = document.resolved(node)
    for _ in 0..<Self.depthLimit {
      var reference: NodeID?
      var hasMore = false
      document.forEachMember(of: node) { key, value in
        switch Keyword(rawValue: document.text(of: key)) {
        case .ref?: reference = document.resolved(value)
        case nil: break
        case .some: hasMore = true
        }
      }
      guard !hasMore, let reference, let target = target(of: reference) else { return node }
      node = target
    }
    return node
  }

  private mutating func add(
    name: [UInt8], groups: SchemaGroups, shape: Int, flags: Attribute.Flags, parent: Int
  ) {
    var flags = flags
    var description: [UInt8] = []
    for node in groups.joined() {
      document.forEachMember(of: node) { key, value in
        switch document.text(of: key) {
        case "description": if description.isEmpty, document[value].kind == .string { description = bytes(value) }
        case "deprecated": if document[value].kind == .true { flags.insert(.isDeprecated) }
        case "readOnly": if document[value].kind == .true { flags.insert(.isReadOnly) }
        case "writeOnly": if document[value].kind == .true { flags.insert(.isWriteOnly) }
        default: break
        }
      }
    }
    table.add(shape: shape, name: name, description: description, flags: flags, parent: parent)
  }

  // MARK: - Shapes

  private mutating func fill(_ shape: Int, _ groups: SchemaGroups, at attribute: Int, withType hasType: Bool) {
    remainingParts = Self.partLimit
    isOverLimit = false
    var summary = SchemaSummary()
    for group in groups {
      var alternatives: [SchemaSummary] = []
      for node in group { alternatives.append(self.summary(of: node)) }
      summary.formIntersection(.union(alternatives))
    }
    if isOverLimit || table.entries.count > Self.attributeLimit { summary = SchemaSummary() }
    if hasType, summary.property(Array("type".utf8)) == nil, !isOverLimit {
      summary.set(SchemaSummary.Property(name: Array("type".utf8), groups: []))
      table.shapes[shape] = made(of: summary, at: attribute)
      makeTypeAttribute(of: shape)
    } else {
      table.shapes[shape] = made(of: summary, at: attribute)
    }
  }

  /// Makes `type` a string: the evaluation finds the resource's type there, so that it is never absent.
  private mutating func makeTypeAttribute(of shape: Int) {
    guard table.shapes[shape].kind == .object else { return }
    for member in table.shapes[shape].members where table.name(of: member) == "type" {
      var text = AttributeTable.Shape()
      text.kind = .string
      table.shapes.append(text)
      table.setShape(table.shapes.count - 1, of: member)
      table.formFlags([.isRequired, .isImplicit], of: member)
    }
  }

  private mutating func made(of summary: SchemaSummary, at attribute: Int) -> AttributeTable.Shape {
    var shape = AttributeTable.Shape()
    shape.kind = kind(of: summary)
    shape.choices = summary.choices ?? []
    shape.bounds = summary.bounds
    shape.format = summary.format
    shape.allowsNull = summary.kinds.contains(.null) && summary.choices?.contains(.null) != false
    switch shape.kind {
    case .dyn, .bool, .int, .double, .string: break
    case .list:
      if !summary.items.isEmpty { shape.members = addElement(summary.items, parent: attribute) }
    case .map:
      if !summary.others.isEmpty, summary.openness != .open {
        shape.members = addElement([summary.others], parent: attribute, flags: [])
      }
    case .object:
      let first = table.entries.count
      for property in summary.properties {
        let flags: Attribute.Flags = summary.required.contains(property.name) ? .isRequired : []
        let shape = self.shape(of: property.groups, at: table.entries.count)
        add(name: property.name, groups: property.groups, shape: shape, flags: flags, parent: attribute)
      }
      shape.members = first..<table.entries.count
      shape.isOpen = summary.openness == .open
      if !summary.others.isEmpty, !shape.isOpen {
        shape.others = addElement([summary.others], parent: attribute, flags: []).lowerBound
      }
    }
    return shape
  }

  private mutating func addElement(
    _ groups: SchemaGroups, parent: Int, flags: Attribute.Flags = .isRequired
  ) -> Range<Int> {
    let place = table.entries.count
    let shape = shape(of: groups, at: place)
    add(name: [], groups: groups, shape: shape, flags: flags, parent: parent)
    return place..<place + 1
  }

  /// What the values are, when they are of one kind; null does not count, since every attribute may be absent.
  private func kind(of summary: SchemaSummary) -> AttributeKind {
    let kinds = summary.kinds.subtracting(.null)
    if kinds == SchemaKinds.all.subtracting(.null) { return inferredKind(of: summary) }
    switch kinds {
    case .bool: return .bool
    case .int: return .int
    case .number, .fraction: return .double
    case .string: return .string
    case .list: return .list
    case .object:
      let isEmptyObject = summary.openness == .closed && summary.others.isEmpty
      return summary.properties.isEmpty && !isEmptyObject ? .map : .object
    default: return .dyn
    }
  }

  /// What a schema without `type` is of, by what else it says.
  private func inferredKind(of summary: SchemaSummary) -> AttributeKind {
    if !summary.properties.isEmpty { return summary.items.isEmpty ? .object : .dyn }
    if !summary.items.isEmpty { return .list }
    guard let choices = summary.choices?.filter({ $0 != .null }), let first = choices.first?.kind,
      choices.allSatisfy({ $0.kind == first })
    else { return .dyn }
    return first
  }

  // MARK: - Lists of properties

  /// Marks the properties that the schema lists, such as `/properties/A/B`.
  ///
  /// A definition may be used at several places and listed at one: only those are marked that stand at one place.
  private mutating func mark(_ keyword: String, _ flag: Attribute.Flags) {
    var pointers: [[UInt8]] = []
    document.forEachMember(of: root) { key, value in
      guard document.text(of: key) == keyword else { return }
      document.forEachElement(of: document.resolved(value)) {
        if document[$1].kind == .string { pointers.append(bytes($1)) }
      }
    }
    guard !pointers.isEmpty else { return }
    var uses = [Int](repeating: 0, count: table.shapes.count)
    for entry in table.entries { uses[entry.shape] += 1 }
    for pointer in pointers {
      let parts = pointer.split(separator: UInt8(ascii: "/")).map(Array.init)
      guard parts.first == Array("properties".utf8) else { continue }
      if let attribute = attribute(at: parts.dropFirst(), uses) { table.formFlags(flag, of: attribute) }
    }
  }

  private func attribute(at parts: ArraySlice<[UInt8]>, _ uses: [Int]) -> Int? {
    var place = 0
    for part in parts {
      guard uses[table.entries[place].shape] == 1 else { return nil }
      if part == Array("*".utf8) || part == Array("items".utf8) || part == Array("[]".utf8) {
        guard let element = table.element(of: place) else { return nil }
        place = element
        continue
      }
      if table.kind(of: place) == .list, let element = table.element(of: place) {
        guard uses[table.entries[element].shape] == 1 else { return nil }
        place = element
      }
      guard case .attribute(let member) = table.member(part, in: part.indices, of: place) else {
        if part == Array("properties".utf8) { continue }
        return nil
      }
      place = member
    }
    return place > 0 ? place : nil
  }
}

extension AttributeChoice {
  /// What it is a value of.
  fileprivate var kind: AttributeKind {
    switch self {
    case .string: .string
    case .int: .int
    case .double: .double
    case .bool: .bool
    case .null: .dyn
    }
  }
}

/// The types of the attributes that an environment's variables have, made as they are met.
struct AttributeTypes: Sendable {
  /// By the variable's place in the environment; `nil` where nothing is known of its members.
  private let tables: [AttributeTable?]
  /// What was made before, by variable and attribute; `unknown` until then.
  private var made: [[TypeID]]

  init(_ environment: Environment) {
    let tables = environment.variables.prefix(AttributeID.sourceLimit).map(\.attributes)
    self.tables = tables.contains { $0 != nil } ? Array(tables) : []
    made = self.tables.map { [TypeID](repeating: .unknown, count: $0?.entries.count ?? 0) }
  }

  var hasTables: Bool { !tables.isEmpty }

  /// The table of a variable; `nil` where nothing is known of its members.
  func table(of source: Int) -> AttributeTable? { tables.indices.contains(source) ? tables[source] : nil }

  /// Forgets the types from the one at `count` on.
  mutating func truncate(to count: Int) {
    for source in made.indices {
      for index in made[source].indices where made[source][index] != .unknown && made[source][index].index >= count {
        made[source][index] = .unknown
      }
    }
  }

  /// The type of an attribute.
  mutating func type(of attribute: AttributeID, in types: inout TypeTable) -> TypeID {
    guard let table = table(of: attribute.source), table.entries.indices.contains(attribute.index) else { return .dyn }
    let known = made[attribute.source][attribute.index]
    if known != .unknown { return known }
    let type = Self.type(of: attribute.index, of: attribute.source, table, in: &types, depth: 0)
    made[attribute.source][attribute.index] = type
    return type
  }

  /// Lists of lists may go on for ever: `{"items": {"$ref": "#"}}`.
  private static let nestingLimit = 8

  /// The type of an attribute of a variable.
  ///
  /// An object is a map to those that look at it as a whole; its members are found by the attribute that its type bears.
  static func type(
    of index: Int, of source: Int, _ table: AttributeTable, in types: inout TypeTable, depth: Int = 0
  ) -> TypeID {
    let attribute = AttributeID(index, of: source)
    func element(_ types: inout TypeTable) -> TypeID {
      guard depth < nestingLimit, let element = table.element(of: index) else { return .dyn }
      return type(of: element, of: source, table, in: &types, depth: depth + 1)
    }
    switch table.kind(of: index) {
    case .dyn: return .dyn
    case .bool: return types.attribute(attribute, .bool)
    case .int: return types.attribute(attribute, .int)
    case .double: return types.attribute(attribute, .double)
    case .string: return types.attribute(attribute, .string)
    case .list: return types.attribute(attribute, .list, [element(&types)])
    case .map: return types.attribute(attribute, .map, [.string, element(&types)])
    case .object: return types.attribute(attribute, .map, [.string, .dyn])
    }
  }
}

// MARK: - Members

extension Checker {
  /// The type of a member of an attribute, which a range of some bytes names; `nil` when there is no such member.
  mutating func memberType(
    _ bytes: [UInt8], in range: Range<Int>, of owner: AttributeID, at id: UInt32, operand: TypeID
  ) -> TypeID? {
    guard let table = attributes.table(of: owner.source) else { return substitution.table.second(operand) }
    switch table.member(bytes, in: range, of: owner.index) {
    case .attribute(let index):
      let attribute = AttributeID(index, of: owner.source)
      references[Int(id)] = .attribute(attribute)
      return attributes.type(of: attribute, in: &substitution.table)
    case .unknown: return substitution.table.second(operand)
    case .none: return nil
    }
  }
}

// MARK: - What the last tree's nodes are

extension Checker {
  /// The attribute that an expression of the last tree reads, however it is reached: by selection or index, through a
  /// loop variable, `variables`, `cel.bind` or a list; `nil` when it reads none or may read one of several.
  package mutating func attribute(of id: ExpressionID) -> AttributeID? {
    guard id.index < types.count, types[id.index] != .unknown else { return nil }
    let type = substitution.resolved(types[id.index], isFinal: true)
    if let attribute = substitution.table.attribute(type) { return attribute == .some ? nil : attribute }
    // What has no type has no attribute in it either.
    return type == .dyn ? references.attribute(of: id) : nil
  }

  /// Whether an expression of the last tree reads some attribute, known or not.
  package mutating func readsAttribute(_ id: ExpressionID) -> Bool {
    guard id.index < types.count, types[id.index] != .unknown else { return false }
    let type = substitution.resolved(types[id.index], isFinal: true)
    return substitution.table.attribute(type) != nil || type == .dyn && references.attribute(of: id) != nil
  }
}

/// The types of all names that an environment declares: variables, with and without dots, constants, and types.
struct NameTypes: Sendable {
  private let variables: DeclaredNames
  private let variableTypes: [TypeID]
  private let constants: DeclaredNames
  private let constantTypes: [TypeID]
  private let typeNames: DeclaredNames
  private let typeValues: [TypeID]
  let records: RecordTable
  private let standard: StandardNames
  /// The first parts of declared names with dots.
  private let qualifiers: DeclaredNames
  /// No name has more parts.
  let partLimit: Int
  /// The namespace in which names are looked up first, and its outer ones, the innermost first, each with its dot.
  let containers: [[UInt8]]
  /// The variable whose members are known, by its place among the variables.
  let memberSource: Int?
  let members: DeclaredNames?
  private var memberTypes: [TypeID]

  /// Lays out what an environment declares, and adds its types to a table.
  init(_ environment: Environment, _ standard: StandardNames, types table: inout TypeTable) {
    var parameters: [String] = []
    variables = DeclaredNames(environment.variables.map(\.name))
    var variableTypes: [TypeID] = []
    for (source, variable) in environment.variables.enumerated() {
      if let attributes = variable.attributes, source < AttributeID.sourceLimit, !attributes.entries.isEmpty {
        variableTypes.append(AttributeTypes.type(of: 0, of: source, attributes, in: &table))
      } else {
        variableTypes.append(table.id(of: variable.type, parameters: &parameters))
      }
    }
    self.variableTypes = variableTypes
    self.standard = standard
    // CEL's own constant, the first, is among the standard names.
    constants = DeclaredNames(environment.constants.dropFirst().map(\.name))
    constantTypes = environment.constants.dropFirst().map { table.id(of: $0.type, parameters: &parameters) }
    typeNames = DeclaredNames(environment.types.map(\.name))
    typeValues = environment.types.map { table.id(of: .type($0.value), parameters: &parameters) }
    records =
      environment.types.isEmpty
      ? standard.records : RecordTable(environment.types + RecordType.wellKnown, types: &table)
    var qualifiers: [String] = []
    var partLimit = StandardNames.partLimit
    let names = environment.names + environment.functions.map(\.name)
    for name in names where name.utf8.contains(UInt8(ascii: ".")) {
      let parts = name.utf8.split(separator: UInt8(ascii: "."))
      partLimit = max(partLimit, parts.count)
      if let first = parts.first { qualifiers.append(String(Substring(first))) }
    }
    self.qualifiers = DeclaredNames(qualifiers)
    self.partLimit = min(partLimit, Self.partCountLimit)
    containers = Self.containers(environment.container)
    memberSource = environment.variables.firstIndex { $0.members != nil }
    members = memberSource.flatMap { environment.variables[$0].members }
    memberTypes = [TypeID](repeating: .dyn, count: members?.count ?? 0)
  }

  /// Longer names are not looked for, so that a chain of selections of any length takes linear time.
  static let partCountLimit = 16

  private static func containers(_ name: String) -> [[UInt8]] {
    var bytes = Array(name.utf8)
    var containers: [[UInt8]] = []
    while !bytes.isEmpty {
      containers.append(bytes + [UInt8(ascii: ".")])
      while let last = bytes.popLast(), last != UInt8(ascii: ".") {}
    }
    return containers
  }

  mutating func setMemberType(at index: Int, to type: TypeID) {
    if memberTypes.indices.contains(index) { memberTypes[index] = type }
  }

  /// What a name that stands alone or has dots is; containers are the caller's to try.
  @inline(__always)
  func facts(_ text: [UInt8], in range: Range<Int>) -> NameFacts {
    var facts = standard.facts(text, in: range) ?? NameFacts()
    facts.isKnown = true
    if let (type, reference) = ownDeclaration(of: text, in: range) {
      facts.type = type
      facts.reference = reference
    }
    if qualifiers.index(of: text, in: range) != nil { facts.isQualifier = true }
    return facts
  }

  /// The variable, constant or type of that name.
  func declaration(of text: [UInt8]) -> (type: TypeID, reference: ReferenceEntry)? {
    if let own = ownDeclaration(of: text, in: text.indices) { return own }
    guard let facts = standard.facts(text, in: text.indices), facts.type != .unknown else { return nil }
    return (facts.type, facts.reference)
  }

  @inline(__always)
  private func ownDeclaration(
    of text: [UInt8], in range: Range<Int>
  ) -> (type: TypeID, reference: ReferenceEntry)? {
    if let place = variables.index(of: text, in: range) { return (variableTypes[place], .variable(place)) }
    if let place = constants.index(of: text, in: range) { return (constantTypes[place], .constant(place + 1)) }
    if let place = typeNames.index(of: text, in: range) { return (typeValues[place], .typeName) }
    return nil
  }

  /// The type of the member at a place of `members`.
  func memberType(at index: Int) -> TypeID { memberTypes[index] }

  /// The record type of that name, by its place, from the innermost namespace outwards; `nil` when there is none.
  func record(_ name: ArraySlice<UInt8>, isAbsolute: Bool) -> Int? {
    if !isAbsolute {
      for container in containers {
        if let place = records.place(of: container + name) { return place }
      }
    }
    return records.place(of: Array(name))
  }
}

/// What a name of a tree is, where it stands alone.
struct NameFacts: Sendable {
  /// The type of the variable or type of that name; `unknown` when nothing of that name is declared.
  var type = TypeID.unknown
  var reference = ReferenceEntry.none
  var isKnown = false
  /// Whether it is the first part of declared names with dots.
  var isQualifier = false
  /// Whether it is the first part of functions' names.
  var isNamespace = false
  /// The function of that name, by its place in the table; -1 when there is none, -2 until it was looked for.
  var function: Int32 = -2
}

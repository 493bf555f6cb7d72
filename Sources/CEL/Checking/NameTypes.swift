/// The types of all names that an environment declares: variables, with and without dots, and the names of types.
struct NameTypes: Sendable {
  private let variables: DeclaredNames
  private let variableTypes: [TypeID]
  private let standard: StandardNames
  /// The first parts of variables' names with dots.
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
    variableTypes = environment.variables.map { table.id(of: $0.type, parameters: &parameters) }
    self.standard = standard
    var qualifiers: [String] = []
    var partLimit = StandardNames.partLimit
    for variable in environment.variables where variable.name.utf8.contains(UInt8(ascii: ".")) {
      let parts = variable.name.utf8.split(separator: UInt8(ascii: "."))
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
  private static let partCountLimit = 16

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
  func facts(_ text: [UInt8], in range: Range<Int>) -> NameFacts {
    var facts = standard.facts(text, in: range) ?? NameFacts()
    facts.isKnown = true
    if let place = variables.index(of: text, in: range) {
      facts.type = variableTypes[place]
      facts.reference = .variable(place)
    }
    if qualifiers.index(of: text, in: range) != nil { facts.isQualifier = true }
    return facts
  }

  /// The variable, constant or type of that name.
  func declaration(of text: [UInt8]) -> (type: TypeID, reference: ReferenceEntry)? {
    if let place = variables.index(of: text, in: text.indices) { return (variableTypes[place], .variable(place)) }
    guard let facts = standard.facts(text, in: text.indices), facts.type != .unknown else { return nil }
    return (facts.type, facts.reference)
  }

  /// The type of the member at a place of `members`.
  func memberType(at index: Int) -> TypeID { memberTypes[index] }

  /// The type of a message that is constructed; `dyn` for all that are not well-known.
  func messageType(_ name: ArraySlice<UInt8>) -> TypeID {
    for container in containers {
      if let type = standard.messageType(container + name) { return type }
    }
    return standard.messageType(Array(name)) ?? .dyn
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

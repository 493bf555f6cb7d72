/// The types of all names that an environment declares: variables, with and without dots, and the names of types.
struct NameTypes: Sendable {
  let names: DeclaredNames
  private let types: [TypeID]
  /// The first parts of names with dots.
  let qualifiers: DeclaredNames
  /// No name has more parts.
  let partLimit: Int
  /// The namespace in which names are looked up first, and its outer ones, the innermost first, each with its dot.
  let containers: [[UInt8]]
  /// The variable whose members are known, and those.
  let memberSource: Int?
  let members: DeclaredNames?
  private var memberTypes: [TypeID]
  /// Names of well-known messages, and their types.
  private let messages: DeclaredNames
  private let messageTypes: [TypeID]

  /// Nothing is declared.
  init() {
    names = DeclaredNames([])
    types = []
    qualifiers = DeclaredNames([])
    partLimit = 0
    containers = []
    memberSource = nil
    members = nil
    memberTypes = []
    messages = DeclaredNames([])
    messageTypes = []
  }

  /// Lays out what an environment declares, and adds its types to a table.
  init(_ environment: Environment, types table: inout TypeTable) {
    var names: [String] = []
    var types: [TypeID] = []
    var parameters: [String] = []
    for variable in environment.variables {
      names.append(variable.name)
      types.append(table.id(of: variable.type, parameters: &parameters))
    }
    for (name, type) in Self.typeNames {
      names.append(name)
      types.append(table.id(of: .type(type), parameters: &parameters))
    }
    names.append("google.protobuf.NullValue.NULL_VALUE")
    types.append(.dyn)
    var qualifiers: [String] = []
    var partLimit = 1
    for name in names {
      let parts = name.utf8.split(separator: UInt8(ascii: "."))
      partLimit = max(partLimit, parts.count)
      if parts.count > 1 { qualifiers.append(String(parts[0]) ?? "") }
    }
    self.names = DeclaredNames(names)
    self.types = types
    self.qualifiers = DeclaredNames(qualifiers)
    self.partLimit = min(partLimit, 16)
    containers = Self.containers(environment.container)
    let source = environment.variables.firstIndex { $0.members != nil }
    memberSource = source
    members = source.flatMap { environment.variables[$0].members }
    memberTypes = [TypeID](repeating: .dyn, count: members?.count ?? 0)
    messages = DeclaredNames(Self.messages.map(\.name))
    messageTypes = Self.messages.map { table.id(of: $0.type, parameters: &parameters) }
  }

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

  /// The type of the declaration at a place of `names`.
  func type(at index: Int) -> TypeID { types[index] }

  /// The type of the member at a place of `members`.
  func memberType(at index: Int) -> TypeID { memberTypes[index] }

  /// The type of a message that is constructed; `dyn` for all that are not well-known.
  func messageType(_ name: String, types: inout TypeTable) -> TypeID {
    for container in containers.map({ String(decoding: $0, as: UTF8.self) }) + [""] {
      if let index = messages.index(of: container + name) { return messageTypes[index] }
    }
    return .dyn
  }

  /// The names that stand for types, and those (cel-spec, "Values").
  private static let typeNames: [(name: String, type: CELType)] =
    [
      ("bool", .bool), ("int", .int), ("uint", .uint), ("double", .double), ("string", .string), ("bytes", .bytes),
      ("list", .list(.dyn)), ("map", .map(.dyn, .dyn)), ("null_type", .null), ("type", .type(.dyn)), ("dyn", .dyn),
      ("optional_type", .optional(.dyn)), ("net.IP", .abstract("net.IP", [])), ("net.CIDR", .abstract("net.CIDR", [])),
      ("google.protobuf.NullValue", .dyn), ("google.protobuf.FieldMask", .dyn), ("google.protobuf.Empty", .dyn),
    ] + messages

  /// The well-known messages, which CEL takes for values of its own types.
  private static let messages: [(name: String, type: CELType)] = [
    ("google.protobuf.Timestamp", .timestamp), ("google.protobuf.Duration", .duration),
    ("google.protobuf.Any", .any), ("google.protobuf.Struct", .map(.string, .dyn)), ("google.protobuf.Value", .dyn),
    ("google.protobuf.ListValue", .list(.dyn)), ("google.protobuf.BoolValue", .wrapper(.bool)),
    ("google.protobuf.BytesValue", .wrapper(.bytes)), ("google.protobuf.DoubleValue", .wrapper(.double)),
    ("google.protobuf.FloatValue", .wrapper(.double)), ("google.protobuf.Int32Value", .wrapper(.int)),
    ("google.protobuf.Int64Value", .wrapper(.int)), ("google.protobuf.StringValue", .wrapper(.string)),
    ("google.protobuf.UInt32Value", .wrapper(.uint)), ("google.protobuf.UInt64Value", .wrapper(.uint)),
  ]
}

/// What a name of a tree is, where it stands alone.
struct NameFacts: Sendable {
  /// The type of the variable or type of that name; `unknown` when nothing of that name is declared.
  var type = TypeID.unknown
  var isKnown = false
  /// Whether it is the first part of declared names with dots.
  var isQualifier = false
  /// Whether it is the first part of functions' names.
  var isNamespace = false
  /// Whether it is the variable whose members are known.
  var isMemberSource = false
}

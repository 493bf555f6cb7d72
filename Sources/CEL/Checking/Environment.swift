/// What a condition may refer to: variables, names of types, and the namespaces of functions.
package struct Environment: Sendable {
  /// What a name that stands alone can be.
  struct Meaning: OptionSet {
    let rawValue: UInt8

    /// A value of its own: a variable or the name of a type.
    static let value = Meaning(rawValue: 1)
    /// A variable whose members are known.
    static let hasKnownMembers = Meaning(rawValue: 2)
    /// The first part of a dotted name, as `google` is of `google.protobuf.Timestamp`.
    static let qualifier = Meaning(rawValue: 4)
    /// What functions are called on that is no value, as `math` in `math.abs(x)`.
    static let namespace = Meaning(rawValue: 8)
    /// The same of names that are looked up in the container, which absolute names are not.
    static let containedValue = Meaning(rawValue: 16)
    static let containedQualifier = Meaning(rawValue: 32)
    static let containedNamespace = Meaning(rawValue: 64)

    /// What it is where the container counts, and where it does not.
    func seen(fromContainer isContained: Bool) -> Meaning {
      guard isContained, rawValue > 15 else { return self }
      return Meaning(rawValue: rawValue | (rawValue & 16) >> 4 | (rawValue & 96) >> 3)
    }
  }

  /// The variables, in the order in which they are offered for a misspelt name.
  package private(set) var variables: [VariableDeclaration]
  /// The functions beside those that CEL itself declares.
  package let functions: [FunctionDeclaration]
  /// The record types beside those that CEL itself declares.
  package let types: [RecordType]
  /// The constants, CEL's own `google.protobuf.NullValue.NULL_VALUE` first.
  package let constants: [ConstantDeclaration]
  /// The namespace in which names are looked up first: in `a.b`, `x` is `a.b.x`, else `a.x`, else `x`.
  package let container: String
  /// Names with dots that are values: variables, constants and types.
  let dottedNames: DeclaredNames
  /// The rest of those names, with dots or without, that start with the container or a namespace around it.
  let containedNames: DeclaredNames
  /// No name with dots has more parts.
  let partLimit: Int
  let namespaces: DeclaredNames
  /// The names of functions with two dots or more, as they may be spelt from the container too.
  let deepFunctions: DeclaredNames
  private let meaningNames: DeclaredNames
  private let meanings: [Meaning]
  /// The record types as evaluations use them.
  package let records: RecordLayouts

  /// An environment of these variables and all that CEL itself declares.
  package init(
    _ variables: [VariableDeclaration], functions: [FunctionDeclaration] = [], container: String = "",
    types: [RecordType] = [], constants: [ConstantDeclaration] = []
  ) {
    self.variables = variables
    self.functions = functions
    self.types = types
    records = types.isEmpty ? .standard : RecordLayouts(types)
    self.constants = [ConstantDeclaration(StandardNames.nullValue, type: .dyn)] + constants
    self.container = container
    var meanings: [String: Meaning] = [:]
    for variable in variables {
      meanings[variable.name, default: []].formUnion(variable.members == nil ? .value : [.value, .hasKnownMembers])
    }
    let names = variables.map(\.name) + constants.map(\.name) + types.map(\.name)
    for name in names + Self.typeNames { meanings[name, default: []].formUnion(.value) }
    let dotted = Self.dottedTypeNames + names.filter { $0.utf8.contains(UInt8(ascii: ".")) }
    dottedNames = DeclaredNames(dotted)
    for name in dotted { meanings[Self.firstPart(of: name), default: []].formUnion(.qualifier) }
    let namespaced = functions.map(\.name).filter { $0.utf8.contains(UInt8(ascii: ".")) }
    namespaces = DeclaredNames(Self.functionNamespaces + namespaced.map { Self.firstPart(of: $0) })
    for name in namespaces.names { meanings[name, default: []].formUnion(.namespace) }
    let contained = Self.contained(dotted, in: container)
    containedNames = DeclaredNames(contained)
    for name in contained {
      let isWhole = !name.utf8.contains(UInt8(ascii: "."))
      meanings[Self.firstPart(of: name), default: []].formUnion(isWhole ? .containedValue : .containedQualifier)
    }
    let containedFunctions = Self.contained(namespaced, in: container)
    let deep = (namespaced + containedFunctions).filter { Self.dotCount(of: $0) > 1 }
    deepFunctions = DeclaredNames(deep)
    for name in containedFunctions where name.utf8.contains(UInt8(ascii: ".")) {
      meanings[Self.firstPart(of: name), default: []].formUnion(.containedNamespace)
    }
    let partCount = (dotted + deep).reduce(0) { max($0, Self.dotCount(of: $1) + 1) }
    partLimit = min(partCount, NameTypes.partCountLimit)
    // Sorted, so that two environments of the same declarations are the same in memory too.
    let known = meanings.sorted { $0.key < $1.key }
    meaningNames = DeclaredNames(known.map(\.key))
    self.meanings = known.map(\.value)
  }

  /// The names of all variables, constants and record types that it adds to CEL's own.
  var names: [String] { variables.map(\.name) + constants.dropFirst().map(\.name) + types.map(\.name) }

  /// What a policy's conditions may refer to.
  ///
  /// - Parameters:
  ///   - variables: The names under `variables`, in their order.
  ///   - attributes: What is known of the members of `resource`, `principal`, `request` and `context`, by their names.
  /// - Returns: An environment in which all of them are visible.
  package static func policy(
    variables: some Collection<String> = [], attributes: [String: AttributeTable] = [:]
  ) -> Environment {
    Environment(
      ["resource", "principal", "request", "context"].map { VariableDeclaration($0, attributes: attributes[$0]) } + [
        VariableDeclaration("now", type: .timestamp), VariableDeclaration("variables", members: variables),
      ])
  }

  /// Says how many members of a variable, from the first, are declared where the next condition stands.
  package mutating func setVisibleMemberCount(_ count: Int, of name: String) {
    for index in variables.indices where variables[index].name == name { variables[index].visibleMemberCount = count }
  }

  /// What the name that a range of some bytes spells can be; empty when it is not declared.
  func meaning(of text: [UInt8], in range: Range<Int>) -> Meaning {
    meaningNames.index(of: text, in: range).map { meanings[$0] } ?? []
  }

  private static func firstPart(of name: String) -> String {
    name.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
  }

  private static func dotCount(of name: String) -> Int { name.utf8.reduce(0) { $1 == UInt8(ascii: ".") ? $0 + 1 : $0 } }

  /// What is left of names that start with a namespace or one around it.
  private static func contained(_ names: [String], in container: String) -> [String] {
    var contained: [String] = []
    var prefix = Substring(container)
    while !prefix.isEmpty {
      contained += names.filter { $0.hasPrefix(prefix + ".") }.map { String($0.dropFirst(prefix.count + 1)) }
      prefix = prefix.lastIndex(of: ".").map { prefix[..<$0] } ?? ""
    }
    return contained
  }

  /// The names of types (cel-spec, "Values"); `dyn` and `any` are names of the checker's.
  private static let typeNames = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "dyn", "optional_type",
  ]

  /// The well-known message types, which CEL takes for values of its own, the extension libraries' types, and the one
  /// constant among them.
  private static let dottedTypeNames =
    [
      "Timestamp", "Duration", "Any", "Struct", "Value", "ListValue", "NullValue", "NullValue.NULL_VALUE", "BoolValue",
      "BytesValue", "DoubleValue", "FloatValue", "Int32Value", "Int64Value", "StringValue", "UInt32Value",
      "UInt64Value",
      "FieldMask", "Empty",
    ].map { "google.protobuf.\($0)" } + ["net.IP", "net.CIDR"]

  /// The namespaces of the standard macros' and the extension libraries' functions.
  private static let functionNamespaces = [
    "cel", "math", "strings", "lists", "sets", "base64", "optional", "ip", "cidr", "regex", "proto",
  ]
}

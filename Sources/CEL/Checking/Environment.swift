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
  }

  /// The variables, in the order in which they are offered for a misspelt name.
  package private(set) var variables: [VariableDeclaration]
  /// The functions beside those that CEL itself declares.
  package let functions: [FunctionDeclaration]
  /// The constants, CEL's own `google.protobuf.NullValue.NULL_VALUE` first.
  package let constants: [ConstantDeclaration]
  /// The namespace in which names are looked up first: in `a.b`, `x` is `a.b.x`, else `a.x`, else `x`.
  package let container: String
  /// Names with dots that are values, all of them of types and constants that CEL knows.
  let dottedNames: DeclaredNames
  let namespaces: DeclaredNames
  private let names: DeclaredNames
  private let meanings: [Meaning]

  /// An environment of these variables and all that CEL itself declares.
  package init(
    _ variables: [VariableDeclaration], functions: [FunctionDeclaration] = [], container: String = "",
    constants: [ConstantDeclaration] = []
  ) {
    self.variables = variables
    self.functions = functions
    self.constants = [ConstantDeclaration(StandardNames.nullValue, type: .dyn)] + constants
    self.container = container
    dottedNames = DeclaredNames(Self.dottedTypeNames)
    namespaces = DeclaredNames(Self.functionNamespaces)
    var meanings: [String: Meaning] = [:]
    for variable in variables {
      meanings[variable.name, default: []].formUnion(variable.members == nil ? .value : [.value, .hasKnownMembers])
    }
    for name in Self.typeNames { meanings[name, default: []].formUnion(.value) }
    for name in Self.dottedTypeNames {
      meanings[String(name.prefix { $0 != "." }), default: []].formUnion(.qualifier)
    }
    for name in Self.functionNamespaces { meanings[name, default: []].formUnion(.namespace) }
    // Sorted, so that two environments of the same declarations are the same in memory too.
    let known = meanings.sorted { $0.key < $1.key }
    names = DeclaredNames(known.map(\.key))
    self.meanings = known.map(\.value)
  }

  /// What a policy's conditions may refer to.
  ///
  /// - Parameter variables: The names under `variables`, in their order.
  /// - Returns: An environment in which all of them are visible.
  package static func policy(variables: some Collection<String> = []) -> Environment {
    Environment(
      ["resource", "principal", "request", "context"].map { VariableDeclaration($0) } + [
        VariableDeclaration("now", type: .timestamp), VariableDeclaration("variables", members: variables),
      ])
  }

  /// Says how many members of a variable, from the first, are declared where the next condition stands.
  package mutating func setVisibleMemberCount(_ count: Int, of name: String) {
    for index in variables.indices where variables[index].name == name { variables[index].visibleMemberCount = count }
  }

  /// What the name that a range of some bytes spells can be; empty when it is not declared.
  func meaning(of text: [UInt8], in range: Range<Int>) -> Meaning {
    names.index(of: text, in: range).map { meanings[$0] } ?? []
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

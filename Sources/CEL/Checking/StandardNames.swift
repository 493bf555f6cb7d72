/// The names of types that CEL itself declares (cel-spec, "Values").
struct StandardNames: Sendable {
  private let names: DeclaredNames
  private let types: [TypeID]
  private let messages: DeclaredNames
  private let messageTypes: [TypeID]
  /// The first parts of names with dots.
  let qualifiers: DeclaredNames

  /// The names' greatest number of parts.
  static let partLimit = 4

  /// Lays the names out, and adds their types to a table.
  init(types table: inout TypeTable) {
    var parameters: [String] = []
    names = DeclaredNames(Self.typeNames.map(\.name) + ["google.protobuf.NullValue.NULL_VALUE"])
    types = Self.typeNames.map { table.id(of: .type($0.type), parameters: &parameters) } + [.dyn]
    messages = DeclaredNames(Self.wellKnownMessages.map(\.name))
    messageTypes = Self.wellKnownMessages.map { table.id(of: $0.type, parameters: &parameters) }
    qualifiers = DeclaredNames(["google", "net"])
  }

  /// The type of what a name refers to, which is the type of a type.
  func type(of text: [UInt8], in range: Range<Int>) -> TypeID? { names.index(of: text, in: range).map { types[$0] } }

  /// The type of a message that is constructed.
  func messageType(_ name: [UInt8]) -> TypeID? { messages.index(of: name, in: name.indices).map { messageTypes[$0] } }

  private static let typeNames: [(name: String, type: CELType)] =
    [
      ("bool", .bool), ("int", .int), ("uint", .uint), ("double", .double), ("string", .string), ("bytes", .bytes),
      ("list", .list(.dyn)), ("map", .map(.dyn, .dyn)), ("null_type", .null), ("type", .type(.dyn)), ("dyn", .dyn),
      ("optional_type", .optional(.dyn)), ("net.IP", .abstract("net.IP", [])), ("net.CIDR", .abstract("net.CIDR", [])),
      ("google.protobuf.NullValue", .dyn), ("google.protobuf.FieldMask", .dyn), ("google.protobuf.Empty", .dyn),
    ] + wellKnownMessages

  /// The well-known messages, which CEL takes for values of its own types.
  private static let wellKnownMessages: [(name: String, type: CELType)] = [
    ("google.protobuf.Timestamp", .timestamp), ("google.protobuf.Duration", .duration),
    ("google.protobuf.Any", .any), ("google.protobuf.Struct", .map(.string, .dyn)), ("google.protobuf.Value", .dyn),
    ("google.protobuf.ListValue", .list(.dyn)), ("google.protobuf.BoolValue", .wrapper(.bool)),
    ("google.protobuf.BytesValue", .wrapper(.bytes)), ("google.protobuf.DoubleValue", .wrapper(.double)),
    ("google.protobuf.FloatValue", .wrapper(.double)), ("google.protobuf.Int32Value", .wrapper(.int)),
    ("google.protobuf.Int64Value", .wrapper(.int)), ("google.protobuf.StringValue", .wrapper(.string)),
    ("google.protobuf.UInt32Value", .wrapper(.uint)), ("google.protobuf.UInt64Value", .wrapper(.uint)),
  ]
}

import CEL

/// The messages and enums of the published conformance suite, as far as checking needs them.
enum TestAllTypes {
  static let records: [RecordType] = ["cel.expr.conformance.proto2", "cel.expr.conformance.proto3"].flatMap {
    records(of: $0)
  }

  static let constants: [ConstantDeclaration] = ["cel.expr.conformance.proto2", "cel.expr.conformance.proto3"]
    .flatMap { package in
      ["GlobalEnum.GOO", "GlobalEnum.GAR", "GlobalEnum.GAZ"].map { "\(package).\($0)" }
        + ["FOO", "BAR", "BAZ"].map { "\(package).TestAllTypes.NestedEnum.\($0)" }
    }.map { ConstantDeclaration($0, type: .int) }

  /// The conversions to enums, which are functions with the enums' names.
  static let conversions: [FunctionDeclaration] = ["cel.expr.conformance.proto2", "cel.expr.conformance.proto3"]
    .flatMap { ["\($0).GlobalEnum", "\($0).TestAllTypes.NestedEnum"] }
    .map { FunctionDeclaration($0, [Overload($0, [.int], .int), Overload($0, [.string], .int)]) }

  private static let scalars: [(name: String, type: CELType)] =
    ["int32", "int64", "sint32", "sint64", "sfixed32", "sfixed64"].map { ($0, .int) }
    + ["uint32", "uint64", "fixed32", "fixed64"].map { ($0, .uint) }
    + [("float", .double), ("double", .double), ("bool", .bool), ("string", .string), ("bytes", .bytes)]

  private static let wellKnown: [(name: String, type: CELType)] = [
    ("any", .any), ("duration", .duration), ("timestamp", .timestamp), ("struct", .map(.string, .dyn)),
    ("value", .dyn), ("list_value", .list(.dyn)), ("null_value", .null), ("optional_null_value", .null),
    ("int64_wrapper", .wrapper(.int)), ("int32_wrapper", .wrapper(.int)), ("double_wrapper", .wrapper(.double)),
    ("float_wrapper", .wrapper(.double)), ("uint64_wrapper", .wrapper(.uint)), ("uint32_wrapper", .wrapper(.uint)),
    ("string_wrapper", .wrapper(.string)), ("bool_wrapper", .wrapper(.bool)), ("bytes_wrapper", .wrapper(.bytes)),
  ]

  private static let reserved = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while", "in", "true", "false", "null",
  ]

  private static func records(of package: String) -> [RecordType] {
    let nested = CELType.message("\(package).TestAllTypes.NestedMessage")
    let all = CELType.message("\(package).TestAllTypes")
    let tree = CELType.message("\(package).NestedTestAllTypes")
    let values = scalars + wellKnown + [("nested_enum", .int), ("nested_message", nested)]
    var fields: [(String, CELType)] = values.map { ("single_\($0.name)", $0.type) }
    fields += values.map { ("repeated_\($0.name)", .list($0.type)) }
    for key in ["bool", "int32", "int64", "uint32", "uint64", "string"] {
      let keyType = scalars.first { $0.name == key }?.type ?? .string
      fields += values.map { ("map_\(key)_\($0.name)", .map(keyType, $0.type)) }
    }
    fields += [
      ("standalone_enum", .int), ("standalone_message", nested), ("null_value", .null),
      ("optional_null_value", .null), ("list_value", .list(.dyn)), ("oneof_type", tree), ("oneof_msg", nested),
      ("oneof_bool", .bool),
    ]
    fields += reserved.map { ($0, .bool) }
    if package.hasSuffix("2") {
      fields += [
        ("int32_ext", .int), ("nested_ext", all), ("test_all_types_ext", all), ("nested_enum_ext", .int),
        ("repeated_test_all_types", .list(all)),
      ].map { ("\(package).\($0)", $1) }
      fields += [
        ("int64_ext", .int), ("message_scoped_nested_ext", all), ("nested_enum_ext", .int),
        ("message_scoped_repeated_test_all_types", .list(all)),
      ].map { ("\(package).Proto2ExtensionScopedMessage.\($0)", $1) }
    }
    return [
      RecordType("\(package).TestAllTypes", fields.map { RecordType.Field($0.0, $0.1) }),
      RecordType("\(package).TestAllTypes.NestedMessage", [RecordType.Field("bb", .int)]),
      RecordType(
        "\(package).NestedTestAllTypes", [RecordType.Field("child", tree), RecordType.Field("payload", all)]),
      RecordType("\(package).TestRequired", [RecordType.Field("required_int32", .int, hasPresence: true)]),
    ]
  }
}

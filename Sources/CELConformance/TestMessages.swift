package import CEL

/// The messages and enums of the suite (cel-spec, `proto/cel/expr/conformance/proto{2,3}/test_all_types.proto`).
package struct TestMessages: Sendable {
  package let types: [RecordType]
  package let constants: [ConstantDeclaration]
  /// The conversions to enums, which have the enums' names, and of enums to `int`.
  package let functions: [FunctionDeclaration]

  /// With enums that are ints, as CEL has them.
  package static let withEnumsAsInts = TestMessages(hasTypedEnums: false)
  /// With enums that are types of their own, which the suite tests apart.
  package static let withTypedEnums = TestMessages(hasTypedEnums: true)

  private init(hasTypedEnums: Bool) {
    let packages = [true, false].map { isProto2 in
      TestMessagePackage(
        "cel.expr.conformance.proto\(isProto2 ? 2 : 3)", isProto2: isProto2, hasTypedEnums: hasTypedEnums)
    }
    types = packages.flatMap(\.types)
    constants = packages.flatMap(\.constants)
    functions = packages.flatMap(\.conversions)
  }
}

/// One of the two packages, which differ in presence, defaults and extensions.
private struct TestMessagePackage {
  typealias Field = RecordType.Field

  let name: String
  /// Whether numbers, strings and the like have presence and defaults of their own.
  let isProto2: Bool
  let hasTypedEnums: Bool

  init(_ name: String, isProto2: Bool, hasTypedEnums: Bool) {
    self.name = name
    self.isProto2 = isProto2
    self.hasTypedEnums = hasTypedEnums
  }

  private var enums: [TestEnum] {
    [
      TestEnum(name: "\(name).GlobalEnum", values: ["GOO", "GAR", "GAZ"]),
      TestEnum(name: "\(name).TestAllTypes.NestedEnum", values: ["FOO", "BAR", "BAZ"]),
    ]
  }

  var constants: [ConstantDeclaration] { enums.flatMap { $0.constants(isTyped: hasTypedEnums) } }

  var conversions: [FunctionDeclaration] { hasTypedEnums ? enums.flatMap(\.conversions) : [] }

  var types: [RecordType] {
    var types = [
      RecordType("\(name).TestAllTypes", singular + repeated + maps + others + reservedNames + extensions),
      RecordType("\(name).TestAllTypes.NestedMessage", [field("bb", 1, .int32)]),
      RecordType(
        "\(name).NestedTestAllTypes", [Field("child", 1, nestedTestAllTypes), Field("payload", 2, testAllTypes)]),
    ]
    if isProto2 {
      types += [
        RecordType("\(name).TestRequired", [field("required_int32", 1, .int32)]),
        RecordType(
          "\(name).TestAllTypes.NestedGroup", [field("single_id", 404, .int32), field("single_name", 405, .string)]),
        RecordType("\(name).Proto2ExtensionScopedMessage", []),
      ]
    }
    return types
  }

  private var testAllTypes: FieldForm { .message("\(name).TestAllTypes") }
  private var nestedTestAllTypes: FieldForm { .message("\(name).NestedTestAllTypes") }
  private var nestedMessage: FieldForm { .message("\(name).TestAllTypes.NestedMessage") }

  private var nestedEnum: FieldForm { hasTypedEnums ? .typedEnumeration(enums[1].name) : .enumeration }

  private func field(_ name: String, _ number: Int, _ form: FieldForm, default value: CELValue? = nil) -> Field {
    Field(name, number, form, hasPresence: isProto2, default: isProto2 ? value : nil)
  }

  private static let scalars: [(name: String, form: FieldForm, default: CELValue?)] = [
    ("int32", .int32, .int(-32)), ("int64", .int64, .int(-64)), ("uint32", .uint32, .uint(32)),
    ("uint64", .uint64, .uint(64)), ("sint32", .sint32, nil), ("sint64", .sint64, nil), ("fixed32", .fixed32, nil),
    ("fixed64", .fixed64, nil), ("sfixed32", .sfixed32, nil), ("sfixed64", .sfixed64, nil),
    ("float", .float, .double(3)), ("double", .double, .double(6.4)), ("bool", .bool, .bool(true)),
    ("string", .string, .string("empty")), ("bytes", .bytes, .bytes(Array("none".utf8))),
  ]

  private static let wellKnown: [(name: String, form: FieldForm)] = [
    ("any", "Any"), ("duration", "Duration"), ("timestamp", "Timestamp"), ("struct", "Struct"), ("value", "Value"),
    ("int64_wrapper", "Int64Value"), ("int32_wrapper", "Int32Value"), ("double_wrapper", "DoubleValue"),
    ("float_wrapper", "FloatValue"), ("uint64_wrapper", "UInt64Value"), ("uint32_wrapper", "UInt32Value"),
    ("string_wrapper", "StringValue"), ("bool_wrapper", "BoolValue"), ("bytes_wrapper", "BytesValue"),
  ].map { ($0, .message("google.protobuf.\($1)")) }

  private static let listValue = FieldForm.message("google.protobuf.ListValue")

  private var singular: [Field] {
    Self.scalars.enumerated().map { field("single_\($1.name)", $0 + 1, $1.form, default: $1.default) }
      + Self.wellKnown.enumerated().map { Field("single_\($1.name)", $0 + 100, $1.form) }
      + [
        Field("list_value", 114, Self.listValue), field("null_value", 115, .null),
        Field("optional_null_value", 116, .null, hasPresence: true),
        Field("single_nested_message", 21, nestedMessage, oneof: "nested_type"),
        Field(
          "single_nested_enum", 22, nestedEnum, default: isProto2 ? enums[1].value(1, isTyped: hasTypedEnums) : nil,
          oneof: "nested_type"),
        Field("standalone_message", 23, nestedMessage), field("standalone_enum", 24, nestedEnum),
        Field("oneof_type", 400, nestedTestAllTypes, oneof: "kind"),
        Field("oneof_msg", 401, nestedMessage, oneof: "kind"), Field("oneof_bool", 402, .bool, oneof: "kind"),
      ]
  }

  private var repeated: [Field] {
    Self.scalars.enumerated().map { Field("repeated_\($1.name)", $0 + 31, .list($1.form)) }
      + Self.wellKnown.enumerated().map { Field("repeated_\($1.name)", $0 + 120, .list($1.form)) }
      + [
        Field("repeated_nested_message", 51, .list(nestedMessage)),
        Field("repeated_nested_enum", 52, .list(nestedEnum)), Field("repeated_string_piece", 53, .list(.string)),
        Field("repeated_cord", 54, .list(.string)), Field("repeated_lazy_message", 55, .list(nestedMessage)),
        Field("repeated_list_value", 134, .list(Self.listValue)), Field("repeated_null_value", 135, .list(.null)),
      ]
  }

  /// For each type of keys: the numbers of the fields with values of simple types, with times and null, and with all
  /// other well-known messages.
  private static let mapNumbers: [(key: String, form: FieldForm, simple: [Int], times: Int, messages: Int)] = [
    ("bool", .bool, Array(63...73), 228, 246),
    ("int32", .int32, Array(74...84), 231, 259),
    ("int64", .int64, Array(85...95), 234, 272),
    ("uint32", .uint32, Array(96...99) + Array(200...206), 237, 285),
    ("uint64", .uint64, Array(207...217), 240, 298),
    ("string", .string, [218, 61] + Array(219...227), 243, 311),
  ]

  private var maps: [Field] {
    let simple: [(String, FieldForm)] = [
      ("bool", .bool), ("string", .string), ("bytes", .bytes), ("int32", .int32), ("int64", .int64),
      ("uint32", .uint32), ("uint64", .uint64), ("float", .float), ("double", .double), ("enum", nestedEnum),
      ("message", nestedMessage),
    ]
    let times = [Self.wellKnown[1], Self.wellKnown[2], ("null_value", .null)]
    let messages =
      [Self.wellKnown[0], Self.wellKnown[3], Self.wellKnown[4], ("list_value", Self.listValue)]
      + Self.wellKnown[5...]
    var fields = [Field("map_int64_nested_type", 62, .map(.int64, nestedTestAllTypes))]
    for numbers in Self.mapNumbers {
      let all =
        Array(zip(numbers.simple, simple)) + Array(zip(numbers.times..., times))
        + Array(zip(numbers.messages..., messages))
      fields += all.map { Field("map_\(numbers.key)_\($1.0)", $0, .map(numbers.form, $1.1)) }
    }
    return fields
  }

  private var others: [Field] {
    isProto2 ? [Field("nestedgroup", 403, .group("\(name).TestAllTypes.NestedGroup"))] : []
  }

  /// Fields whose names are words of some language.
  private var reservedNames: [Field] {
    [
      "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
      "namespace", "return", "var", "void", "while", "in",
    ].enumerated().map { field($1, $0 + 500, .bool) }
  }

  private var extensions: [Field] {
    guard isProto2 else { return [] }
    let scope = "\(name).Proto2ExtensionScopedMessage"
    return [
      field("\(name).int32_ext", 1000, .int32), Field("\(name).nested_ext", 1001, testAllTypes),
      Field("\(name).test_all_types_ext", 1002, testAllTypes), field("\(name).nested_enum_ext", 1003, nestedEnum),
      Field("\(name).repeated_test_all_types", 1004, .list(testAllTypes)), field("\(scope).int64_ext", 1005, .int64),
      Field("\(scope).message_scoped_nested_ext", 1006, testAllTypes),
      field("\(scope).nested_enum_ext", 1007, nestedEnum),
      Field("\(scope).message_scoped_repeated_test_all_types", 1008, .list(testAllTypes)),
    ]
  }
}

/// A type of objects whose fields are known, such as a protocol buffer message.
package struct RecordType: Sendable {
  /// One field.
  package struct Field: Sendable {
    package let name: String
    /// The type of its values; for a `float` it is `double`, for any kind of `int32` it is `int`, for an enum `int`.
    package let type: CELType
    /// Whether a field that holds its default value differs from one that was never set, so that `has` tells them apart.
    package let hasPresence: Bool

    package init(_ name: String, _ type: CELType, hasPresence: Bool = false) {
      self.name = name
      self.type = type
      self.hasPresence = hasPresence
    }
  }

  /// The name, with its namespace: `my.pkg.Account`.
  package let name: String
  package let fields: [Field]
  /// What a literal of the type is; `message(name)` but for the well-known messages, which are values of CEL's own types.
  package let value: CELType

  package init(_ name: String, _ fields: [Field]) { self.init(name, fields, value: .message(name)) }

  private init(_ name: String, _ fields: [Field], value: CELType) {
    self.name = name
    self.fields = fields
    self.value = value
  }
}

extension RecordType {
  /// The messages that CEL takes for values of its own types (cel-spec, "Protocol Buffer Data Conversion"), and the
  /// fields that their literals are made of.
  static let wellKnown: [RecordType] = [
    wellKnown("Timestamp", .timestamp, [Field("seconds", .int), Field("nanos", .int)]),
    wellKnown("Duration", .duration, [Field("seconds", .int), Field("nanos", .int)]),
    wellKnown("Any", .any, [Field("type_url", .string), Field("value", .bytes)]),
    wellKnown("Struct", .map(.string, .dyn), [Field("fields", .map(.string, .dyn))]),
    wellKnown("ListValue", .list(.dyn), [Field("values", .list(.dyn))]),
    wellKnown(
      "Value", .dyn,
      [
        Field("null_value", .null, hasPresence: true), Field("number_value", .double, hasPresence: true),
        Field("string_value", .string, hasPresence: true), Field("bool_value", .bool, hasPresence: true),
        Field("struct_value", .map(.string, .dyn), hasPresence: true),
        Field("list_value", .list(.dyn), hasPresence: true),
      ]),
    wrapper("BoolValue", .bool, .bool), wrapper("BytesValue", .bytes, .bytes),
    wrapper("DoubleValue", .double, .double), wrapper("FloatValue", .double, .double),
    wrapper("Int32Value", .int, .int), wrapper("Int64Value", .int, .int),
    wrapper("StringValue", .string, .string),
    wrapper("UInt32Value", .uint, .uint), wrapper("UInt64Value", .uint, .uint),
    wellKnown("Empty", .message("google.protobuf.Empty"), []),
    wellKnown("FieldMask", .message("google.protobuf.FieldMask"), [Field("paths", .list(.string))]),
  ]

  private static func wellKnown(_ name: String, _ value: CELType, _ fields: [Field]) -> RecordType {
    RecordType("google.protobuf.\(name)", fields, value: value)
  }

  private static func wrapper(_ name: String, _ primitive: CELType.Primitive, _ type: CELType) -> RecordType {
    wellKnown(name, .wrapper(primitive), [Field("value", type)])
  }
}

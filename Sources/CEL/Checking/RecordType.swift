/// A type of objects whose fields are known, such as a protocol buffer message.
public struct RecordType: Sendable {
  /// One field.
  public struct Field: Sendable {
    /// Its name.
    public let name: String
    /// What its values are, to the byte.
    package let form: FieldForm
    /// The type of its values; for a `float` it is `double`, for any kind of `int32` it is `int`, for an enum `int`.
    public let type: CELType
    /// Whether a field that holds its default value differs from one that was never set, so that `has` tells them apart.
    public let hasPresence: Bool
    /// What stands for the field in a message's bytes; 0 for one that has no place there.
    package let number: Int
    /// What the field reads as while it is not set, where that is not what its form says.
    public let defaultValue: CELValue?
    /// The name of the group of which one field at most is set.
    package let oneof: String?

    /// A field of a type.
    ///
    /// - Parameters:
    ///   - name: An identifier.
    ///   - type: The type of its values.
    ///   - hasPresence: Whether a field that holds its default value differs from one that was never set; fields that
    ///     hold messages, timestamps and durations always have presence.
    ///   - value: What it reads as while it is not set; otherwise the empty value of its type.
    public init(_ name: String, _ type: CELType, hasPresence: Bool = false, default value: CELValue? = nil) {
      self.init(name, 0, FieldForm(type), hasPresence: hasPresence, default: value)
    }

    /// A field of a protocol buffer message; those that hold messages have presence.
    package init(
      _ name: String, _ number: Int, _ form: FieldForm, hasPresence: Bool = false, default value: CELValue? = nil,
      oneof: String? = nil
    ) {
      self.name = name
      self.form = form
      type = form.type
      self.hasPresence = hasPresence || oneof != nil || form.alwaysHasPresence
      self.number = number
      defaultValue = value
      self.oneof = oneof
    }
  }

  /// The name, with its namespace: `my.pkg.Account`.
  public let name: String
  /// The fields, in the order in which they were declared.
  public let fields: [Field]
  /// What a literal of the type is; `message(name)` but for the well-known messages, which are values of CEL's own types.
  package let value: CELType

  /// A type of these fields.
  ///
  /// - Parameters:
  ///   - name: With its namespace: `acme.User`.
  ///   - fields: In any order.
  public init(_ name: String, _ fields: [Field]) {
    self.name = name
    self.fields = fields
    value = FieldForm.message(name).type
  }
}

extension RecordType {
  /// The messages that CEL takes for values of its own types (cel-spec, "Protocol Buffer Data Conversion"), and the
  /// fields that their literals are made of.
  static let wellKnown: [RecordType] = [
    wellKnown("Timestamp", [Field("seconds", 1, .int64), Field("nanos", 2, .int32)]),
    wellKnown("Duration", [Field("seconds", 1, .int64), Field("nanos", 2, .int32)]),
    wellKnown("Any", [Field("type_url", 1, .string), Field("value", 2, .bytes)]),
    wellKnown("Struct", [Field("fields", 1, .map(.string, .message("google.protobuf.Value")))]),
    wellKnown("ListValue", [Field("values", 1, .list(.message("google.protobuf.Value")))]),
    wellKnown(
      "Value",
      [
        Field("null_value", 1, .null, oneof: "kind"), Field("number_value", 2, .double, oneof: "kind"),
        Field("string_value", 3, .string, oneof: "kind"), Field("bool_value", 4, .bool, oneof: "kind"),
        Field("struct_value", 5, .message("google.protobuf.Struct"), oneof: "kind"),
        Field("list_value", 6, .message("google.protobuf.ListValue"), oneof: "kind"),
      ]),
    wrapper("BoolValue", .bool), wrapper("BytesValue", .bytes), wrapper("DoubleValue", .double),
    wrapper("FloatValue", .float), wrapper("Int32Value", .int32), wrapper("Int64Value", .int64),
    wrapper("StringValue", .string), wrapper("UInt32Value", .uint32), wrapper("UInt64Value", .uint64),
    wellKnown("Empty", []),
    wellKnown("FieldMask", [Field("paths", 1, .list(.string))]),
  ]

  private static func wellKnown(_ name: String, _ fields: [Field]) -> RecordType {
    RecordType("google.protobuf.\(name)", fields)
  }

  private static func wrapper(_ name: String, _ form: FieldForm) -> RecordType {
    wellKnown(name, [Field("value", 1, form)])
  }
}

/// What the values of a record's field are, to the byte (protobuf, "Scalar Value Types").
package indirect enum FieldForm: Hashable, Sendable {
  case bool, int32, int64, uint32, uint64, sint32, sint64, fixed32, fixed64, sfixed32, sfixed64, float, double, string,
    bytes
  /// An enum, whose values are ints of 32 bits.
  case enumeration
  /// An enum that is a type of its own, by its name.
  case typedEnumeration(String)
  /// `google.protobuf.NullValue`, an enum whose one value is null.
  case null
  /// A message, by the name of its type; the well-known ones are values of CEL's own types.
  case message(String)
  /// A message in the spelling that proto2 has for groups.
  case group(String)
  case list(FieldForm)
  case map(FieldForm, FieldForm)
  /// Any value of a CEL type, in records that are no protocol buffer messages.
  case value(CELType)

  /// The form of values of which nothing but the type is known.
  package init(_ type: CELType) {
    switch type {
    case .bool: self = .bool
    case .int: self = .int64
    case .uint: self = .uint64
    case .double: self = .double
    case .string: self = .string
    case .bytes: self = .bytes
    case .null: self = .null
    case .timestamp: self = .message("google.protobuf.Timestamp")
    case .duration: self = .message("google.protobuf.Duration")
    case .any: self = .message("google.protobuf.Any")
    case .wrapper(.bool): self = .message("google.protobuf.BoolValue")
    case .wrapper(.int): self = .message("google.protobuf.Int64Value")
    case .wrapper(.uint): self = .message("google.protobuf.UInt64Value")
    case .wrapper(.double): self = .message("google.protobuf.DoubleValue")
    case .wrapper(.string): self = .message("google.protobuf.StringValue")
    case .wrapper(.bytes): self = .message("google.protobuf.BytesValue")
    case .list(let element): self = .list(FieldForm(element))
    case .map(let key, let value): self = .map(FieldForm(key), FieldForm(value))
    case .message(let name): self = .message(name)
    case .error, .dyn, .type, .abstract, .parameter: self = .value(type)
    }
  }

  /// The type that the checker knows the values by.
  package var type: CELType {
    switch self {
    case .bool: .bool
    case .int32, .int64, .sint32, .sint64, .sfixed32, .sfixed64, .enumeration: .int
    case .typedEnumeration(let name): .abstract(name, [])
    case .uint32, .uint64, .fixed32, .fixed64: .uint
    case .float, .double: .double
    case .string: .string
    case .bytes: .bytes
    case .null: .null
    case .message(let name), .group(let name): WellKnownMessage(named: name)?.type ?? .message(name)
    case .list(let element): .list(element.type)
    case .map(let key, let value): .map(key.type, value.type)
    case .value(let type): type
    }
  }

  /// Whether a field of this form is never the same unset as set to its default value.
  var alwaysHasPresence: Bool {
    switch self {
    case .message, .group: true
    case .bool, .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64, .float,
      .double, .string, .bytes, .enumeration, .typedEnumeration, .null, .list, .map, .value:
      false
    }
  }
}

/// A message of protocol buffers' own that CEL takes for a value of another type (cel-spec, "Protocol Buffer Data
/// Conversion"); `Empty` and `FieldMask` are none of them.
enum WellKnownMessage: String, Sendable {
  case timestamp = "Timestamp"
  case duration = "Duration"
  case any = "Any"
  case structure = "Struct"
  case value = "Value"
  case listValue = "ListValue"
  case boolValue = "BoolValue"
  case bytesValue = "BytesValue"
  case doubleValue = "DoubleValue"
  case floatValue = "FloatValue"
  case int32Value = "Int32Value"
  case int64Value = "Int64Value"
  case stringValue = "StringValue"
  case uint32Value = "UInt32Value"
  case uint64Value = "UInt64Value"

  private static let namespace = "google.protobuf."

  init?(named name: String) {
    guard name.hasPrefix(Self.namespace) else { return nil }
    self.init(rawValue: String(name.dropFirst(Self.namespace.count)))
  }

  /// The type of CEL that its values have.
  var type: CELType {
    switch self {
    case .timestamp: .timestamp
    case .duration: .duration
    case .any: .any
    case .structure: .map(.string, .dyn)
    case .value: .dyn
    case .listValue: .list(.dyn)
    case .boolValue: .wrapper(.bool)
    case .bytesValue: .wrapper(.bytes)
    case .doubleValue, .floatValue: .wrapper(.double)
    case .int32Value, .int64Value: .wrapper(.int)
    case .stringValue: .wrapper(.string)
    case .uint32Value, .uint64Value: .wrapper(.uint)
    }
  }

  /// What a wrapper holds; `nil` for those that are no wrappers.
  var wrapped: FieldForm? {
    switch self {
    case .boolValue: .bool
    case .bytesValue: .bytes
    case .doubleValue: .double
    case .floatValue: .float
    case .int32Value: .int32
    case .int64Value: .int64
    case .stringValue: .string
    case .uint32Value: .uint32
    case .uint64Value: .uint64
    case .timestamp, .duration, .any, .structure, .value, .listValue: nil
    }
  }
}

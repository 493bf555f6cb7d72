/// What a value is while a program runs.
package enum ValueKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// A failed evaluation on its way to `&&`, `||` or the end; a place among the evaluation's errors.
  case error
  case null, bool, int, uint, double, string, bytes, timestamp, duration, list, map, type, optional
  /// A message: a value of a declared record type.
  case record
  /// A value that only functions can look into, such as `net.IP`.
  case opaque

  @inlinable package var isNumber: Bool { self == .int || self == .uint || self == .double }

  /// The kind as one bit of a `ValueKinds`.
  @inlinable package var bit: UInt32 { 1 << UInt32(rawValue) }

  /// The name of the type that all values of the kind have; for the others, of what they have in common.
  package var typeName: StaticString {
    switch self {
    case .error: "error"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    case .optional: "optional_type"
    case .record: "message"
    case .opaque: "opaque"
    }
  }
}

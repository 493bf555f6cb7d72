/// The type of an expression, as the checker knows it before anything is evaluated (cel-spec, "Gradual Type Checking").
public indirect enum CELType: Hashable, Sendable {
  /// Of something that is at fault and was reported; fits everywhere.
  case error
  /// Not known before evaluation; fits everywhere.
  case dyn
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  /// `google.protobuf.Any`.
  case any
  /// A value of the primitive type, or null: `google.protobuf.Int64Value` and its kin.
  case wrapper(Primitive)
  case list(CELType)
  case map(CELType, CELType)
  /// The type of a type: `type(1)`, `int`.
  case type(CELType)
  /// A type that is known by its name and its parameters: `net.IP`, `optional_type`.
  case abstract(String, [CELType])
  case message(String)
  /// A type parameter of a declaration: `A` in `optional.of(A) -> optional(A)`.
  case parameter(String)

  /// The types that have a wrapper.
  public enum Primitive: Hashable, Sendable, CaseIterable {
    case bool, int, uint, double, string, bytes
  }

  /// An optional value.
  public static func optional(_ value: CELType) -> CELType { .abstract("optional_type", [value]) }
}

extension CELType: CustomStringConvertible {
  /// The type as signatures spell it: `map(string, list(int))`.
  public var description: String {
    switch self {
    case .error: "error"
    case .dyn: "dyn"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .any: "any"
    case .wrapper(let primitive): "wrapper(\(primitive))"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .type(let type): "type(\(type))"
    case .abstract("optional_type", let parameters) where parameters.count == 1: "optional(\(parameters[0]))"
    case .abstract(let name, let parameters):
      parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .message(let name): name
    case .parameter(let name): name
    }
  }
}

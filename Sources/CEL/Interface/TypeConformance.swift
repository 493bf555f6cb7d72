// What type a value has, and whether it is one of a declared type.
extension CELValue {
  /// Whether the value is of a type, with all of its parts; null is of every wrapper and record type.
  func conforms(to type: CELType) -> Bool {
    // Types nest as deep as the declaration says, whatever the value: the recursion is the declaration's.
    switch type {
    case .error, .dyn, .any, .parameter: return true
    case .null: return isNull
    case .wrapper(let primitive): return isNull || self.type == primitive.type
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration: return self.type == type
    case .list(let element):
      guard case .list(let values) = self else { return false }
      return element == .dyn || values.allSatisfy { $0.conforms(to: element) }
    case .map(let key, let value):
      guard case .map(let entries) = self else { return false }
      if key == .dyn, value == .dyn { return true }
      return entries.allSatisfy { $0.key.conforms(to: key) && $0.value.conforms(to: value) }
    case .type:
      guard case .type = self else { return false }
      return true
    case .abstract("optional_type", let parts):
      guard case .optional(let value) = self else { return false }
      guard let value, let part = parts.first else { return true }
      return value.conforms(to: part)
    case .abstract(let name, _):
      guard case .opaque(let value) = self else { return false }
      return value.typeName == name
    case .message(let name):
      if isNull { return true }
      guard case .record(name, _) = self else { return false }
      return true
    }
  }

  /// The type of the value; of what lists, maps and optionals hold it says nothing.
  public var type: CELType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .duration: .duration
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .type: .type(.dyn)
    case .optional: .optional(.dyn)
    case .record(let name, _): .message(name)
    case .opaque(let value): .abstract(value.typeName, [])
    }
  }
}

extension CELType.Primitive {
  fileprivate var type: CELType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    }
  }
}

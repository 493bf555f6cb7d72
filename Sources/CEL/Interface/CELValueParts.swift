// What a value holds, for whoever knows what to expect.
extension CELValue {
  /// Whether it is `null`.
  public var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }

  /// The truth value of a `bool`; `nil` for values of other types.
  public var boolValue: Bool? { Bool(celValue: self) }

  /// The number of an `int`; `nil` for values of other types, as in the properties that follow.
  public var intValue: Int64? { Int64(celValue: self) }

  /// The number of a `uint`.
  public var uintValue: UInt64? { UInt64(celValue: self) }

  /// The number of a `double`.
  public var doubleValue: Double? { Double(celValue: self) }

  /// The text of a `string`.
  public var stringValue: String? { String(celValue: self) }

  /// The content of `bytes`.
  public var bytesValue: [UInt8]? {
    guard case .bytes(let bytes) = self else { return nil }
    return bytes
  }

  /// The elements of a `list`.
  public var listValue: [CELValue]? {
    guard case .list(let elements) = self else { return nil }
    return elements
  }

  /// The entries of a `map`, in any order.
  public var mapValue: [Entry]? {
    guard case .map(let entries) = self else { return nil }
    return entries
  }

  /// The element of a list at a place; `nil` out of bounds, and for values of other types.
  public subscript(index: Int) -> CELValue? {
    guard case .list(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The value in a map or the field of a record that has a name; `nil` where there is none, and for values of other
  /// types.
  public subscript(name: String) -> CELValue? {
    switch self {
    case .map(let entries):
      entries.first { entry in
        guard case .string(let key) = entry.key else { return false }
        return key.utf8.elementsEqual(name.utf8)
      }?.value
    case .record(_, let fields): fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .type, .optional, .opaque:
      nil
    }
  }
}

/// A Swift type whose values are values of CEL, so that closures of it can be functions of the language.
public protocol CELConvertible: SendableMetatype {
  /// Takes a value of CEL; `nil` when it is of another type or out of range.
  init?(celValue: CELValue)

  /// The value as CEL has it.
  var celValue: CELValue { get }
}

extension CELValue: CELConvertible {
  public init?(celValue: CELValue) { self = celValue }

  public var celValue: CELValue { self }
}

extension Bool: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .bool(let value) = celValue else { return nil }
    self = value
  }

  public var celValue: CELValue { .bool(self) }
}

extension Int64: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .int(let value) = celValue else { return nil }
    self = value
  }

  public var celValue: CELValue { .int(self) }
}

extension Int: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .int(let value) = celValue, let exact = Int(exactly: value) else { return nil }
    self = exact
  }

  public var celValue: CELValue { .int(Int64(self)) }
}

extension UInt64: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .uint(let value) = celValue else { return nil }
    self = value
  }

  public var celValue: CELValue { .uint(self) }
}

extension Double: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .double(let value) = celValue else { return nil }
    self = value
  }

  public var celValue: CELValue { .double(self) }
}

extension String: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .string(let text) = celValue else { return nil }
    self = text
  }

  public var celValue: CELValue { .string(self) }
}

extension Timestamp: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .timestamp(let value) = celValue else { return nil }
    self = value
  }

  public var celValue: CELValue { .timestamp(self) }
}

extension Duration: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .duration(let value) = celValue else { return nil }
    self = value
  }

  public var celValue: CELValue { .duration(self) }
}

/// Lists whose elements are all of the type.
extension Array: CELConvertible where Element: CELConvertible {
  public init?(celValue: CELValue) {
    guard case .list(let values) = celValue else { return nil }
    self.init()
    reserveCapacity(values.count)
    for value in values {
      guard let element = Element(celValue: value) else { return nil }
      append(element)
    }
  }

  public var celValue: CELValue { .list(map(\.celValue)) }
}

/// Optionals; null is a `CELValue`.
extension Optional: CELConvertible where Wrapped: CELConvertible {
  public init?(celValue: CELValue) {
    switch celValue {
    case .optional(nil): self = .none
    case .optional(let value?):
      guard let wrapped = Wrapped(celValue: value) else { return nil }
      self = .some(wrapped)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .type, .record,
      .opaque:
      return nil
    }
  }

  public var celValue: CELValue { .optional(self?.celValue) }
}

extension OpaqueValue {
  /// Takes an opaque value of this Swift type.
  public init?(celValue: CELValue) {
    guard case .opaque(let value) = celValue, let own = value as? Self else { return nil }
    self = own
  }

  public var celValue: CELValue { .opaque(self) }
}

extension OpaqueValue where Self: Equatable {
  public func isEqual(to other: any OpaqueValue) -> Bool { other as? Self == self }
}

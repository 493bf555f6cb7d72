// Values as Swift's literals: `["name": "Ann", "age": 41, "tags": ["a", "b"], "manager": nil]`.

extension CELValue: ExpressibleByNilLiteral {
  public init(nilLiteral: ()) { self = .null }
}

extension CELValue: ExpressibleByBooleanLiteral {
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension CELValue: ExpressibleByIntegerLiteral {
  /// An `int`; an unsigned one is `.uint(1)`.
  public init(integerLiteral value: Int64) { self = .int(value) }
}

extension CELValue: ExpressibleByFloatLiteral {
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension CELValue: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .string(value) }
}

extension CELValue: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: CELValue...) { self = .list(elements) }
}

extension CELValue: ExpressibleByDictionaryLiteral {
  /// A map; a key that is there twice is an error where the map is used.
  public init(dictionaryLiteral elements: (CELValue, CELValue)...) {
    self = .map(elements.map { Entry($0.0, $0.1) })
  }
}

extension CELValue {
  /// A map with strings for keys.
  public init(_ members: [String: CELValue]) { self = .map(members.map { Entry(.string($0.key), $0.value) }) }

  /// A record of a declared type.
  ///
  /// - Parameters:
  ///   - typeName: With its namespace: `acme.User`.
  ///   - fields: The fields that are set.
  /// - Returns: The record; whether the type has the fields is checked where it is used.
  public static func record(_ typeName: String, fields: [String: CELValue]) -> CELValue {
    .record(typeName, fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
  }
}

extension RecordType {
  /// A type of fields without presence or defaults of their own.
  ///
  /// - Parameters:
  ///   - name: With its namespace: `acme.User`.
  ///   - fields: The fields' names and types.
  public init(_ name: String, fields: KeyValuePairs<String, CELType>) {
    self.init(name, fields.map { Field($0.key, $0.value) })
  }
}

/// What the values of an attribute are.
package enum AttributeKind: UInt8, Sendable {
  /// Nothing is known of them, or more than a type can say.
  case dyn
  case bool, int, double, string
  case list
  /// Any keys, with values that are alike.
  case map
  /// Known members, and perhaps others.
  case object
}

/// One of the values that an attribute may have.
package enum AttributeChoice: Hashable, Sendable {
  case string(String)
  case int(Int64)
  case double(Double)
  case bool(Bool)
  case null
}

/// The limits that a schema sets to an attribute's values.
package struct AttributeBounds: Hashable, Sendable {
  package var minimum: Double?
  package var maximum: Double?
  /// Whether the minimum itself is out of bounds.
  package var excludesMinimum = false
  package var excludesMaximum = false
  /// In code points.
  package var minimumLength: Int?
  package var maximumLength: Int?
  /// The number of elements of a list.
  package var minimumCount: Int?
  package var maximumCount: Int?

  package init() {}
}

/// What a schema says of an attribute.
package struct Attribute: Sendable {
  /// Facts that are so or not.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Wherever the object is that it belongs to, it is there too; elements are.
    package static let isRequired = Flags(rawValue: 1)
    package static let isReadOnly = Flags(rawValue: 2)
    package static let isWriteOnly = Flags(rawValue: 4)
    package static let isDeprecated = Flags(rawValue: 8)
    /// No schema names it: `resource.type`.
    package static let isImplicit = Flags(rawValue: 16)
  }

  /// The property's name; empty for elements and for the whole input.
  package let name: String
  /// The way to it from the whole input: `LifecycleConfiguration.Rules[].Status`.
  package let path: String
  package let kind: AttributeKind
  package let flags: Flags
  /// The values it may have; empty when there is no list of them.
  package let choices: [AttributeChoice]
  package let bounds: AttributeBounds
  /// Such as `date-time`; changes no type.
  package let format: String?
  /// The schema's words for it.
  package let description: String?

  package var isRequired: Bool { flags.contains(.isRequired) }
  package var isDeprecated: Bool { flags.contains(.isDeprecated) }
}

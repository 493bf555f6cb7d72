/// What kind of value a field of the policy schema has.
enum FieldShape: Sendable {
  case string
  case boolean
  case strings
  case array
  case object
  case anything
}

/// The fields of one of the schema's objects, in the order in which they are offered for a misspelt key.
///
/// Raw values are the bits of the masks in which a decoder notes what it has seen.
protocol SchemaField: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable {
  /// The key as a document writes it.
  var key: String { get }
  /// What kind of value it has.
  var shape: FieldShape { get }
  /// Whether the object must have it, or its alternative.
  var isRequired: Bool { get }
  /// Another name for it, or its plural: only one of the two may be given.
  var alternative: Self? { get }
  /// All keys, for looking one up by its bytes.
  static var keys: FieldKeys { get }
  /// Whether a mask of what has been seen holds all that is required; asked of every rule, and therefore no loop.
  static func isComplete(_ seen: UInt32) -> Bool
}

extension SchemaField {
  var alternative: Self? { nil }
  var mask: UInt32 { 1 &<< UInt32(rawValue) }
}

/// The fields of a policy.
enum PolicyField: UInt8, SchemaField {
  case name, rules
  case id, description, version, author, category
  case resourceType, resourceTypes
  case severity, enabled, tags, defaultAction
  case variables
  case complianceFrameworks, complianceMapping
  case autoRemediation, remediation
  case metadata
  case schema

  static let keys = FieldKeys(Self.self)

  var key: String {
    switch self {
    case .name: "name"
    case .rules: "rules"
    case .id: "id"
    case .description: "description"
    case .version: "version"
    case .author: "author"
    case .category: "category"
    case .resourceType: "resource_type"
    case .resourceTypes: "resource_types"
    case .severity: "severity"
    case .enabled: "enabled"
    case .tags: "tags"
    case .defaultAction: "default_action"
    case .variables: "variables"
    case .complianceFrameworks: "compliance_frameworks"
    case .complianceMapping: "compliance_mapping"
    case .autoRemediation: "auto_remediation"
    case .remediation: "remediation"
    case .metadata: "metadata"
    case .schema: "$schema"
    }
  }

  var shape: FieldShape {
    switch self {
    case .name, .id, .description, .version, .author, .category, .resourceType, .severity, .defaultAction: .string
    case .enabled, .autoRemediation: .boolean
    case .resourceTypes, .tags, .complianceFrameworks: .strings
    case .rules, .complianceMapping: .array
    case .variables, .remediation, .metadata: .object
    case .schema: .anything
    }
  }

  var isRequired: Bool { self == .name || self == .rules }

  static func isComplete(_ seen: UInt32) -> Bool { seen & name.mask != 0 && seen & rules.mask != 0 }

  var alternative: PolicyField? {
    switch self {
    case .resourceType: .resourceTypes
    case .resourceTypes: .resourceType
    case .name, .rules, .id, .description, .version, .author, .category, .severity, .enabled, .tags, .defaultAction,
      .variables, .complianceFrameworks, .complianceMapping, .autoRemediation, .remediation, .metadata, .schema:
      nil
    }
  }
}

/// The fields of a rule.
enum RuleField: UInt8, SchemaField {
  case condition, action, effect
  case id, name, description, message, severity, enabled, tags

  static let keys = FieldKeys(Self.self)

  var key: String {
    switch self {
    case .condition: "condition"
    case .action: "action"
    case .effect: "effect"
    case .id: "id"
    case .name: "name"
    case .description: "description"
    case .message: "message"
    case .severity: "severity"
    case .enabled: "enabled"
    case .tags: "tags"
    }
  }

  var shape: FieldShape {
    switch self {
    case .condition, .action, .effect, .id, .name, .description, .message, .severity: .string
    case .enabled: .boolean
    case .tags: .strings
    }
  }

  var isRequired: Bool { self == .condition || self == .action }

  static func isComplete(_ seen: UInt32) -> Bool {
    seen & condition.mask != 0 && seen & (action.mask | effect.mask) != 0
  }

  var alternative: RuleField? {
    switch self {
    case .action: .effect
    case .effect: .action
    case .condition, .id, .name, .description, .message, .severity, .enabled, .tags: nil
    }
  }
}

/// The fields of an entry of `compliance_mapping`.
enum ComplianceMappingField: UInt8, SchemaField {
  case framework, control

  static let keys = FieldKeys(Self.self)

  var key: String {
    switch self {
    case .framework: "framework"
    case .control: "control"
    }
  }

  var shape: FieldShape { .string }
  var isRequired: Bool { true }

  static func isComplete(_ seen: UInt32) -> Bool { seen == framework.mask | control.mask }
}

/// The fields of `remediation`.
enum RemediationField: UInt8, SchemaField {
  case autoFix, actions

  static let keys = FieldKeys(Self.self)

  var key: String {
    switch self {
    case .autoFix: "auto_fix"
    case .actions: "actions"
    }
  }

  var shape: FieldShape {
    switch self {
    case .autoFix: .boolean
    case .actions: .strings
    }
  }

  var isRequired: Bool { false }

  static func isComplete(_ seen: UInt32) -> Bool { true }
}

/// The keys of the schema's objects, for who helps to write them.
package enum SchemaKeys {
  package static let policy = PolicyField.allCases.map(\.key)
  package static let rule = RuleField.allCases.map(\.key)
  package static let complianceMapping = ComplianceMappingField.allCases.map(\.key)
  package static let remediation = RemediationField.allCases.map(\.key)
}

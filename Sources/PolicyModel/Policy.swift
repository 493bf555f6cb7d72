package import Diagnostics
package import DocumentTree

/// A governance policy, as far as it could be read from its document.
///
/// Fields that were absent or could not be read are `nil` or empty; a valid policy has a name and at least one rule.
public struct Policy: Sendable {
  let source: PolicySource
  let record: PolicyRecord

  /// What people call the policy.
  public var name: String? { text(.name) }
  /// Its stable identifier.
  public var id: String? { text(.id) }
  /// What it is for.
  public var description: String? { text(.description) }
  /// Its version, in whatever scheme its author uses.
  public var version: String? { text(.version) }
  /// Who wrote it.
  public var author: String? { text(.author) }
  /// The area it belongs to.
  public var category: String? { text(.category) }
  /// The types of resource it applies to; empty when it applies to all.
  public var resourceTypes: [String] { text(.resourceType).map { [$0] } ?? texts(.resourceTypes) }
  /// How much it matters.
  public var severity: RuleSeverity? { record.severity }
  /// Whether it counts at all; `true` unless the document says otherwise.
  public var isEnabled: Bool { record.isEnabled }
  /// Words to find it by.
  public var tags: [String] { texts(.tags) }
  /// What it decides when no rule does; `allow` unless the document says otherwise.
  public var defaultAction: DefaultAction { record.defaultAction ?? .allow }
  /// Named expressions, in the order of their declaration; a second one of a name is left out.
  public var variables: [PolicyVariable] {
    record.variables.map {
      PolicyVariable(source: source, path: variablesPath, nameIndex: $0.name, expressionIndex: $0.expression)
    }
  }
  /// The frameworks it helps to comply with.
  public var complianceFrameworks: [String] { texts(.complianceFrameworks) }
  /// The controls of frameworks that it implements.
  public var complianceMapping: [ComplianceControl] {
    record.controls.compactMap { control in
      guard let framework = source.text(control.framework), let name = source.text(control.control) else { return nil }
      return ComplianceControl(framework: framework, control: name)
    }
  }
  /// Whether violations may be mended without a person.
  public var isAutoRemediated: Bool { record.isAutoRemediated }
  /// How violations are mended.
  public var remediation: Remediation? {
    record.remediation.map { Remediation(isAutoFixed: $0.isAutoFixed, actions: source.texts($0.actions)) }
  }
  /// The rules, in the document's order.
  public var rules: PolicyRules { PolicyRules(source: source, records: record.rules) }

  /// The document the policy stands in.
  package var document: Document { source.document }
  /// The policy's object.
  package var objectNode: NodeID { NodeID(record.object) }
  /// The way to the policy from the document's root: empty, or an index, or a wrapper's key, or both.
  package var path: FieldPath { record.path }
  package var nameNode: NodeID? { node(.name) }
  package var idNode: NodeID? { node(.id) }
  package var resourceTypeNode: NodeID? { node(.resourceType) }
  package var resourceTypesNode: NodeID? { node(.resourceTypes) }
  /// How many rules there are: quicker than asking `rules`.
  package var ruleCount: Int { record.rules.count }

  private var variablesPath: FieldPath { path.key(PolicyField.variables.key) }

  private func node(_ field: PolicyField) -> NodeID? { source.node(record.values[Int(field.rawValue)]) }
  private func text(_ field: PolicyField) -> String? { source.text(record.values[Int(field.rawValue)]) }
  private func texts(_ field: PolicyField) -> [String] { source.texts(record.values[Int(field.rawValue)]) }
}

/// A named expression that conditions use as `variables.name`.
public struct PolicyVariable: Sendable {
  let source: PolicySource
  let path: FieldPath
  let nameIndex: UInt32
  let expressionIndex: UInt32

  /// The name, which may not be an identifier if the policy is invalid.
  public var name: String { source.text(nameIndex) ?? "" }
  /// The CEL expression; `nil` when it could not be read or is blank.
  public var expression: String? { source.text(expressionIndex) }

  package var nameNode: NodeID { NodeID(Int(nameIndex)) }
  package var expressionNode: NodeID? { source.node(expressionIndex) }
  /// `variables.name`, behind the policy's own path.
  package var expressionPath: FieldPath { path.key(name) }
}

/// A control of a compliance framework.
public struct ComplianceControl: Hashable, Sendable {
  /// Its name, as in `SOC2`.
  public let framework: String
  /// The control's number or name in it.
  public let control: String
}

/// How violations are mended.
public struct Remediation: Hashable, Sendable {
  /// Whether without a person.
  public let isAutoFixed: Bool
  /// What is done, in order.
  public let actions: [String]
}

/// A policy as its document has it: what could be read of it, by node; 0 stands for what is absent.
struct PolicyRecord: Sendable {
  var object: Int
  var path: FieldPath
  /// The accepted value of each string or array of strings, by `PolicyField`.
  var values = [UInt32](repeating: 0, count: PolicyField.allCases.count)
  var rules: [RuleRecord] = []
  var variables: [(name: UInt32, expression: UInt32)] = []
  var controls: [(framework: UInt32, control: UInt32)] = []
  var remediation: (isAutoFixed: Bool, actions: UInt32)?
  var severity: RuleSeverity?
  var defaultAction: DefaultAction?
  var isEnabled = true
  var isAutoRemediated = false
}

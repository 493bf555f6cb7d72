package import Diagnostics
package import DocumentTree

/// A rule as its document has it: what could be read of it, by node.
///
/// Node 0 is a document's root and never the value of a member, so it stands for what is absent.
struct RuleRecord: Sendable {
  var position: UInt32
  var object: UInt32
  var condition: UInt32 = 0
  var id: UInt32 = 0
  var name: UInt32 = 0
  var description: UInt32 = 0
  var message: UInt32 = 0
  var tags: UInt32 = 0
  var actionNode: UInt32 = 0
  var action: Action?
  var severity: RuleSeverity?
  var isEnabled = true
}

/// A rule of a policy: a condition, and the action it asks for where the condition is true.
///
/// Fields that were absent or could not be read are `nil`; in a valid policy every rule has a condition and an action.
public struct PolicyRule: Sendable {
  let source: PolicySource
  let record: RuleRecord

  /// The place in `rules` as the document has it, from 0.
  public var position: Int { Int(record.position) }
  /// The condition's text, a CEL expression.
  public var condition: String? { source.text(record.condition) }
  /// What the rule asks for.
  public var action: Action? { record.action }
  /// Unique in the policy.
  public var id: String? { source.text(record.id) }
  /// What people call the rule.
  public var name: String? { source.text(record.name) }
  /// What the rule is for.
  public var description: String? { source.text(record.description) }
  /// What to tell the user; may hold `{{ expression }}`.
  public var message: String? { source.text(record.message) }
  /// How much it matters.
  public var severity: RuleSeverity? { record.severity }
  /// Whether it counts at all; `true` unless the document says otherwise.
  public var isEnabled: Bool { record.isEnabled }
  /// Words to find it by.
  public var tags: [String] { source.texts(record.tags) }

  /// The condition's node; `nil` for a condition that is absent, of another type, or blank.
  package var conditionNode: NodeID? { source.node(record.condition) }
  package var idNode: NodeID? { source.node(record.id) }
  package var messageNode: NodeID? { source.node(record.message) }
  package var actionNode: NodeID? { source.node(record.actionNode) }
  /// The rule's object.
  package var objectNode: NodeID { NodeID(Int(record.object)) }
  /// `rules[i]`, behind the policy's own path.
  package var path: FieldPath { source.rulesPath.index(position) }
}

/// The rules of a policy, in the document's order; elements of `rules` that are no objects are left out.
public struct PolicyRules: RandomAccessCollection, Sendable {
  let source: PolicySource
  let records: [RuleRecord]

  /// 0.
  public var startIndex: Int { 0 }
  /// How many rules there are.
  public var endIndex: Int { records.count }
  /// A rule, by its place among these; its place in the document is `position`.
  public subscript(index: Int) -> PolicyRule { PolicyRule(source: source, record: records[index]) }
}

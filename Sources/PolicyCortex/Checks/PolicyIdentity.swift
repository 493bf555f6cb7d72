import Diagnostics
import DocumentTree
package import PolicyModel
import Source

/// What tells a policy from the others of a run, and where that stands.
///
/// It outlives the policy's document, so that a run over many files need not keep them all.
package struct PolicyIdentity: Sendable {
  /// A text that two policies must not share, and its place.
  struct Mark: Sendable {
    let text: String
    let span: SourceSpan
    let path: FieldPath
  }

  let id: Mark?
  let name: Mark?
  /// Sorted, each once.
  let resourceTypes: [String]
  /// Of the first rules that have one.
  let ruleIDs: [String]

  /// As many as are of use in a message, and some more to find them by.
  private static let ruleIDLimit = 1_000

  package init(_ policy: Policy) {
    func mark(_ node: NodeID?, _ text: String?, _ field: String) -> Mark? {
      guard let node, let text, !text.isEmpty else { return nil }
      return Mark(text: text, span: policy.document[node].span, path: policy.path.key(field))
    }
    id = mark(policy.idNode, policy.id, "id")
    name = mark(policy.nameNode, policy.name, "name")
    resourceTypes = Set(policy.resourceTypes).sorted()
    ruleIDs = policy.rules.lazy.compactMap(\.id).prefix(Self.ruleIDLimit).map { $0 }
  }

  /// The id, in bytes: texts that only look the same are not.
  var idKey: [UInt8]? { id.map { Array($0.text.utf8) } }

  /// The name and the types of resource.
  var nameKey: [UInt8]? {
    name.map { name in
      resourceTypes.reduce(into: Array(name.text.utf8)) { key, type in
        key.append(0)
        key += type.utf8
      }
    }
  }
}

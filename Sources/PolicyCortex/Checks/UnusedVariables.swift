import Diagnostics
import DocumentTree
import PolicyModel

/// The variables of a policy that no rule uses, directly or through other variables.
///
/// One that only unused ones use is unused too, and said to be; only those that nothing uses have a fix-it, so that each
/// can be removed alone.
func unusedVariables(of policy: Policy, _ reads: PolicyReads) -> [Diagnostic] {
  let count = reads.usedByRules.count
  guard count > 0, !reads.readsAnyVariable, !reads.usedByRules.allSatisfy({ $0 }) else { return [] }
  var isUsed = reads.usedByRules
  var user = [Int?](repeating: nil, count: count)
  // A variable uses only those that are declared before it.
  for place in (0..<count).reversed() {
    for used in reads.usedByVariables[place] where used < place {
      if isUsed[place] { isUsed[used] = true } else { user[used] = place }
    }
  }
  let variables = policy.variables
  let unused = variables.indices.filter { !isUsed[$0] }
  return unused.map { place in
    let variable = variables[place]
    let user = user[place].map { variables[$0].name }
    let removal = user == nil ? policy.removal(of: variable, isOnly: variables.count == 1) : nil
    let fixIt = removal.map { FixIt("remove the variable", edits: [$0], applicability: .unsafe) }
    return Diagnostic(
      UnusedVariable(name: variable.name, user: user, fixIt: fixIt), at: policy.document[variable.nameNode].span,
      in: variable.expressionPath)
  }
}

extension Policy {
  /// The edit that takes a variable out; with the only one goes the `variables` member.
  fileprivate func removal(of variable: PolicyVariable, isOnly: Bool) -> SourceEdit? {
    var found: (key: NodeID, object: NodeID)?
    document.forEachMember(of: objectNode) { key, value in
      if found == nil, document.text(of: key) == "variables" { found = (key, document.resolved(value)) }
    }
    guard let found else { return nil }
    return isOnly
      ? document.removal(ofMember: found.key, from: objectNode)
      : document.removal(ofMember: variable.nameNode, from: found.object)
  }
}

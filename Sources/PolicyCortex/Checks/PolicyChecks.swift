import Diagnostics
import PolicyModel

/// What the expressions of a policy read, put together while they are checked.
struct PolicyReads: Sendable {
  /// Of each variable, by its place, whether a rule uses it by name.
  var usedByRules: [Bool]
  /// The variables that each variable uses by name.
  var usedByVariables: [[Int]]
  /// Of each variable, whether it may read `resource`, itself or through others.
  var readsResource: [Bool]
  /// Whether some expression may mean any variable.
  var readsAnyVariable = false

  init(variableCount: Int) {
    usedByRules = [Bool](repeating: false, count: variableCount)
    usedByVariables = [[Int]](repeating: [], count: variableCount)
    readsResource = [Bool](repeating: true, count: variableCount)
  }

  /// Notes what a variable's expression reads; the variables are noted in their order.
  mutating func add(_ reads: ExpressionReads, ofVariable place: Int, isFaulty: Bool) {
    guard usedByVariables.indices.contains(place) else { return }
    usedByVariables[place] = reads.variables
    if reads.readsAnyVariable { readsAnyVariable = true }
    // One with an error may have meant to.
    readsResource[place] = isFaulty || mayReadResource(reads)
  }

  /// Notes what a rule's condition or message reads.
  mutating func add(_ reads: ExpressionReads) {
    for place in reads.variables where usedByRules.indices.contains(place) { usedByRules[place] = true }
    if reads.readsAnyVariable { readsAnyVariable = true }
  }

  /// Takes in what other workers noted of other rules.
  mutating func formUnion(_ other: PolicyReads) {
    for place in usedByRules.indices where other.usedByRules[place] { usedByRules[place] = true }
    readsAnyVariable = readsAnyVariable || other.readsAnyVariable
  }

  /// Whether an expression reads `resource`, itself or through variables.
  func mayReadResource(_ reads: ExpressionReads) -> Bool {
    reads.readsResource || reads.readsAnyVariable
      || reads.variables.contains { !readsResource.indices.contains($0) || readsResource[$0] }
  }
}

/// Checks a policy as a whole, once its expressions are checked: its names, its variables, its rules together.
///
/// What needs proofs over all inputs goes here too: `never-true`, `always-true`, `duplicate-rule`, `shadowed-rule`,
/// `conflicting-actions` and `redundant-clause` are questions to a policy's checked conditions.
///
/// - Parameters:
///   - policy: The policy.
///   - reads: What its expressions read.
///   - isDamaged: Whether errors were found in the document or in the policy's expressions. What is not used may then be
///     used where the error is.
/// - Returns: Advice, in document offsets.
func checkPolicy(_ policy: Policy, _ reads: PolicyReads, isDamaged: Bool) -> [Diagnostic] {
  isDamaged ? [] : unusedVariables(of: policy, reads)
}

import CEL
import Diagnostics

/// Reports the condition of a `deny` rule that reads nothing of `resource`.
///
/// - Parameters:
///   - tree: The condition.
///   - role: What it is.
///   - readsResource: Whether it reads `resource`, itself or through variables.
///   - found: What was found in it; a condition with errors may have meant to read it.
func checkUnconditionalRule(
  _ tree: SyntaxTree, role: ExpressionRole, readsResource: Bool, into found: inout [Diagnostic]
) {
  guard !readsResource, case .condition(.deny) = role, !found.contains(where: { $0.severity == .error }) else { return }
  found.append(Diagnostic(UnconditionalRule(), at: tree[tree.root].span))
}

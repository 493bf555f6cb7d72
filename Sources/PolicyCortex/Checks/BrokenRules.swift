import Diagnostics

/// Leaves out what asks for a message where a rule's condition has errors: whoever mends that is not to be told of words
/// first, and a single fault gives a single diagnostic.
///
/// - Parameters:
///   - conditionDiagnostics: What was found in the conditions.
///   - policyDiagnostics: What was found in the policies' form.
/// - Returns: The latter without such hints.
func withoutHints(on conditionDiagnostics: [Diagnostic], _ policyDiagnostics: [Diagnostic]) -> [Diagnostic] {
  var broken: Set<ArraySlice<FieldPath.Component>> = []
  for diagnostic in conditionDiagnostics where diagnostic.severity == .error {
    broken.insert(diagnostic.path.components.dropLast())
  }
  guard !broken.isEmpty else { return policyDiagnostics }
  return policyDiagnostics.filter {
    $0.code != MissingMessage.descriptor.id || !broken.contains($0.path.components.dropLast())
  }
}

import Diagnostics
import Invariants
import PolicyCortex

/// The whole engine by its front door: reports are in order and inside the document, and the number of workers decides nothing.
///
/// The first byte chooses the format.
func checkDocument(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let name = ["fuzz.json", "fuzz.yaml", "fuzz"][Int(choice) % 3]
  let bytes = Array(input.dropFirst())
  let report = PolicyValidator().validate(bytes, name: name)
  checkDiagnostics(report.diagnostics, textCount: bytes.count)
  for diagnostic in report.diagnostics {
    invariant(
      diagnostic.pointer.isEmpty == diagnostic.field.isEmpty,
      "\(diagnostic.code) is at `\(diagnostic.pointer)` and in `\(diagnostic.field)`")
    invariant(
      (diagnostic.severity == .error) == (diagnostic.failure != nil), "\(diagnostic.code) fails by another way than its severity"
    )
  }
  switch report.status {
  case .valid: invariant(report.policies.count > 0, "a valid file without a policy")
  case .malformed, .unprocessable: invariant(!report.diagnostics.isEmpty, "a verdict without a reason")
  }

  let parallel = PolicyValidator(workers: 2).validate(bytes, name: name)
  invariant(
    parallel.diagnostics.map(summary) == report.diagnostics.map(summary), "two workers find something else than one")
}

private func summary(of diagnostic: Diagnostic) -> String {
  "\(diagnostic.span.range) \(diagnostic.code) \(diagnostic.field) \(diagnostic.message)"
}

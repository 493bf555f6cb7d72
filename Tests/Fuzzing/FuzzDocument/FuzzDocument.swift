import DiagnosticRendering
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
  checkRendering(report)
  for diagnostic in report.diagnostics {
    invariant(
      diagnostic.pointer.isEmpty == diagnostic.field.isEmpty,
      "\(diagnostic.code) is at `\(diagnostic.pointer)` and in `\(diagnostic.field)`")
    invariant(
      (diagnostic.severity == .error) == (diagnostic.failure != nil),
      "\(diagnostic.code) fails by another way than its severity"
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

/// Every format has an answer, in UTF-8, and those for programs are JSON.
private func checkRendering(_ report: ValidationReport) {
  let findings = FileFindings(
    source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
    diagnostics: report.diagnostics)
  for renderer: any FindingsRenderer in [JSONRenderer(toolVersion: "0"), ErrorEnvelope()] {
    let output = renderer.renderAll([findings])
    invariant(StrictJSON.accepts(output), "no JSON: \(String(decoding: output, as: UTF8.self))")
  }
  for line in JSONLinesRenderer().renderAll([findings]).split(separator: 0x0A) {
    invariant(StrictJSON.accepts(Array(line)), "no JSON: \(String(decoding: line, as: UTF8.self))")
  }
  for renderer: any FindingsRenderer in [
    TextRenderer(style: TerminalStyle(isColored: false)), TextRenderer(style: TerminalStyle(isColored: true)),
    ConciseRenderer(),
  ] {
    let output = renderer.renderAll([findings])
    invariant(String(validating: output, as: UTF8.self) != nil, "\(type(of: renderer)) writes what is not UTF-8")
  }
}

private func summary(of diagnostic: Diagnostic) -> String {
  "\(diagnostic.span.range) \(diagnostic.code) \(diagnostic.field) \(diagnostic.message)"
}

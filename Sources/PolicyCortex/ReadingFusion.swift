internal import Diagnostics
internal import Source

/// Puts together what was found in one expression under several resource types.
///
/// What was found under all of them is told once; an error that was found under some says under which, and advice is not
/// given: the others may be what was thought of.
func fused(_ found: [[Diagnostic]], resourceTypes: [String?]) -> [Diagnostic] {
  struct Finding: Hashable {
    let code: String
    let span: SourceSpan
    let message: String
  }
  var order: [(finding: Finding, diagnostic: Diagnostic)] = []
  var readings: [Finding: [Int]] = [:]
  for (reading, diagnostics) in found.enumerated() {
    for diagnostic in diagnostics {
      let finding = Finding(code: diagnostic.code, span: diagnostic.span, message: diagnostic.message)
      if readings[finding] == nil { order.append((finding, diagnostic)) }
      if readings[finding]?.last != reading { readings[finding, default: []].append(reading) }
    }
  }
  return order.compactMap { finding, diagnostic in
    let types = (readings[finding] ?? []).compactMap { resourceTypes[$0] }
    guard types.count < found.count, !types.isEmpty else { return diagnostic }
    guard diagnostic.severity == .error else { return nil }
    var diagnostic = diagnostic
    let names = types.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    diagnostic.message += types.count > 3 ? ", on \(names) and \(types.count - 3) more" : ", on \(names)"
    return diagnostic
  }
}

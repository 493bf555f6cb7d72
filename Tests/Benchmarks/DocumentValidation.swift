import PolicyCortex

/// Validation of whole documents of 1 to 100,000 rules, in milliseconds, and what a rule costs.
func measureDocumentValidation(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let validator = PolicyValidator()
  for rules in [1, 10, 1_000, 100_000] {
    let name = "doc_\(rules).json"
    let bytes = try options.bytes(name)
    // Small documents are over before the clock has moved.
    let repetitions = max(1, 1_000 / rules)
    var mismatch = 0
    let seconds =
      median(rounds: options.rounds) {
        for _ in 0..<repetitions {
          let report = validator.validate(bytes, name: name)
          mismatch = report.diagnostics.count + (report.policies.count == 1 ? 0 : 1)
        }
      } / Double(repetitions)
    Measurement("validate-document", "workers-1", count: rules, seconds * 1e3, "ms", mismatch: mismatch).report()
    Measurement("validate-document", "rule", count: rules, seconds * 1e6 / Double(rules), "us/rule", mismatch: mismatch)
      .report()
  }
}

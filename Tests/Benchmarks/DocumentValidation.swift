import PolicyCortex

/// Validation of whole documents of 1 to 100,000 rules by one worker, in milliseconds, and what a rule costs.
///
/// The largest is measured with one and with two workers on the wall as well, since processor time does not show what
/// the second one saves.
func measureDocumentValidation(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  for rules in [1, 10, 1_000, 100_000] {
    let document = try WorkloadDocument(rules: rules, options)
    let seconds = document.time(workers: 1, Stopwatch.processorTime, options)
    document.report("workers-1", seconds * 1e3, "ms")
    document.report("rule", seconds * 1e6 / Double(rules), "us/rule")
    guard rules == 100_000 else { continue }
    for workers in [1, 2] {
      document.report(
        "workers-\(workers)-wall", document.time(workers: workers, Stopwatch.wallTime, options) * 1e3, "ms")
    }
  }
}

private struct WorkloadDocument {
  private let rules: Int
  private let name: String
  private let bytes: [UInt8]
  /// What is found in it, and nothing should be.
  private let mismatch: Int

  init(rules: Int, _ options: BenchmarkOptions) throws(BenchmarkFailure) {
    self.rules = rules
    name = "doc_\(rules).json"
    bytes = try options.bytes(name)
    let report = PolicyValidator().validate(bytes, name: name)
    let ruleCount = report.policies.reduce(0) { $0 + $1.rules.count }
    mismatch = report.diagnostics.count + (ruleCount == rules ? 0 : 1)
  }

  /// The median time of one validation, in seconds.
  func time(workers: Int, _ clock: () -> Double, _ options: BenchmarkOptions) -> Double {
    let validator = PolicyValidator(workers: workers)
    // Small documents are over before the clock has moved.
    let repetitions = max(1, 1_000 / rules)
    return median(rounds: options.rounds, clock: clock) {
      for _ in 0..<repetitions { keep(validator.validate(bytes, name: name)) }
    } / Double(repetitions)
  }

  func report(_ variant: String, _ value: Double, _ unit: String) {
    Measurement("validate-document", variant, count: rules, value, unit, mismatch: mismatch).report()
  }
}

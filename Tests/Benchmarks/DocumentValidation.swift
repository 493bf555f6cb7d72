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
    if rules == 1_000 {
      for isRequired in [true, false] {
        let typed = try WorkloadDocument(rules: rules, options, resourceTypes: bucketType(isRequired: isRequired))
        let name = isRequired ? "resource-type" : "resource-type-optional"
        typed.report(name, typed.time(workers: 1, Stopwatch.processorTime, options) * 1e3, "ms")
        typed.report(name + "-workers-2-wall", typed.time(workers: 2, Stopwatch.wallTime, options) * 1e3, "ms")
      }
    }
    guard rules == 100_000 else { continue }
    for workers in [1, 2] {
      document.report(
        "workers-\(workers)-wall", document.time(workers: workers, Stopwatch.wallTime, options) * 1e3, "ms")
    }
  }
}

/// The type of the resource that the workload's conditions are about, which has all attributes that are read, or may lack
/// any: then most uses of them are reported.
private func bucketType(isRequired: Bool) throws(BenchmarkFailure) -> ResourceTypeCatalogue {
  let required = { (names: [String]) -> String in
    guard isRequired else { return "" }
    return #""required": [\#(names.map { "\"\($0)\"" }.joined(separator: ", "))],"#
  }
  let schema = """
    {
      "typeName": "Bench::Bucket",
      \(required([
        "type", "name", "region", "public", "size", "replicas", "encryption", "tags", "labels", "ports", "rules",
      ]))
      "properties": {
        "type": {"type": "string"},
        "name": {"type": "string"}, "region": {"type": "string"}, "public": {"type": "boolean"},
        "size": {"type": "integer"}, "replicas": {"type": "integer"},
        "encryption": {
          \(required(["enabled", "algorithm", "keyRotationDays"]))
          "properties": {
            "enabled": {"type": "boolean"}, "algorithm": {"type": "string"}, "keyRotationDays": {"type": "integer"}
          }
        },
        "tags": {"type": "object", "additionalProperties": {"type": "string"}},
        "labels": {"type": "array", "items": {"type": "string"}},
        "ports": {"type": "array", "items": {"type": "integer"}},
        "rules": {
          "type": "array",
          "items": {
            \(required(["port", "cidr", "protocol"]))
            "properties": {"port": {"type": "integer"}, "cidr": {"type": "string"}, "protocol": {"type": "string"}}
          }
        }
      }
    }
    """
  do throws(SchemaLoadingError) {
    return try ResourceTypeCatalogue([SourceText(name: "bucket.json", text: schema)])
  } catch {
    throw BenchmarkFailure("\(error)")
  }
}

private struct WorkloadDocument {
  private let rules: Int
  private let name: String
  private let bytes: [UInt8]
  /// What is found in it, and nothing should be.
  private let mismatch: Int
  private let resourceTypes: ResourceTypeCatalogue?

  init(
    rules: Int, _ options: BenchmarkOptions, resourceTypes: ResourceTypeCatalogue? = nil
  ) throws(BenchmarkFailure) {
    self.rules = rules
    self.resourceTypes = resourceTypes
    name = "doc_\(rules).json"
    var bytes = try options.bytes(name)
    if let type = resourceTypes?.names.first, let start = bytes.firstIndex(of: UInt8(ascii: "{")) {
      bytes.insert(contentsOf: Array(#""resource_type": "\#(type)", "#.utf8), at: start + 1)
    }
    self.bytes = bytes
    let report = PolicyValidator(resourceTypes: resourceTypes).validate(bytes, name: name)
    let ruleCount = report.policies.reduce(0) { $0 + $1.rules.count }
    mismatch = report.diagnostics.count + (ruleCount == rules ? 0 : 1)
  }

  /// The median time of one validation, in seconds.
  func time(workers: Int, _ clock: () -> Double, _ options: BenchmarkOptions) -> Double {
    let validator = PolicyValidator(resourceTypes: resourceTypes, workers: workers)
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

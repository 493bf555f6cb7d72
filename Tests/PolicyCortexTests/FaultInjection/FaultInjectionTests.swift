import Diagnostics
import MarkedSource
import PolicyCortex
import Testing

@Suite("Faults put into policies are all found, and nothing else is")
struct FaultInjectionTests {
  /// One policy with its faults, made from its seed alone.
  private struct Case {
    let policy: PolicyTree
    let faults: [Fault]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      var generator = RandomPolicy(random: SeededGenerator(seed: seed &* 31))
      policy = generator.policy()
      var injector = FaultInjector(random: SeededGenerator(seed: seed &* 17))
      var taken: Set<String> = []
      var faults: [Fault] = []
      let wanted = Int.random(in: 1...5, using: &random)
      for attempt in 0..<60 where faults.count < wanted {
        // The first fault's code goes round, so that each is met often enough.
        let code =
          attempt < 6
          ? FaultInjector.codes[Int(seed) % FaultInjector.codes.count]
          : FaultInjector.codes.randomElement(using: &random) ?? "wrong-type"
        guard attempt == 0 || attempt >= 6 || faults.isEmpty else { continue }
        if let fault = injector.inject(code, into: policy, avoiding: &taken) { faults.append(fault) }
      }
      self.faults = faults
    }
  }

  private func findings(_ bytes: [UInt8], name: String) -> [Finding] {
    PolicyValidator().validate(bytes, name: name).diagnostics.filter {
      // Other advice is true of policies without faults too.
      $0.severity == .error || FaultInjector.codes.contains($0.code)
    }.map {
      Finding(
        code: $0.code == "invalid-json" || $0.code == "invalid-yaml" ? "syntax" : $0.code,
        field: $0.code == "limit-exceeded" ? "*" : $0.field, start: $0.span.start, end: $0.span.end)
    }
  }

  @Test("1,000 policies with one to five faults each give exactly those, as JSON and as YAML")
  func faultsAreFound() {
    var met: [String: Int] = [:]
    var failures = 0
    for seed in UInt64(1)...1000 {
      let sample = Case(seed: seed)
      for fault in sample.faults { met[fault.code, default: 0] += 1 }
      for isYAML in [false, true] {
        let written =
          isYAML ? PolicyWriter.yaml(sample.policy, seed: seed) : PolicyWriter.json(sample.policy, seed: seed)
        let bytes = FaultInjector.withBrokenCharacters(written)
        let expected = sample.faults.map { $0.finding() }.sorted()
        let found = findings(bytes, name: isYAML ? "p.yaml" : "p.json").sorted()
        guard expected != found else { continue }
        failures += 1
        guard failures <= 8 else { continue }
        let missed = expected.filter { !found.contains($0) }
        let invented = found.filter { !expected.contains($0) }
        Issue.record(
          "seed \(seed) \(isYAML ? "YAML" : "JSON"): missed \(missed), invented \(invented)\n\(String(decoding: bytes, as: UTF8.self))"
        )
      }
    }
    #expect(failures == 0)
    for code in FaultInjector.codes { #expect(met[code, default: 0] >= 30, "\(code) was met too rarely") }
  }

  @Test("a policy without faults has no diagnostics, as JSON and as YAML")
  func nothingIsInvented() {
    for seed in UInt64(1)...300 {
      var generator = RandomPolicy(random: SeededGenerator(seed: seed &* 131))
      let policy = generator.policy()
      for isYAML in [false, true] {
        let bytes = isYAML ? PolicyWriter.yaml(policy, seed: seed) : PolicyWriter.json(policy, seed: seed)
        let found = findings(bytes, name: isYAML ? "p.yaml" : "p.json")
        #expect(found.isEmpty, "seed \(seed)\n\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}

#if Server
  internal import PolicyModel
  internal import PolicyStorage

  /// What was found in some resources.
  struct ScanTally: Sendable {
    var resources = 0
    var violations = 0
    /// By the severity's place in `RuleSeverity.allCases`; the last counts those without.
    private var bySeverity = Array(repeating: 0, count: RuleSeverity.allCases.count + 1)
    private var byFramework: [String: Int] = [:]
    /// The violations as JSON, in the order of the resources; no more than were asked for.
    var kept: [[UInt8]] = []

    mutating func count(_ severity: RuleSeverity?, _ frameworks: [String]) {
      violations += 1
      let place = severity.flatMap(RuleSeverity.allCases.firstIndex) ?? RuleSeverity.allCases.count
      bySeverity[place] += 1
      for framework in frameworks { byFramework[framework, default: 0] += 1 }
    }

    /// Adds what was found in later resources, but for the violations themselves.
    mutating func add(_ later: ScanTally) {
      resources += later.resources
      violations += later.violations
      for (place, count) in later.bySeverity.enumerated() { bySeverity[place] += count }
      byFramework.merge(later.byFramework, uniquingKeysWith: +)
    }

    var progress: ScanProgress {
      ScanProgress(resources: resources, violations: violations, summary: summary.bytes)
    }

    private var summary: JSONValue {
      let names = RuleSeverity.allCases.map(\.rawValue) + ["unspecified"]
      let severities = zip(names, bySeverity).map { JSONMember($0, .integer($1)) }
      let frameworks = byFramework.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }
      return [
        "violations": .integer(violations), "by_severity": .object(severities), "by_framework": .object(frameworks),
      ]
    }
  }
#endif

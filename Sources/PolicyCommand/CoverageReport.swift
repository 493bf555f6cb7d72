internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// What the tests of a run saw of the conditions of their policies; those of one policy are counted together.
struct CoverageReport {
  /// A policy's file, and what was seen of its conditions.
  fileprivate struct Policy {
    let path: String
    let report: ValidationReport
    let lines: LineTable
    var conditions: [ConditionCoverage]
  }

  private var policies: [Policy] = []

  init(_ suites: [TestFileOutcome]) {
    var places: [String: Int] = [:]
    for suite in suites {
      guard let report = suite.policy, !suite.coverage.isEmpty else { continue }
      if let place = places[suite.policyPath], policies[place].conditions.count == suite.coverage.count {
        for index in suite.coverage.indices { policies[place].conditions[index].add(suite.coverage[index]) }
      } else {
        places[suite.policyPath] = policies.count
        policies.append(
          Policy(
            path: suite.policyPath, report: report, lines: LineTable(report.source), conditions: suite.coverage))
      }
    }
    policies.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  // MARK: Formats

  /// For people: how much was seen of each condition, and under its source what never was.
  func text(_ style: TerminalStyle) -> [UInt8] {
    var output: [UInt8] = []
    var seen = 0
    var count = 0
    for policy in policies {
      output += "\n\(displayText(policy.path))\n".utf8
      for coverage in policy.conditions {
        let outcomes = coverage.outcomes
        seen += outcomes.seen
        count += outcomes.count
        let condition = coverage.condition
        let prefix = policy.report.policies.count > 1 ? "[\(condition.policy)]." : ""
        let id = condition.id.map { " \(displayText($0))" } ?? ""
        output += "  \(prefix)rules[\(condition.index)]\(id): ".utf8
        style.append(
          outcomes.seen == outcomes.count ? .added : .warning, "\(outcomes.seen) of \(outcomes.count)", to: &output)
        output += " outcomes seen\n".utf8
        for (part, counts) in zip(condition.parts, coverage.counts) {
          guard let missing = Self.missing(part, counts) else { continue }
          let line = policy.line(of: part.span, in: condition)
          let source = Self.excerpt(part.span, condition.text)
          output += "    line \(line): `\(displayText(source))` was never \(missing)\n".utf8
        }
      }
    }
    let percent = count == 0 ? 100 : 100 * seen / count
    output += "\ncoverage: \(percent)% (\(seen) of \(count) outcomes)\n".utf8
    return output
  }

  func json() -> [UInt8] {
    var output = Array("{\"format_version\":\"1.0\",\"files\":[".utf8)
    for (number, policy) in policies.enumerated() {
      output += (number > 0 ? ",{\"path\":" : "{\"path\":").utf8
      JSONText.append(policy.path, to: &output)
      output += ",\"conditions\":[".utf8
      for (index, coverage) in policy.conditions.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        append(coverage, of: policy, to: &output)
      }
      output += "]}".utf8
    }
    return output + Array("]}\n".utf8)
  }

  private func append(_ coverage: ConditionCoverage, of policy: Policy, to output: inout [UInt8]) {
    let condition = coverage.condition
    let outcomes = coverage.outcomes
    output += "{\"policy\":\(condition.policy),\"index\":\(condition.index),\"id\":".utf8
    if let id = condition.id { JSONText.append(id, to: &output) } else { output += "null".utf8 }
    output += ",\"seen\":\(outcomes.seen),\"outcomes\":\(outcomes.count),\"condition\":".utf8
    JSONText.append(condition.text, to: &output)
    output += ",\"parts\":[".utf8
    for (index, (part, counts)) in zip(condition.parts, coverage.counts).enumerated() {
      output += (index > 0 ? ",{" : "{").utf8
      output += "\"start\":\(part.span.start),\"end\":\(part.span.end),".utf8
      output += "\"line\":\(policy.line(of: part.span, in: condition)),\"boolean\":\(part.isBoolean),".utf8
      output += "\"true\":\(counts.true),\"false\":\(counts.false),\"null\":\(counts.null),".utf8
      output += "\"value\":\(counts.value),\"error\":\(counts.error)}".utf8
    }
    output += "]}".utf8
  }

  /// A tracefile of lcov: true and false of each boolean part are two branches of a block at its line.
  func lcov() -> [UInt8] {
    var output = ""
    for policy in policies {
      output += "TN:\nSF:\(policy.path)\n"
      var lines: [Int: Int] = [:]
      var branches = (found: 0, hit: 0)
      var block = 0
      for coverage in policy.conditions {
        for (part, counts) in zip(coverage.condition.parts, coverage.counts) {
          let line = policy.line(of: part.span, in: coverage.condition)
          lines[line] = max(lines[line] ?? 0, counts.total)
          guard part.isBoolean else { continue }
          for (branch, taken) in [counts.true, counts.false].enumerated() {
            output += "BRDA:\(line),\(block),\(branch),\(counts.total > 0 ? "\(taken)" : "-")\n"
            branches.found += 1
            if taken > 0 { branches.hit += 1 }
          }
          block += 1
        }
      }
      output += "BRF:\(branches.found)\nBRH:\(branches.hit)\n"
      for (line, count) in lines.sorted(by: { $0.key < $1.key }) { output += "DA:\(line),\(count)\n" }
      output += "LF:\(lines.count)\nLH:\(lines.values.count { $0 > 0 })\nend_of_record\n"
    }
    return Array(output.utf8)
  }

  // MARK: Words

  /// What a part never was; `nil` when all was seen.
  private static func missing(_ part: TracedCondition.Part, _ counts: ConditionCoverage.Counts) -> String? {
    if counts.total == 0 { return "reached" }
    guard part.isBoolean else { return nil }
    if counts.true > 0 { return counts.false > 0 ? nil : "false" }
    return counts.false > 0 ? "true" : "true or false"
  }

  private static func excerpt(_ span: SourceSpan, _ text: String) -> String {
    let part = String(decoding: Array(text.utf8)[span.range], as: UTF8.self)
    let line = part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 60 ? line : line.prefix(60) + "…"
  }
}

extension CoverageReport.Policy {
  /// The line of the policy's file that a part of a condition starts at.
  fileprivate func line(of span: SourceSpan, in condition: TracedCondition) -> Int {
    let policy = report.policies[condition.policy]
    guard let rule = policy.rules.first(where: { $0.position == condition.index }), let node = rule.conditionNode else {
      return 1
    }
    return lines.position(of: policy.document.sourceMap(of: node).sourceSpan(span).start).line
  }
}

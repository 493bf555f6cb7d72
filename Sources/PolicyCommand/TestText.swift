internal import DiagnosticRendering
internal import PolicyCortex

/// Results of tests for people: a line a file, and what failed with the values of the conditions.
struct TestText {
  let style: TerminalStyle

  /// The text of all results and a summary, as UTF-8.
  func written(_ suites: [TestFileOutcome]) -> [UInt8] {
    var output: [UInt8] = []
    var passed = 0
    var failed = 0
    for suite in suites {
      let failures = suite.tests.filter { !$0.failures.isEmpty }
      passed += suite.tests.count - failures.count
      failed += failures.count
      if suite.tests.isEmpty, suite.findings.isEmpty, suite.problems.isEmpty { continue }
      style.append(
        suite.isPassed && suite.problems.isEmpty ? .added : .error,
        suite.isPassed && suite.problems.isEmpty ? "ok  " : "FAIL", to: &output)
      output += " \(displayText(suite.path)) (\(suite.tests.count) \(suite.tests.count == 1 ? "test" : "tests"))\n".utf8
      for test in failures { append(test, suite, to: &output) }
    }
    let role: TerminalStyle.Role = failed > 0 ? .error : .added
    style.append(role, "\(passed) passed, \(failed) failed", to: &output)
    return output + Array("\n".utf8)
  }

  private func append(_ test: TestFileOutcome.Test, _ suite: TestFileOutcome, to output: inout [UInt8]) {
    output += "\n".utf8
    style.append(.error, "failed", to: &output)
    output += " \(displayText(test.name)) (\(displayText(test.place)))\n".utf8
    for failure in test.failures { output += "  \(displayText(failure))\n".utf8 }
    guard let answer = test.answer else { return }
    output += AnswerText(style: style, policyCount: suite.policyCount).written(answer, of: suite.policyPath)
  }
}

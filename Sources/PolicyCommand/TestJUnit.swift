internal import DiagnosticRendering
internal import Diagnostics
internal import PolicyCortex

/// Results of tests as JUnit's XML: a suite a file, a case a test.
enum TestJUnit {
  /// The document, as UTF-8.
  static func written(_ suites: [TestFileOutcome]) -> [UInt8] {
    let tests = suites.flatMap(\.tests)
    let failed = tests.count { !$0.failures.isEmpty }
    let broken = suites.count { isBroken($0) }
    var output = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    output += "<testsuites tests=\"\(tests.count + broken)\" failures=\"\(failed)\" errors=\"\(broken)\">\n".utf8
    for suite in suites {
      let failures = suite.tests.count { !$0.failures.isEmpty }
      let errors = isBroken(suite) ? 1 : 0
      output += "  <testsuite".utf8
      XMLText.appendAttribute("name", suite.path, to: &output)
      output += " tests=\"\(suite.tests.count + errors)\" failures=\"\(failures)\" errors=\"\(errors)\">\n".utf8
      if errors > 0 {
        let reasons = suite.problems + suite.findings.flatMap(\.diagnostics).map { "\($0.field): \($0.message)" }
        append("error", reasons.isEmpty ? ["cannot be run"] : reasons, ofTest: suite.path, in: suite, to: &output)
      }
      for test in suite.tests {
        let place = test.failures.isEmpty ? [] : [test.place]
        append("failure", test.failures, place, ofTest: test.name, in: suite, to: &output)
      }
      output += "  </testsuite>\n".utf8
    }
    return output + "</testsuites>\n".utf8
  }

  /// Appends a case, and in an element what went wrong in it, if anything did, below some lines.
  private static func append(
    _ element: String, _ faults: [String], _ heading: [String] = [], ofTest name: String, in suite: TestFileOutcome,
    to output: inout [UInt8]
  ) {
    output += "    <testcase".utf8
    XMLText.appendAttribute("name", name, to: &output)
    XMLText.appendAttribute("classname", suite.path, to: &output)
    guard let first = faults.first else {
      output += "/>\n".utf8
      return
    }
    output += ">\n      <\(element)".utf8
    XMLText.appendAttribute("message", first, to: &output)
    output += ">".utf8
    XMLText.appendContent(Array((heading + faults).joined(separator: "\n").utf8), to: &output)
    output += "</\(element)>\n    </testcase>\n".utf8
  }

  /// Whether a file could not be run at all.
  private static func isBroken(_ suite: TestFileOutcome) -> Bool {
    suite.tests.isEmpty && !(suite.findings.isEmpty && suite.problems.isEmpty)
  }
}

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
    var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    output += "<testsuites tests=\"\(tests.count + broken)\" failures=\"\(failed)\" errors=\"\(broken)\">\n"
    for suite in suites {
      let failures = suite.tests.count { !$0.failures.isEmpty }
      let errors = isBroken(suite) ? 1 : 0
      output += "  <testsuite name=\"\(escaped(suite.path))\" tests=\"\(suite.tests.count + errors)\""
      output += " failures=\"\(failures)\" errors=\"\(errors)\">\n"
      if errors > 0 {
        let reasons = suite.problems + suite.findings.flatMap(\.diagnostics).map { "\($0.field): \($0.message)" }
        output += "    <testcase name=\"\(escaped(suite.path))\" classname=\"\(escaped(suite.path))\">\n"
        output +=
          "      <error message=\"\(escaped(reasons.first ?? ""))\">\(escaped(reasons.joined(separator: "\n")))</error>\n"
        output += "    </testcase>\n"
      }
      for test in suite.tests {
        output += "    <testcase name=\"\(escaped(test.name))\" classname=\"\(escaped(suite.path))\""
        guard let first = test.failures.first else {
          output += "/>\n"
          continue
        }
        let text = escaped(test.place + "\n" + test.failures.joined(separator: "\n"))
        output += ">\n      <failure message=\"\(escaped(first))\">\(text)</failure>\n    </testcase>\n"
      }
      output += "  </testsuite>\n"
    }
    return Array((output + "</testsuites>\n").utf8)
  }

  /// Whether a file could not be run at all.
  private static func isBroken(_ suite: TestFileOutcome) -> Bool {
    suite.tests.isEmpty && !(suite.findings.isEmpty && suite.problems.isEmpty)
  }

  /// A text as XML 1.0 can say it, in content and in attributes.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t": escaped += "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

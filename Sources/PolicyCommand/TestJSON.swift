internal import DiagnosticRendering
internal import Diagnostics
internal import PolicyCortex

/// Results of tests as JSON.
enum TestJSON {
  /// One object, with a line end.
  static func written(_ suites: [TestFileOutcome]) -> [UInt8] {
    var output: [UInt8] = []
    let tests = suites.flatMap(\.tests)
    let failed = tests.count { !$0.failures.isEmpty }
    output += "{\"format_version\":\"1.0\",\"summary\":{\"files\":\(suites.count),\"tests\":\(tests.count),".utf8
    output += "\"passed\":\(tests.count - failed),\"failed\":\(failed)},\"files\":[".utf8
    for (number, suite) in suites.enumerated() {
      output += (number > 0 ? ",{\"path\":" : "{\"path\":").utf8
      JSONText.append(suite.path, to: &output)
      output += ",\"policy\":".utf8
      JSONText.append(suite.policyPath, to: &output)
      let errors = suite.problems + suite.findings.flatMap(\.diagnostics).map { "\($0.field): \($0.message)" }
      output += ",\"errors\":".utf8
      append(errors, to: &output)
      output += ",\"tests\":[".utf8
      for (index, test) in suite.tests.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        append(test, suite, to: &output)
      }
      output += "]}".utf8
    }
    return output + Array("]}\n".utf8)
  }

  private static func append(_ test: TestFileOutcome.Test, _ suite: TestFileOutcome, to output: inout [UInt8]) {
    output += "{\"name\":".utf8
    JSONText.append(test.name, to: &output)
    output += ",\"place\":".utf8
    JSONText.append(test.place, to: &output)
    output += ",\"passed\":\(test.failures.isEmpty),\"failures\":".utf8
    append(test.failures, to: &output)
    // What came is worth its room only where it was not expected.
    if !test.failures.isEmpty, let answer = test.answer {
      output += ",\"answer\":".utf8
      output += AnswerJSON(policyCount: suite.policyCount).written(answer).dropLast()
    }
    output += "}".utf8
  }

  private static func append(_ texts: [String], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      JSONText.append(text, to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }
}

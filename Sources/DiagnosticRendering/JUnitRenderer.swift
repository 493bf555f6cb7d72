package import Diagnostics
internal import Source

/// JUnit's XML: a suite a file, and in it a case for each finding, or one that passes.
///
/// What weighs less than the run's `--fail-level` is a case that passes, with the finding as its output: the report fails exactly
/// where the run does.
package struct JUnitRenderer: FindingsRenderer {
  private let failLevel: Severity

  /// - Parameter failLevel: The least that is a failure.
  package init(failLevel: Severity) { self.failLevel = failLevel }

  package func prologue(_ summary: FindingsSummary) -> [UInt8] {
    let count = summary.count(atLeast: .hint) + summary.files - summary.filesWithFindings
    return Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="policycortex" tests="\(count)" failures="\(summary.count(atLeast: failLevel))" errors="0">

      """.utf8)
  }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    let path = reportedPath(findings.source.name)
    let failures = findings.diagnostics.count { $0.severity >= failLevel }
    output.append("  <testsuite")
    XMLText.appendAttribute("name", path, to: &output)
    output.append(
      " tests=\"\(max(1, findings.diagnostics.count))\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
    )
    if findings.diagnostics.isEmpty {
      output.append("    <testcase name=\"no findings\"")
      XMLText.appendAttribute("classname", path, to: &output)
      XMLText.appendAttribute("file", path, to: &output)
      output.append(" time=\"0\"/>\n")
    } else {
      let lines = LineTable(findings.source)
      for diagnostic in findings.diagnostics { append(diagnostic, of: findings.source, path, lines, to: &output) }
    }
    output.append("  </testsuite>\n")
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] { Array("</testsuites>\n".utf8) }

  private func append(
    _ diagnostic: Diagnostic, of source: SourceText, _ path: String, _ lines: LineTable, to output: inout [UInt8]
  ) {
    let position = lines.position(of: diagnostic.span.start)
    let field = diagnostic.field
    let place = field.isEmpty ? "" : " (\(displayText(field)))"
    output.append("    <testcase")
    XMLText.appendAttribute("name", "\(diagnostic.code) at \(position.line):\(position.column)\(place)", to: &output)
    XMLText.appendAttribute("classname", path, to: &output)
    XMLText.appendAttribute("file", path, to: &output)
    output.append(" line=\"\(position.line)\" time=\"0\">\n      ")
    let isFailure = diagnostic.severity >= failLevel
    if isFailure {
      output.append("<failure")
      XMLText.appendAttribute("message", displayText(diagnostic.message), to: &output)
      XMLText.appendAttribute("type", diagnostic.code, to: &output)
      output.append(">")
    } else {
      output.append("<system-out>")
    }
    var text: [UInt8] = []
    TextRenderer(style: .plain).append(diagnostic, of: source, lines, to: &text)
    XMLText.appendContent(text, to: &output)
    output.append(isFailure ? "</failure>\n    </testcase>\n" : "</system-out>\n    </testcase>\n")
  }
}

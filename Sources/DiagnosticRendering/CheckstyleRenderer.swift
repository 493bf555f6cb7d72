internal import Diagnostics
internal import Source

/// Checkstyle's XML: an element a file, and in it one for each finding.
package struct CheckstyleRenderer: FindingsRenderer {
  package init() {}

  package func prologue(_ summary: FindingsSummary) -> [UInt8] {
    Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n".utf8)
  }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    output.append("  <file")
    XMLText.appendAttribute("name", reportedPath(findings.source.name), to: &output)
    guard !findings.diagnostics.isEmpty else {
      output.append("/>\n")
      return output
    }
    output.append(">\n")
    let lines = LineTable(findings.source)
    for diagnostic in findings.diagnostics {
      let position = lines.position(of: diagnostic.span.start)
      let field = diagnostic.field
      let place = field.isEmpty ? "" : " (\(displayText(field)))"
      output.append("    <error line=\"\(position.line)\" column=\"\(position.column)\"")
      XMLText.appendAttribute("severity", CheckstyleRenderer.name(of: diagnostic.severity), to: &output)
      XMLText.appendAttribute("message", displayText(diagnostic.message) + place, to: &output)
      XMLText.appendAttribute("source", "policycortex.\(diagnostic.code)", to: &output)
      output.append("/>\n")
    }
    output.append("  </file>\n")
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] { Array("</checkstyle>\n".utf8) }

  private static func name(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "info"
    }
  }
}

internal import Diagnostics
internal import Source

/// The code quality report of GitLab: a JSON array, a line a finding.
package struct GitLabRenderer: FindingsRenderer {
  package init() {}

  package func prologue(_ summary: FindingsSummary) -> [UInt8] { Array("[".utf8) }

  package var separator: [UInt8] { Array(",".utf8) }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    let lines = LineTable(findings.source)
    let path = reportedPath(findings.source.name)
    // Fingerprints are compared over the whole report.
    let fingerprints = FindingFingerprint.all(of: findings, path: path)
    for (index, diagnostic) in findings.diagnostics.enumerated() {
      let range = LineRange(of: diagnostic.span, lines)
      output.append(index > 0 ? ",\n{\"description\":" : "\n{\"description\":")
      let field = diagnostic.field
      JSONText.append(field.isEmpty ? diagnostic.message : "\(diagnostic.message) (\(field))", to: &output)
      output.append(",\"check_name\":\"\(diagnostic.code)\",\"fingerprint\":\"\(fingerprints[index].text)\",")
      output.append("\"severity\":\"\(GitLabRenderer.name(of: diagnostic.severity))\",\"location\":{\"path\":")
      JSONText.append(path, to: &output)
      output.append(",\"lines\":{\"begin\":\(range.first),\"end\":\(range.last)}}}")
    }
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] {
    Array((summary.filesWithFindings == 0 ? "]\n" : "\n]\n").utf8)
  }

  private static func name(of severity: Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .hint: "info"
    }
  }
}

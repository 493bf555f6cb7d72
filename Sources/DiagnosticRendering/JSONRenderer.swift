internal import Diagnostics
internal import Source

/// One JSON object for the whole run, a line a file.
package struct JSONRenderer: FindingsRenderer {
  /// The version of this shape; it changes when a member changes its meaning or goes.
  package static let formatVersion = "1.0"

  package var toolVersion: String

  package init(toolVersion: String) { self.toolVersion = toolVersion }

  package func prologue(_ summary: FindingsSummary) -> [UInt8] {
    var output: [UInt8] = []
    output.append(
      "{\"format_version\":\"\(JSONRenderer.formatVersion)\",\"tool\":{\"name\":\"policycortex\",\"version\":")
    JSONText.append(toolVersion, to: &output)
    output.append("},\"summary\":{\"files\":\(summary.files),\"errors\":\(summary.errors),")
    output.append(
      "\"warnings\":\(summary.warnings),\"hints\":\(summary.hints),\"fixable\":\(summary.fixable)},\"files\":[\n")
    return output
  }

  package var separator: [UInt8] { Array(",\n".utf8) }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    output.append("{\"path\":")
    JSONText.append(findings.source.name, to: &output)
    output.append(",\"status\":\(findings.status),\"policies\":\(findings.policyCount),\"diagnostics\":")
    if findings.diagnostics.isEmpty {
      output.append("[]")
    } else {
      DiagnosticJSON(findings.source).append(findings.diagnostics, to: &output)
    }
    output.append("}")
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] {
    Array((summary.files == 0 ? "]}\n" : "\n]}\n").utf8)
  }
}

/// One JSON object a diagnostic, a line each, with the path of its file.
package struct JSONLinesRenderer: FindingsRenderer {
  package init() {}

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    let json = DiagnosticJSON(findings.source)
    let path = JSONText.quoted(findings.source.name)
    for diagnostic in findings.diagnostics {
      output.append("{\"path\":\(path),")
      json.appendMembers(of: diagnostic, to: &output)
      output.append("}\n")
    }
    return output
  }
}

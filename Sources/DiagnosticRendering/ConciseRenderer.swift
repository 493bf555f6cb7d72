internal import Diagnostics
internal import Source

/// One line a diagnostic: `path:line:column: error[code]: message (field)`.
package struct ConciseRenderer: FindingsRenderer {
  package init() {}

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    let lines = LineTable(findings.source)
    let name = displayText(findings.source.name)
    for diagnostic in findings.diagnostics {
      let position = lines.position(of: diagnostic.span.start)
      output.append(
        "\(name):\(position.line):\(position.column): \(diagnostic.severity.rawValue)[\(diagnostic.code)]: ")
      output.append(displayText(diagnostic.message))
      let field = diagnostic.field
      if !field.isEmpty { output.append(" (\(displayText(field)))") }
      output.append("\n")
    }
    return output
  }
}

internal import Diagnostics
internal import Source

/// Workflow commands of GitHub Actions, which show findings beside the changed lines: `::error file=…,line=…::message`.
package struct GitHubRenderer: FindingsRenderer {
  package init() {}

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    let lines = LineTable(findings.source)
    let path = reportedPath(findings.source.name)
    for diagnostic in findings.diagnostics {
      let range = LineRange(of: diagnostic.span, lines)
      output.append("::\(GitHubRenderer.command(for: diagnostic.severity)) file=")
      appendEscaped(path, isProperty: true, to: &output)
      output.append(",line=\(range.first),endLine=\(range.last)")
      // Columns are for ranges of one line.
      if let columns = range.columns { output.append(",col=\(columns.start),endColumn=\(columns.end)") }
      output.append(",title=")
      appendEscaped("\(diagnostic.title) (\(diagnostic.code))", isProperty: true, to: &output)
      output.append("::")
      appendEscaped(displayText(diagnostic.message), isProperty: false, to: &output)
      let field = diagnostic.field
      if !field.isEmpty { appendEscaped(" (\(displayText(field)))", isProperty: false, to: &output) }
      if let help = diagnostic.help { appendEscaped("\nhelp: \(displayText(help))", isProperty: false, to: &output) }
      output.append("\n")
    }
    return output
  }

  private static func command(for severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "notice"
    }
  }

  /// Appends a text as the runner reads it: `%` and line ends are escaped, and in properties what separates them.
  private func appendEscaped(_ text: String, isProperty: Bool, to output: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "%"): output.append("%25")
      case 0x0D: output.append("%0D")
      case 0x0A: output.append("%0A")
      case UInt8(ascii: ":") where isProperty: output.append("%3A")
      case UInt8(ascii: ",") where isProperty: output.append("%2C")
      default: output.append(byte)
      }
    }
  }
}

/// The lines that a span touches, from 1, and its columns if it stays in one line.
struct LineRange {
  let first: Int
  /// The line of the last byte: a span that ends behind a line's end is not on the next line.
  let last: Int
  /// In code points from 1, the end behind the last one.
  let columns: (start: Int, end: Int)?

  init(of span: SourceSpan, _ lines: LineTable) {
    let start = lines.position(of: span.start)
    let end = lines.position(of: span.end)
    first = start.line
    last = span.isEmpty ? start.line : lines.lineIndex(of: span.end - 1) + 1
    columns = start.line == end.line ? (start.column, end.column) : nil
  }
}

internal import Diagnostics
internal import Source

/// The pretty output: rustc's shape.
///
/// ```
/// error[unknown-field]: unknown field `condtion`; did you mean `condition`?
///  --> policy.yaml:3:3 (rules[0].condtion)
///   |
/// 3 | - condtion: resource.public == true
///   |   ^^^^^^^^
/// ```
package struct TextRenderer: FindingsRenderer {
  package var style: TerminalStyle
  /// Whether the output ends with a line that counts what was found.
  package var showsSummary: Bool

  package init(style: TerminalStyle, showsSummary: Bool = true) {
    self.style = style
    self.showsSummary = showsSummary
  }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    // Rather too much than a copy of many megabytes; what is not written to takes no memory.
    output.reserveCapacity(findings.diagnostics.count * 640)
    let lines = LineTable(findings.source)
    for diagnostic in findings.diagnostics {
      append(diagnostic, of: findings.source, lines, to: &output)
      output.append("\n")
    }
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] {
    guard showsSummary else { return [] }
    return Array((sentence(of: summary) + "\n").utf8)
  }

  /// Appends one diagnostic, with its source lines, notes and suggestions.
  func append(
    _ diagnostic: Diagnostic, of source: SourceText, _ lines: LineTable, to output: inout [UInt8]
  ) {
    let snippet = SourceSnippet(
      text: source, lines: lines, style: style, gutterWidth: gutterWidth(of: diagnostic, lines))
    style.append(diagnostic.severity.role, "\(diagnostic.severity.rawValue)[\(diagnostic.code)]", to: &output)
    style.append(.message, ": \(displayText(diagnostic.message))", to: &output)
    output.append("\n")
    appendPlace(diagnostic.span, diagnostic.field, snippet, to: &output)
    snippet.append(diagnostic.span, diagnostic.severity.role, to: &output)
    if let help = diagnostic.help {
      snippet.appendGutter(to: &output)
      output.append("\n")
      output.append(" ", times: snippet.gutterWidth + 1)
      style.append(.gutter, "= ", to: &output)
      style.append(.message, "help", to: &output)
      output.append(": \(displayText(help))\n")
    }
    for related in diagnostic.related {
      appendGap(snippet, to: &output)
      style.append(.note, "note", to: &output)
      output.append(": \(displayText(related.message))\n")
      if let place = related.elsewhere {
        appendPlace(place.start, in: place.name, related.path.field, snippet, to: &output)
        continue
      }
      appendPlace(related.span, related.path == diagnostic.path ? "" : related.path.field, snippet, to: &output)
      snippet.append(related.span, .note, to: &output)
    }
    for fixIt in diagnostic.fixIts {
      appendGap(snippet, to: &output)
      Suggestion(snippet: snippet, fixIt: fixIt).append(to: &output)
    }
  }

  /// The bar that ties what follows to the lines before.
  private func appendGap(_ snippet: SourceSnippet, to output: inout [UInt8]) {
    snippet.appendGutter(to: &output)
    output.append("\n")
  }

  private func appendPlace(_ span: SourceSpan, _ field: String, _ snippet: SourceSnippet, to output: inout [UInt8]) {
    appendPlace(snippet.lines.position(of: span.start), in: snippet.text.name, field, snippet, to: &output)
  }

  private func appendPlace(
    _ position: SourcePosition, in name: String, _ field: String, _ snippet: SourceSnippet, to output: inout [UInt8]
  ) {
    output.append(" ", times: snippet.gutterWidth)
    style.append(.gutter, "-->", to: &output)
    output.append(" \(displayText(name)):\(position.line):\(position.column)")
    if !field.isEmpty { output.append(" (\(displayText(field)))") }
    output.append("\n")
  }

  /// The number of digits of the last line that a diagnostic shows.
  private func gutterWidth(of diagnostic: Diagnostic, _ lines: LineTable) -> Int {
    var last = diagnostic.span.end
    for related in diagnostic.related { last = max(last, related.span.end) }
    for fixIt in diagnostic.fixIts {
      for edit in fixIt.edits { last = max(last, edit.span.end) }
    }
    return String(lines.lineIndex(of: last) + 1).utf8.count
  }

  /// The summary in words, such as `2 errors, 1 warning in 1 file (1 fixable)`.
  private func sentence(of summary: FindingsSummary) -> String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    let parts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.hints, "hint")]
      .filter { $0.0 > 0 }
      .map { counted($0.0, $0.1) }
    let marks = [(summary.fixable, "fixable"), (summary.fixed, "fixed")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let mark = marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
    guard !parts.isEmpty else { return "no problems found in \(counted(summary.files, "file"))\(mark)" }
    let files =
      summary.filesWithFindings == summary.files
      ? counted(summary.files, "file") : "\(summary.filesWithFindings) of \(counted(summary.files, "file"))"
    return "\(parts.joined(separator: ", ")) in \(files)\(mark)"
  }
}

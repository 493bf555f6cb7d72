package import Diagnostics
package import Source

/// A diagnostic as a JSON object, the same one in every place that speaks JSON.
///
/// `class` is null for warnings and hints. `condition_range` and `help` are left out where there is none; every other
/// member is always there.
package struct DiagnosticJSON {
  let lines: LineTable

  package init(_ source: SourceText) { lines = LineTable(source) }

  /// Appends an array of diagnostics.
  package func append(_ diagnostics: [Diagnostic], to output: inout [UInt8]) {
    // Rather too much than a copy of many megabytes; what is not written to takes no memory.
    output.reserveCapacity(output.count + diagnostics.count * 640)
    output.append("[")
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { output.append(",") }
      output.append("{")
      appendMembers(of: diagnostic, to: &output)
      output.append("}")
    }
    output.append("]")
  }

  /// Appends a diagnostic's members without the braces around them.
  package func appendMembers(of diagnostic: Diagnostic, to output: inout [UInt8]) {
    output.append("\"code\":\"\(diagnostic.code)\",\"class\":")
    output.append(diagnostic.failure.map { String($0.rawValue) } ?? "null")
    output.append(",\"severity\":\"\(diagnostic.severity.rawValue)\",\"title\":")
    JSONText.append(diagnostic.title, to: &output)
    output.append(",\"message\":")
    JSONText.append(diagnostic.message, to: &output)
    append(diagnostic.path, diagnostic.span, to: &output)
    if let span = diagnostic.conditionSpan {
      output.append(",\"condition_range\":{\"start\":\(span.start),\"end\":\(span.end)}")
    }
    output.append(",\"related\":[")
    for (index, related) in diagnostic.related.enumerated() {
      output.append(index > 0 ? ",{\"message\":" : "{\"message\":")
      JSONText.append(related.message, to: &output)
      if let place = related.elsewhere {
        output.append(",\"path\":")
        JSONText.append(place.name, to: &output)
        append(related.path, to: &output)
        appendRange(from: place.start, to: place.end, to: &output)
      } else {
        append(related.path, related.span, to: &output)
      }
      output.append("}")
    }
    output.append("],\"fixes\":[")
    for (index, fixIt) in diagnostic.fixIts.enumerated() {
      if index > 0 { output.append(",") }
      append(fixIt, to: &output)
    }
    output.append("]")
    if let help = diagnostic.help {
      output.append(",\"help\":")
      JSONText.append(help, to: &output)
    }
    output.append(",\"url\":\"\(DiagnosticReference.url(of: diagnostic.code))\"")
  }

  /// Appends `field`, `pointer` and `range`.
  private func append(_ path: FieldPath, _ span: SourceSpan, to output: inout [UInt8]) {
    append(path, to: &output)
    appendRange(span, to: &output)
  }

  /// Appends `field` and `pointer`, and a comma for more.
  private func append(_ path: FieldPath, to output: inout [UInt8]) {
    output.append(",\"field\":")
    JSONText.append(path.field, to: &output)
    output.append(",\"pointer\":")
    JSONText.append(path.pointer, to: &output)
    output.append(",")
  }

  private func append(_ fixIt: FixIt, to output: inout [UInt8]) {
    output.append("{\"title\":")
    JSONText.append(fixIt.title, to: &output)
    output.append(",\"applicability\":\"\(fixIt.applicability.rawValue)\",\"edits\":[")
    for (index, edit) in fixIt.edits.enumerated() {
      output.append(index > 0 ? ",{" : "{")
      appendRange(edit.span, to: &output)
      output.append(",\"text\":")
      JSONText.append(edit.text, to: &output)
      output.append("}")
    }
    output.append("]}")
  }

  private func appendRange(_ span: SourceSpan, to output: inout [UInt8]) {
    appendRange(from: lines.position(of: span.start), to: lines.position(of: span.end), to: &output)
  }

  private func appendRange(from start: SourcePosition, to end: SourcePosition, to output: inout [UInt8]) {
    output.append("\"range\":{\"start\":")
    append(start, to: &output)
    output.append(",\"end\":")
    append(end, to: &output)
    output.append("}")
  }

  private func append(_ position: SourcePosition, to output: inout [UInt8]) {
    output.append("{\"line\":\(position.line),\"column\":\(position.column),\"offset\":\(position.offset)}")
  }
}

internal import Diagnostics
internal import Source

/// The diagnostic format of reviewdog (`rdjson`): one JSON object, a line a finding.
///
/// Columns are in bytes of UTF-8, from 1, and ranges half-open.
package struct ReviewdogRenderer: FindingsRenderer {
  package init() {}

  package func prologue(_ summary: FindingsSummary) -> [UInt8] {
    Array(
      "{\"source\":{\"name\":\"policycortex\",\"url\":\"\(DiagnosticReference.urlBase)\"},\"diagnostics\":[".utf8)
  }

  package var separator: [UInt8] { Array(",".utf8) }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    let places = Places(source: findings.source)
    for (index, diagnostic) in findings.diagnostics.enumerated() {
      output.append(index > 0 ? ",\n{\"message\":" : "\n{\"message\":")
      let field = diagnostic.field
      let help = diagnostic.help.map { "\nhelp: \($0)" } ?? ""
      JSONText.append(diagnostic.message + (field.isEmpty ? "" : " (\(field))") + help, to: &output)
      places.appendLocation(diagnostic.span, to: &output)
      output.append(",\"severity\":\"\(ReviewdogRenderer.name(of: diagnostic.severity))\",")
      output.append("\"code\":{\"value\":\"\(diagnostic.code)\",")
      output.append("\"url\":\"\(DiagnosticReference.url(of: diagnostic.code))\"}")
      append(diagnostic.fixIts.compactMap { SingleEdit($0, in: findings.source.bytes) }, places, to: &output)
      append(diagnostic.related, places, to: &output)
      output.append("}")
    }
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] {
    Array((summary.filesWithFindings == 0 ? "]}\n" : "\n]}\n").utf8)
  }

  private func append(_ suggestions: [SingleEdit], _ places: Places, to output: inout [UInt8]) {
    guard !suggestions.isEmpty else { return }
    output.append(",\"suggestions\":[")
    for (index, suggestion) in suggestions.enumerated() {
      output.append(index > 0 ? ",{" : "{")
      places.appendRange(suggestion.span, to: &output)
      output.append(",\"text\":")
      JSONText.append(suggestion.text, to: &output)
      output.append("}")
    }
    output.append("]")
  }

  private func append(_ related: [RelatedPlace], _ places: Places, to output: inout [UInt8]) {
    guard !related.isEmpty else { return }
    output.append(",\"related_locations\":[")
    for (index, place) in related.enumerated() {
      output.append(index > 0 ? ",{\"message\":" : "{\"message\":")
      JSONText.append(place.message, to: &output)
      if let elsewhere = place.elsewhere {
        // Lines alone: how many bytes stand before a place is known of this file only.
        output.append(",\"location\":{\"path\":\(JSONText.quoted(reportedPath(elsewhere.name))),")
        output.append("\"range\":{\"start\":{\"line\":\(elsewhere.start.line)},")
        output.append("\"end\":{\"line\":\(elsewhere.end.line)}}}")
      } else {
        places.appendLocation(place.span, to: &output)
      }
      output.append("}")
    }
    output.append("]")
  }

  private static func name(of severity: Severity) -> String {
    switch severity {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .hint: "INFO"
    }
  }

  /// Writes the places of one file.
  private struct Places {
    let path: String
    let lines: LineTable

    init(source: SourceText) {
      path = JSONText.quoted(reportedPath(source.name))
      lines = LineTable(source)
    }

    func appendLocation(_ span: SourceSpan, to output: inout [UInt8]) {
      output.append(",\"location\":{\"path\":\(path),")
      appendRange(span, to: &output)
      output.append("}")
    }

    func appendRange(_ span: SourceSpan, to output: inout [UInt8]) {
      output.append("\"range\":{\"start\":")
      appendPosition(span.start, to: &output)
      output.append(",\"end\":")
      appendPosition(span.end, to: &output)
      output.append("}")
    }

    private func appendPosition(_ offset: Int, to output: inout [UInt8]) {
      let position = lines.position(of: offset)
      let start = lines.contentRange(ofLine: position.line - 1).lowerBound
      output.append("{\"line\":\(position.line),\"column\":\(position.offset - start + 1)}")
    }
  }
}

/// A fix-it as one replacement: from its first edit to its last, with what stands between them.
///
/// For readers that take each replacement by itself, as half a fix-it is none.
struct SingleEdit {
  let span: SourceSpan
  let text: String

  /// Fix-its that reach further are left out: each would repeat what lies between.
  private static let byteLimit = 1 << 14

  init?(_ fixIt: FixIt, in bytes: [UInt8]) {
    let edits = fixIt.edits.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    guard let first = edits.first, let last = edits.last, last.span.end <= bytes.count,
      last.span.end - first.span.start <= SingleEdit.byteLimit
    else { return nil }
    var replacement: [UInt8] = []
    var copied = first.span.start
    for edit in edits {
      guard edit.span.start >= copied else { return nil }
      replacement += bytes[copied..<edit.span.start]
      replacement.append(edit.text)
      copied = edit.span.end
    }
    // Bytes that are not UTF-8 have no place in JSON, and must not be changed in passing.
    guard let text = String(validating: replacement, as: UTF8.self) else { return nil }
    span = SourceSpan(first.span.start, last.span.end)
    self.text = text
  }
}

import DiagnosticRendering
import Diagnostics
import MarkedSource
import Source

/// Findings made by hand, so that rendering is tested without the engine.
struct Findings {
  let source: MarkedSource
  let name: String
  var diagnostics: [Diagnostic] = []

  init(_ marked: String, name: String = "policy.yaml") {
    source = MarkedSource(marked)
    self.name = name
  }

  /// Adds a diagnostic from `1️⃣` to `2️⃣`, or at `1️⃣` alone.
  func adding(_ message: some DiagnosticMessage, in path: FieldPath = FieldPath(), related: [RelatedPlace] = [])
    -> Findings
  {
    var findings = self
    let start = source.offset("1️⃣")
    let end = source.offsets["2️⃣"] ?? start
    findings.diagnostics.append(Diagnostic(message, at: SourceSpan(start, end), in: path, related: related))
    return findings
  }

  var file: FileFindings {
    let isMalformed = diagnostics.contains { $0.failure == .malformed }
    let isError = diagnostics.contains { $0.failure != nil }
    return FileFindings(
      source: SourceText(name: name, text: source.text), status: isMalformed ? 400 : isError ? 422 : 200,
      policyCount: 1,
      diagnostics: diagnostics)
  }

  /// The output of a renderer for this file alone.
  func rendered(by renderer: some FindingsRenderer) -> String {
    String(decoding: renderer.renderAll([file]), as: UTF8.self)
  }

  /// The pretty output without its summary line.
  var pretty: String { rendered(by: TextRenderer(style: .plain, showsSummary: false)) }
}

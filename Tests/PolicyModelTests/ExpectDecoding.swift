import Diagnostics
import DocumentTree
import MarkedSource
import PolicyModel
import Source
import Testing

/// A diagnostic that a test expects: its code, its field, and the marker at which its range starts.
struct Expected: CustomStringConvertible {
  let marker: String
  let code: String
  let field: String

  init(_ marker: String, _ code: String, _ field: String) {
    self.marker = marker
    self.code = code
    self.field = field
  }

  var description: String { "\(marker) \(code) \(field)" }
}

/// Reads a document and its policies; hints are left out unless a test is about them.
func decoded(
  _ text: String, _ format: DocumentFormat, hints: Bool = false
) -> (policies: [Policy], diagnostics: [Diagnostic]) {
  let source = SourceText(name: format == .json ? "policy.json" : "policy.yaml", text: text)
  let (document, reading) = readDocument(source)
  let result = decodePolicies(document, readingFailed: !reading.isEmpty)
  let diagnostics = (reading + result.diagnostics).filter { hints || $0.severity == .error }
  return (result.policies, diagnostics.sorted(by: Diagnostic.precedes))
}

/// Reads a marked document and expects exactly these diagnostics, in document order.
///
/// Also that every range lies in the text, that every fix-it mends what it is attached to, and that a safe one leaves no
/// other fault behind.
@discardableResult
func expectDecoding(
  _ marked: String, _ expected: [Expected], _ format: DocumentFormat = .json,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) -> [Diagnostic] {
  let source = MarkedSource(marked)
  let found = decoded(source.text, format).diagnostics
  let shown = found.map { "\($0.span.start) \($0.code) \($0.field)" }
  let wanted = expected.map { "\(source.offset($0.marker)) \($0.code) \($0.field)" }
  #expect(shown == wanted, "\(found.map(\.message))", sourceLocation: sourceLocation)
  for diagnostic in found {
    #expect(diagnostic.span.end <= source.text.utf8.count, sourceLocation: sourceLocation)
    #expect(!diagnostic.message.contains("\n"), sourceLocation: sourceLocation)
    for fixIt in diagnostic.fixIts { expectMending(fixIt, diagnostic, source.text, format, found, sourceLocation) }
  }
  return found
}

private func expectMending(
  _ fixIt: FixIt, _ diagnostic: Diagnostic, _ text: String, _ format: DocumentFormat, _ before: [Diagnostic],
  _ sourceLocation: Testing.SourceLocation
) {
  let mended = applied(fixIt, to: text)
  let after = decoded(mended, format).diagnostics
  let isSame = { (other: Diagnostic) in other.code == diagnostic.code && other.message == diagnostic.message }
  #expect(
    after.filter(isSame).count == before.filter(isSame).count - 1, "\(fixIt.title) leaves \(mended)",
    sourceLocation: sourceLocation)
  if fixIt.applicability == .safe {
    #expect(after.count == before.count - 1, "\(fixIt.title) leaves \(mended)", sourceLocation: sourceLocation)
  }
}

/// A text with a fix-it's edits made.
func applied(_ fixIt: FixIt, to text: String) -> String {
  var bytes = Array(text.utf8)
  for edit in fixIt.edits.reversed() { bytes.replaceSubrange(edit.span.range, with: edit.text.utf8) }
  return String(decoding: bytes, as: UTF8.self)
}

/// A policy whose only rule has a condition and an action, with further members and rule members.
func policyJSON(_ members: String = "", rule: String = "") -> String {
  #"{"name": "p", "rules": [{"condition": "resource.public", "action": "deny"\#(rule)}]\#(members)}"#
}

import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

/// What a test expects at a marker: the message starts with this, or is a hint or warning of this code.
struct Expected: Sendable, CustomTestStringConvertible {
  var marker: String
  var message: String

  init(_ marker: String, _ message: String) {
    self.marker = marker
    self.message = message
  }

  var testDescription: String { "\(marker) \(message)" }
}

/// One row of a table: a condition with its faults marked, and what it is once all fixes are applied.
struct Faulty: Sendable, CustomTestStringConvertible {
  var marked: String
  var expected: [Expected]
  var fixed: String?
  var options: ParserOptions

  init(_ marked: String, _ messages: String..., fixed: String? = nil, options: ParserOptions = .policy) {
    self.marked = marked
    expected = messages.enumerated().map { Expected("\($0.offset + 1)\u{FE0F}\u{20E3}", $0.element) }
    self.fixed = fixed
    self.options = options
  }

  var testDescription: String { marked }
}

/// Checks that exactly the expected faults are found at their markers, and what holds for every condition.
func expectDiagnostics(_ row: Faulty, sourceLocation: SourceLocation = #_sourceLocation) {
  let source = MarkedSource(row.marked)
  let result = parseExpression(source.text, options: row.options)
  let found = result.diagnostics.map { "\($0.span.start) \($0.message)" }
  let expected = row.expected.map { "\(source.offset($0.marker)) \($0.message)" }
  let isSame = found.count == expected.count && zip(found, expected).allSatisfy { $0.hasPrefix($1) }
  #expect(isSame, "\(source.text)\nfound:    \(found)\nexpected: \(expected)", sourceLocation: sourceLocation)
  if let fixed = row.fixed {
    let mended = applyingFixIts(source.text, result.diagnostics)
    #expect(mended == fixed, sourceLocation: sourceLocation)
    let errors = parseExpression(mended, options: row.options).diagnostics.map { $0.message }
    #expect(errors.isEmpty, "the fixed text has errors", sourceLocation: sourceLocation)
  }
  expectSoundness(source.text, row.options, sourceLocation: sourceLocation)
}

/// Checks what holds for every text: diagnostics in order and inside it, a sound tree, and that dropping any single token
/// neither crashes nor hangs.
func expectSoundness(
  _ text: String, _ options: ParserOptions = .policy, sourceLocation: SourceLocation = #_sourceLocation
) {
  var parser = Parser(options: options)
  let bytes = Array(text.utf8)
  expectSoundParse(bytes, &parser, sourceLocation: sourceLocation)
  for token in tokens(of: text) {
    expectSoundParse(
      Array(bytes[..<token.span.start] + bytes[token.span.end...]), &parser, sourceLocation: sourceLocation)
  }
}

func expectSoundParse(_ bytes: [UInt8], _ parser: inout Parser, sourceLocation: SourceLocation = #_sourceLocation) {
  unsafe bytes.withUnsafeBufferPointer { unsafe parser.parse($0) }
  let text = String(decoding: bytes, as: UTF8.self)
  for diagnostic in parser.diagnostics {
    #expect(diagnostic.span.end <= bytes.count, "\(text): \(diagnostic.message)", sourceLocation: sourceLocation)
    for edit in diagnostic.fixIts.flatMap(\.edits) {
      #expect(edit.span.end <= bytes.count, "\(text): \(diagnostic.message)", sourceLocation: sourceLocation)
    }
  }
  let starts = parser.diagnostics.map(\.span.start)
  #expect(starts == starts.sorted(), sourceLocation: sourceLocation)
  #expect(parser.tree.root.index < parser.tree.nodes.count, sourceLocation: sourceLocation)
  for node in parser.tree.nodes {
    #expect(node.span.end <= bytes.count, "\(text): \(node.kind)", sourceLocation: sourceLocation)
    // An unreadable part is never silent.
    if node.kind == .error {
      #expect(!parser.diagnostics.isEmpty, "\(text)", sourceLocation: sourceLocation)
    }
  }
}

/// The text with every fix applied, from the last place to the first.
func applyingFixIts(_ text: String, _ diagnostics: [Diagnostic]) -> String {
  var bytes = Array(text.utf8)
  let edits = diagnostics.flatMap { $0.fixIts.first?.edits ?? [] }
  for (_, edit) in edits.enumerated().sorted(by: {
    ($0.element.span.start, $0.offset) > ($1.element.span.start, $1.offset)
  }) {
    bytes.replaceSubrange(edit.span.range, with: Array(edit.text.utf8))
  }
  return String(decoding: bytes, as: UTF8.self)
}

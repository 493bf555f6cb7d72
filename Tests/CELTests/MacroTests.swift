import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Macros")
struct MacroTests {
  /// What an expression is read as, a node a line, without the places.
  private func expansion(_ text: String) -> String {
    describe(parseExpression(text).tree).split(separator: "\n").map { line in
      // ` 0..<9))` at the end of each line.
      let place = line.lastIndex(of: " ") ?? line.endIndex
      return line[..<place] + line[place...].filter { $0 == ")" }
    }.joined(separator: "\n")
  }

  private func expect(
    _ marked: String, _ expected: [(marker: String, text: String)], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let source = MarkedSource(marked)
    let found = parseExpression(source.text).diagnostics
    #expect(
      found.map { "\($0.span.start) \($0.code): \($0.message)" }
        == expected.map { "\(source.offset($0.marker)) invalid-macro-argument: \($0.text)" },
      sourceLocation: sourceLocation)
  }
}

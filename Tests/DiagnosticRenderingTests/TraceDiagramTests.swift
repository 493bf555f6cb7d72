import DiagnosticRendering
import Testing

@Suite("Values under a text")
struct TraceDiagramTests {
  private func diagram(_ text: String, _ labels: [(Int, String)]) -> String {
    let labels = labels.map { TraceDiagram.Label(offset: $0.0, text: $0.1) }
    return String(
      decoding: TraceDiagram(style: .plain, indentation: 2).written(text, labels), as: UTF8.self)
  }

  @Test("values that have room share a line, the others wait below their bars")
  func sharedLines() {
    #expect(
      diagram("a + bb == ccc", [(0, "12"), (2, "3456"), (4, "1"), (7, "true"), (10, "3")])
        == """
          a + bb == ccc
          | | |  |  |
          | | 1  |  3
          | 3456 true
          12

        """.replacing("  | | 1  |  3\n  | 3456 true\n  12", with: "  | | |  |  3\n  | | 1  true\n  | 3456\n  12"))
  }

  @Test("a line without values is shown as it is, and wide characters take two columns")
  func lines() {
    #expect(
      diagram("// c\n日 == x", [(9, "true"), (5, "1")]) == """
          // c
          日 == x
          |  |
          1  true

        """)
  }

  @Test("what a terminal would obey is shown as an escape, and places beyond the text are at its end")
  func strangeText() {
    #expect(diagram("a\u{1B}b", [(99, "\u{7}")]).contains("a\\u{1b}b"))
    #expect(diagram("", [(0, "1")]) == "  \n  |\n  1\n")
    #expect(diagram("a", []) == "  a\n")
    #expect(diagram("ab", [(0, "1"), (0, "2")]) == "  ab\n  |\n  2\n  1\n")
  }
}

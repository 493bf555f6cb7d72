import Source
import Testing

@Suite("line table")
struct LineTableTests {
  private func table(_ text: String) -> LineTable { LineTable(SourceText(name: "t", text: text)) }

  @Test("lines end at LF, CRLF and CR, and nowhere else")
  func lineEnds() {
    let table = table("a\nb\r\nc\rd\u{85}e\u{2028}f\n")
    #expect(table.count == 5)
    #expect((0..<5).map { table.contentRange(ofLine: $0) } == [0..<1, 2..<3, 5..<6, 7..<15, 16..<16])
  }

  @Test("an empty document has one line")
  func empty() {
    #expect(table("").count == 1)
    #expect(table("").position(of: 0).column == 1)
    #expect(table("").contentRange(ofLine: 0) == 0..<0)
  }

  @Test(
    "columns count code points",
    arguments: [(0, 1, 1), (1, 1, 2), (3, 1, 3), (7, 1, 4), (8, 2, 1), (9, 2, 2), (99, 2, 2), (-5, 1, 1)])
  func columns(_ offset: Int, _ line: Int, _ column: Int) {
    let position = table("aé😀\nb").position(of: offset)
    #expect(position.line == line)
    #expect(position.column == column)
    #expect(position.offset == max(0, min(offset, 9)))
  }

  @Test("a byte that is no UTF-8 is a column of its own")
  func invalidBytes() {
    let table = LineTable(SourceText(name: "t", bytes: [0xFF, 0xFE, 0x61]))
    #expect(table.position(of: 2).column == 3)
  }
}

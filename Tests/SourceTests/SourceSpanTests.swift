import Source
import Testing

@Suite("source span")
struct SourceSpanTests {
  @Test("offsets are clamped, and no span ends before it starts")
  func clamping() {
    #expect(SourceSpan(-1, 3).start == 0)
    #expect(SourceSpan(5, 3).isEmpty)
    #expect(SourceSpan(5, 3).start == 5)
    #expect(SourceSpan(0, .max).end == Int(UInt32.max))
  }

  @Test("a union covers both spans and what lies between")
  func union() {
    #expect(SourceSpan(2, 4).union(SourceSpan(7, 9)) == SourceSpan(2, 9))
    #expect(SourceSpan(7, 9).union(SourceSpan(2, 4)) == SourceSpan(2, 9))
    #expect(SourceSpan(2, 9).union(SourceSpan(3, 4)).count == 7)
  }

  @Test("a text gives a span's bytes, and U+FFFD for those that are not UTF-8")
  func text() {
    let text = SourceText(name: "t", bytes: [0x61, 0xFF, 0x62])
    #expect(text.string(SourceSpan(0, 3)) == "a\u{FFFD}b")
    #expect(text.string(SourceSpan(2, 99)) == "b")
  }
}

import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Places inside string literals")
struct LiteralPlacesTests {
  @Test(
    "a part of the content is where it is written",
    arguments: [
      ("'ab1️⃣c2️⃣d'", 2..<3),
      ("\"1️⃣a2️⃣b\"", 0..<1),
      ("'a1️⃣2️⃣'", 1..<1),
      ("'1️⃣2️⃣'", 0..<0),
      (#"'\\1️⃣\\2️⃣d'"#, 1..<2),
      (#"'1️⃣\\d2️⃣'"#, 0..<2),
      (#"'\x411️⃣b2️⃣'"#, 1..<2),
      (#"'1️⃣\X412️⃣b'"#, 0..<1),
      (#"'\1011️⃣b2️⃣'"#, 1..<2),
      (#"'\u00411️⃣b2️⃣'"#, 1..<2),
      (#"'a1️⃣\u00e92️⃣b'"#, 1..<3),
      (#"'a1️⃣\u00e92️⃣b'"#, 2..<3),
      (#"'\u20ac1️⃣b2️⃣'"#, 3..<4),
      (#"'\U0001F6001️⃣b2️⃣'"#, 4..<5),
      (#"'\xe91️⃣b2️⃣'"#, 2..<3),
      ("'é1️⃣b2️⃣'", 2..<3),
      (#"'\"\'\`\?\a1️⃣\n2️⃣'"#, 5..<6),
      (#"r'\\1️⃣d2️⃣'"#, 2..<3),
      (#"R"\x1️⃣412️⃣""#, 2..<4),
      ("'''a'1️⃣b2️⃣'''", 2..<3),
      ("\"\"\"a\n1️⃣b2️⃣\"\"\"", 2..<3),
      (#"r'''\1️⃣u2️⃣'''"#, 1..<2),
      ("''''''", 0..<0),
    ])
  func place(marked: String, part: Range<Int>) {
    let source = MarkedSource(marked)
    let span = LiteralPlaces(source.text.utf8, at: 10).span(of: part)
    let expected = source.offsets.isEmpty ? SourceSpan(at: 3) : source.span("1️⃣", "2️⃣")
    #expect(span == SourceSpan(expected.start + 10, expected.end + 10))
  }

  @Test("no part leads out of the literal, whatever the literal is", arguments: 0..<200)
  func robustness(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["'", "\"", "'''", "r", "b", "\\", "\\x4", "\\u12", "\\U0010FFFF", "\\777", "a", "é", "\n", "\\'"]
    var text = ""
    for _ in 0..<Int.random(in: 0...8, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
    let places = LiteralPlaces(text.utf8, at: 0)
    for start in 0...(text.utf8.count + 2) {
      let span = places.span(of: start..<(start + 2))
      #expect(span.start <= span.end && span.end <= text.utf8.count, "\(text.debugDescription), seed \(seed)")
    }
  }
}

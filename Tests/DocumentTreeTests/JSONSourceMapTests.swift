import DocumentTree
import MarkedSource
import Source
import Testing

@Suite("source maps of JSON strings")
struct JSONSourceMapTests {
  /// A string as pieces: what stands in the document, and what it says.
  private struct Spelling {
    var pieces: [(source: [UInt8], decoded: [UInt8])] = []

    init(using generator: inout SeededGenerator) {
      for _ in 0..<Int.random(in: 0..<12, using: &generator) { pieces.append(Spelling.piece(using: &generator)) }
    }

    private static func piece(using generator: inout SeededGenerator) -> (source: [UInt8], decoded: [UInt8]) {
      switch Int.random(in: 0..<7, using: &generator) {
      case 0:
        let pairs = [
          (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{C}"), (#"\n"#, "\n"),
          (#"\r"#, "\r"), (#"\t"#, "\t"),
        ]
        let (source, decoded) = pairs.randomElement(using: &generator) ?? ("", "")
        return (Array(source.utf8), Array(decoded.utf8))
      case 1, 2:
        // Any scalar but the surrogates, as one escape or a pair.
        let value = UInt32.random(in: 0..<0xD800, using: &generator) >> UInt32.random(in: 0..<14, using: &generator)
        return escape(Unicode.Scalar(value) ?? "?")
      case 3: return escape(Unicode.Scalar(UInt32.random(in: 0x10000...0x10FFFF, using: &generator)) ?? "?")
      default:
        let texts = ["a", "resource.size > 1", "é", "€", "😀", "👩‍👩‍👧", "e\u{301}", " ", "'x'", "{}[],:"]
        let text = Array((texts.randomElement(using: &generator) ?? "").utf8)
        return (text, text)
      }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> (source: [UInt8], decoded: [UInt8]) {
      let units = Array(String(scalar).utf16)
      let source = units.map { unit in
        let digits = String(unit, radix: 16, uppercase: unit % 2 == 0)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      return (Array(source.joined().utf8), Array(String(scalar).utf8))
    }
  }

  @Test(
    "every range of a decoded string maps to the slice that says it, and back",
    arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func ranges(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let spelling = Spelling(using: &generator)
      let isKey = Bool.random(using: &generator)
      let text = Array((isKey ? "{\"" : "[1, \"").utf8)
      let bytes = text + spelling.pieces.flatMap(\.source) + Array((isKey ? "\": 1}" : "\"]").utf8)
      let reading = JSONReading(bytes)
      #expect(reading.diagnostics.isEmpty, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
      let id = NodeID(isKey ? 1 : 2)
      let map = reading.document.sourceMap(of: id)
      let decoded = unsafe reading.document.withBytes(of: id) { unsafe Array($0) }
      #expect(decoded == spelling.pieces.flatMap(\.decoded), "seed \(seed)")
      // Where each piece starts in both texts.
      var places = [(source: text.count, decoded: 0)]
      for piece in spelling.pieces {
        let last = places[places.count - 1]
        places.append((last.source + piece.source.count, last.decoded + piece.decoded.count))
      }
      for start in places.indices {
        #expect(map.sourceOffset(places[start].decoded) == places[start].source, "seed \(seed)")
        #expect(map.decodedOffset(places[start].source) == places[start].decoded, "seed \(seed)")
        for end in start..<places.count {
          let span = map.sourceSpan(SourceSpan(places[start].decoded, places[end].decoded))
          #expect(span == SourceSpan(places[start].source, places[end].source), "seed \(seed)")
          let slice = JSONReading([0x22] + bytes[span.range] + [0x22])
          let said = unsafe slice.document.withBytes(of: NodeID(0)) { unsafe Array($0) }
          #expect(said == Array(decoded[places[start].decoded..<places[end].decoded]), "seed \(seed)")
        }
      }
    }
  }

  @Test("a place inside an escape belongs to the character that the escape says")
  func insideAnEscape() {
    let source = MarkedSource(#""a1️⃣\ud83d2️⃣\ude003️⃣b""#)
    let reading = JSONReading(source.text)
    let map = reading.document.sourceMap(of: NodeID(0))
    #expect(map.decodedOffset(source.offset("2️⃣")) == 1)
    #expect(map.sourceSpan(SourceSpan(2, 4)) == source.span("1️⃣", "3️⃣"))
    #expect(map.sourceSpan(SourceSpan(1, 6)) == SourceSpan(source.offset("1️⃣"), source.offset("3️⃣") + 1))
    #expect(map.sourceSpan(SourceSpan(at: 6)) == SourceSpan(at: source.offset("3️⃣") + 1))
  }

  @Test("damaged places say U+FFFD and map to themselves")
  func damagedPlaces() {
    let reading = JSONReading(Array("[\"a".utf8) + [0xFF, 0xFF] + Array(#"b\ud800c"]"#.utf8))
    let map = reading.document.sourceMap(of: NodeID(1))
    #expect(reading.document.text(of: NodeID(1)) == "a\u{FFFD}b\u{FFFD}c")
    #expect(map.sourceSpan(SourceSpan(1, 4)) == SourceSpan(3, 5))
    #expect(map.sourceSpan(SourceSpan(5, 8)) == SourceSpan(6, 12))
    #expect(map.sourceSpan(SourceSpan(8, 9)) == SourceSpan(12, 13))
  }
}

import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
  @Test("every node and key knows its place, quotation marks and brackets included")
  func places() {
    let source = MarkedSource(#" 1️⃣{"a": 2️⃣[1, 3️⃣-2.5e3, true], 4️⃣"b\n": 5️⃣null}6️⃣ "#)
    let reading = JSONReading(source.text)
    #expect(reading.diagnostics.isEmpty)
    reading.expectSound()
    let nodes = reading.document.nodes
    #expect(nodes.map(\.kind) == [.object, .string, .array, .integer, .float, .true, .string, .null])
    #expect(nodes[0].span == source.span("1️⃣", "6️⃣"))
    #expect(nodes[2].span == SourceSpan(source.offset("2️⃣"), source.offset("2️⃣") + 17))
    #expect(nodes[4].span == SourceSpan(source.offset("3️⃣"), source.offset("3️⃣") + 6))
    #expect(nodes[6].span == SourceSpan(source.offset("4️⃣"), source.offset("4️⃣") + 5))
    #expect(nodes[7].span == SourceSpan(source.offset("5️⃣"), source.offset("5️⃣") + 4))
    #expect(nodes[1].link == DocumentNode.verbatim)
    #expect(reading.document.text(of: NodeID(6)) == "b\n")
    #expect(reading.document.text(of: NodeID(4)) == "-2.5e3")
  }

  @Test(
    "a scalar alone is a document",
    arguments: ["1", "\"a\"", "null", " true ", "-0", "1E400", "123456789012345678901234567890", "\u{FEFF}false"])
  func scalars(_ text: String) {
    let reading = JSONReading(text)
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.document.roots.count == 1)
    #expect(reading.document.nodes.count == 1)
  }

  @Test(
    "escapes are decoded",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00x""#, "😀x"),
      (#""\u0000""#, "\0"), (#""a\u0022b""#, "a\"b"), ("\"é€😀\"", "é€😀"),
    ])
  func escapes(_ text: String, _ decoded: String) {
    let reading = JSONReading(text)
    #expect(reading.diagnostics.isEmpty)
    #expect(Array(reading.document.text(of: NodeID(0)).utf8) == Array(decoded.utf8))
  }

  // MARK: Encoding

  @Test(
    "half a surrogate pair is reported at its escape, in values and keys",
    arguments: [
      #"["1️⃣\ud800"]"#, #"["1️⃣\udc00"]"#, #"["1️⃣\ud8002️⃣\ud800"]"#, #"["1️⃣\ud800A"]"#, #"{"1️⃣\udfff": 1}"#,
      #"["1️⃣\ud888\u1234"]"#, #"["1️⃣\ude002️⃣\ud83d"]"#,
    ])
  func loneSurrogates(_ marked: String) {
    let source = MarkedSource(marked)
    let reading = JSONReading(source.text)
    #expect(reading.diagnostics.map(\.code) == source.offsets.map { _ in "invalid-encoding" })
    #expect(reading.diagnostics.map(\.span.start) == source.offsets.values.sorted())
    #expect(reading.diagnostics.allSatisfy { $0.span.count == 6 })
    reading.expectSound()
  }

  static let damagedTexts: [(bytes: [UInt8], places: [SourceSpan])] = [
    (text("[\"a", [0xE9], "b\"]"), [SourceSpan(3, 4)]),
    (text("[\"a", [0xC0, 0xAF, 0x61, 0xED, 0xA0, 0x80], "b\"]"), [SourceSpan(3, 5), SourceSpan(6, 9)]),
    (text("[", [0xFF], "]"), [SourceSpan(1, 2)]),
    (text("[1", [0xE5], "]"), [SourceSpan(2, 3)]),
    (text("{\"", [0xF0, 0x9F], "\": 1}"), [SourceSpan(2, 4)]),
    (text("[1] ", [0x80], ""), [SourceSpan(4, 5)]),
    (text("[\"\\u", [0xE5], "\"]"), [SourceSpan(4, 5)]),
    (text("[\"é", [0xF5], "é\"]"), [SourceSpan(4, 5)]),
    (text("[\"\\", [0xF5], "\"]"), [SourceSpan(3, 4)]),
    (text("[nul", [0xF5], "]"), [SourceSpan(4, 5)]),
    (text("{\"a\": 1 ", [0xF5], "}"), [SourceSpan(8, 9)]),
  ]

  private static func text(_ before: String, _ bytes: [UInt8], _ behind: String) -> [UInt8] {
    Array(before.utf8) + bytes + Array(behind.utf8)
  }

  @Test("bytes that are not UTF-8 are reported once a place, and as nothing else", arguments: damagedTexts)
  func invalidUTF8(_ bytes: [UInt8], _ places: [SourceSpan]) {
    let reading = JSONReading(bytes)
    #expect(
      reading.diagnostics.map(\.code) == places.map { _ in "invalid-encoding" }, "\(reading.diagnostics.map(\.message))"
    )
    #expect(reading.diagnostics.map(\.span) == places)
    reading.expectSound()
  }

  @Test("a raw NUL is reported wherever it stands")
  func rawNUL() {
    let reading = JSONReading("{\"a\0\0b\": \0 \"x\0\"}\0")
    #expect(reading.diagnostics.map(\.code) == Array(repeating: "invalid-encoding", count: 4))
    #expect(reading.diagnostics.map(\.span.start) == [3, 9, 13, 16])
  }

  @Test(
    "UTF-16 and UTF-32 are named, and not read",
    arguments: [
      [0xFF, 0xFE, 0x7B, 0, 0x7D, 0], [0xFE, 0xFF, 0, 0x7B, 0, 0x7D], [0x7B, 0, 0x7D, 0], [0, 0x7B, 0, 0x7D],
      [0x5B, 0, 0x22, 0, 0xE9, 0, 0x22, 0, 0x5D, 0], [0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0], [0, 0, 0, 0x7B, 0, 0, 0, 0x7D],
    ] as [[UInt8]])
  func wideEncodings(_ bytes: [UInt8]) {
    let reading = JSONReading(bytes)
    #expect(reading.diagnostics.map(\.code) == ["invalid-encoding"])
    #expect(reading.document.roots.isEmpty)
  }

  // MARK: Keys

  @Test("duplicate keys are found by their code points, whatever their spelling")
  func duplicateKeys() {
    let source = MarkedSource(
      #"{1️⃣"a": 1, "é": 2, 2️⃣"\u0061": {3️⃣"x": 1, 4️⃣"x": 2}, "e\u0301": 3, 5️⃣"a": 4, "abcdefghi": 1, "abcdefghj": 2}"#)
    let reading = JSONReading(source.text)
    #expect(reading.diagnostics.isEmpty)
    let document = reading.document
    #expect(document.duplicateKeys.map { document[$0.key].span.start } == ["2️⃣", "4️⃣", "5️⃣"].map(source.offset))
    #expect(document.duplicateKeys.map { document[$0.first].span.start } == ["1️⃣", "3️⃣", "1️⃣"].map(source.offset))
    #expect(reading.rendered.contains(#""x":1,"x":2"#), "duplicates stay in the tree")
  }

  @Test("duplicates are found among many keys")
  func manyKeys() {
    let members = (0..<100_000).map { #""key\#($0 % 99_998)": 0"# }.joined(separator: ",")
    let reading = JSONReading("{\(members)}")
    #expect(reading.document.duplicateKeys.count == 2)
    #expect(reading.document.duplicateKeys.map { reading.document.text(of: $0.key) } == ["key0", "key1"])
    #expect(reading.document.duplicateKeys.map(\.first.index) == [1, 3])
  }

  // MARK: Limits

  @Test("nesting has a limit, and reading goes on behind what is too deep")
  func nesting() {
    let deepest = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(JSONReading(deepest).diagnostics.isEmpty)
    let text =
      #"{"a": "# + String(repeating: "[", count: 255) + "[[1]]" + String(repeating: "]", count: 255) + #", "b": 01}"#
    let reading = JSONReading(text)
    #expect(reading.diagnostics.map(\.code) == ["limit-exceeded", "invalid-json"])
    #expect(reading.diagnostics[0].span == SourceSpan(6 + 255, 6 + 256))
    #expect(reading.rendered.hasSuffix(#","b":1}"#))
    reading.expectSound()
  }

  @Test("a document beyond the size limit is not read")
  func size() {
    let reading = JSONReading([UInt8](repeating: 0x20, count: (64 << 20) + 1))
    #expect(reading.diagnostics.map(\.code) == ["limit-exceeded"])
    #expect(reading.document.roots.isEmpty)
  }

  @Test("reading ends behind ten thousand faults")
  func faults() {
    let reading = JSONReading("[" + String(repeating: "01,", count: 20_000) + "1]")
    #expect(reading.diagnostics.count == 10_001)
    #expect(reading.diagnostics.last?.code == "limit-exceeded")
    reading.expectSound()
  }

  @Test(
    "hostile nesting gives diagnostics on a small stack",
    arguments: [
      "[", "{", "{\"a\":", "[[],", "[{\"a\":[", "]", "}", "[}", "{]", "(", "'", "\"", "\\", "/*", "\"a\":", ",", "[,",
    ])
  func hostileNesting(_ unit: String) {
    let text = String(repeating: unit, count: 100_000)
    let codes = onSmallStack { Set(JSONReading(text).diagnostics.map(\.code)) }
    #expect(codes?.isEmpty == false)
    #expect(codes?.isSubset(of: ["invalid-json", "limit-exceeded"]) == true)
  }
}

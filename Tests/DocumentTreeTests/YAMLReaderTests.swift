import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

@Suite("YAML reader")
struct YAMLReaderTests {
  @Test("every node and key knows its place, without its anchor and tag")
  func places() {
    let source = MarkedSource(
      """
      1️⃣name: 2️⃣"p"
      rules: &r
        3️⃣- a: !!str 4️⃣1
          b: 5️⃣[1, 2]6️⃣ # comment
        - 7️⃣plain
          text8️⃣

      9️⃣
      """)
    let reading = YAMLReading(source.text)
    #expect(reading.findings == "")
    reading.expectSound()
    let spans = reading.document.nodes.map(\.span)
    #expect(spans[0] == source.span("1️⃣", "8️⃣"))
    #expect(spans[2] == SourceSpan(source.offset("2️⃣"), source.offset("2️⃣") + 3))
    #expect(spans[4] == source.span("3️⃣", "8️⃣"))
    #expect(spans[5] == SourceSpan(source.offset("3️⃣") + 2, source.offset("6️⃣")))
    #expect(spans[7] == SourceSpan(source.offset("4️⃣"), source.offset("4️⃣") + 1))
    #expect(spans[9] == source.span("5️⃣", "6️⃣"))
    #expect(spans[12] == source.span("7️⃣", "8️⃣"))
    #expect(reading.document.nodes[9].isInFlow == false)
    #expect(reading.document.nodes[10].isInFlow)
  }

  @Test("a block scalar reaches from its indicator to the end of its last line with text")
  func blockScalarPlaces() {
    let source = MarkedSource("a: 1️⃣|+ # comment\n  x\n  y2️⃣\n\n   \nb: 3️⃣>-4️⃣\nc: 5️⃣|\n    6️⃣\nd: 1\n")
    let reading = YAMLReading(source.text)
    #expect(reading.findings == "")
    let literal = reading.scalar(at: source.offset("1️⃣"))
    #expect(literal?.span == source.span("1️⃣", "2️⃣"))
    #expect(literal?.style == .literal)
    let folded = reading.scalar(at: source.offset("3️⃣"))
    #expect(folded?.span == source.span("3️⃣", "4️⃣"))
    #expect(folded?.style == .folded)
    #expect(reading.scalar(at: source.offset("5️⃣"))?.span.count == 1)
  }

  @Test("a value that is not there stands behind the indicator that asks for it")
  func absentValues() {
    let source = MarkedSource("a:1️⃣ # none\nb: &x2️⃣\nc:\n  -3️⃣\n  - d\ne: {f4️⃣, g:5️⃣ }\n")
    let reading = YAMLReading(source.text)
    #expect(reading.findings == "")
    let places = reading.document.nodes.filter { $0.kind == .null }.map(\.span)
    #expect(places == ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"].map { SourceSpan(at: source.offset($0)) })
  }

  @Test(
    "plain scalars are resolved by the core schema",
    arguments: [
      ("~", .null), ("null", .null), ("NULL", .null), ("nULL", .string), ("true", .true), ("False", .false),
      ("yes", .string), ("off", .string), ("0", .integer), ("012", .integer), ("+12", .integer), ("-0", .integer),
      ("0o17", .integer), ("0o18", .string), ("0xFf", .integer), ("0x", .string), ("-0x1", .string), ("1_000", .string),
      ("1.", .float), (".5", .float), ("-1.5e+3", .float), ("1e3", .float), ("1e", .string), (".", .string),
      ("+", .string), ("-", .string), (".inf", .float), ("-.INF", .float), (".nan", .float), ("-.nan", .string),
      ("12:30", .string), ("2001-01-01", .string), ("1 2", .string), ("'1'", .string), ("\"true\"", .string),
      ("123456789012345678901234567890", .integer),
    ] as [(String, NodeKind)])
  func resolution(_ text: String, _ kind: NodeKind) {
    let reading = YAMLReading("a: x\nb: \(text == "-" ? "'-'" : text)\n")
    #expect(reading.findings == "")
    #expect(reading.document.nodes.last?.kind == kind)
  }

  @Test("the text of a number is kept")
  func numberText() {
    let reading = YAMLReading("[012, 0x1F, +1.50, !!int '7', !!float 3]")
    let texts = reading.document.nodes.indices.dropFirst().map { reading.document.text(of: NodeID($0)) }
    #expect(texts == ["012", "0x1F", "+1.50", "7", "3"])
    #expect(reading.document.nodes.last?.kind == .float)
  }

  @Test(
    "keys that stand twice are recorded with the first of them",
    arguments: [
      "{a: 1, 'a': 2}", "a: 1\n\"\\x61\": 2\n", "? a\n? a\n", "&x a: 1\n*x : 2\n",
      "{" + (0..<50).map { "k\($0): 1, " }.joined() + "k17: 2}",
    ])
  func duplicateKeys(_ text: String) {
    let reading = YAMLReading(text)
    #expect(reading.findings == "")
    #expect(reading.document.duplicateKeys.count == 1)
    guard let pair = reading.document.duplicateKeys.first else { return }
    #expect(reading.document.text(of: pair.key) == reading.document.text(of: pair.first))
    #expect(pair.first.index < pair.key.index)
  }

  @Test("keys are compared by code points")
  func canonicallyEquivalentKeys() {
    #expect(YAMLReading("é: 1\ne\u{301}: 2\n").document.duplicateKeys.isEmpty)
  }

  // MARK: Aliases

  @Test(
    "aliases and merge keys bring what they stand for",
    arguments: [
      ("a: &x [1, {b: c}]\nd: *x\n", #"{"a":[1,{"b":"c"}],"d":[1,{"b":"c"}]}"#),
      ("- &x 1\n- *x\n- &x 2\n- *x\n", "[1,1,2,2]"),
      ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n", #"{"a":{"x":1,"y":2},"b":{"y":3,"x":1}}"#),
      ("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n  z: 3\n", #"[{"x":1},{"x":2,"y":2},{"z":3,"x":1,"y":2}]"#),
      ("<<: {q: [1, {r: 2}], x: 3}\nx: 1\n", #"{"x":1,"q":[1,{"r":2}]}"#),
      ("<<:\n  q:\n    r: 2\nx: 1\n", #"{"x":1,"q":{"r":2}}"#),
      (
        "- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b, z: [*a]}\n",
        #"[{"x":1},{"y":2,"x":1},{"z":[{"x":1}],"y":2,"x":1}]"#
      ),
      ("'<<': 1\n\"<<\": 2\n", #"{"<<":1,"<<":2}"#), ("!!str <<: 1\n", #"{"<<":1}"#),
      ("a: &a b\n*a : c\n", #"{"a":"b","b":"c"}"#),
    ])
  func aliases(_ text: String, _ read: String) {
    let reading = YAMLReading(text)
    #expect(reading.findings == "")
    #expect(reading.rendered == read)
    reading.expectSound()
  }

  @Test("members that a merge key brings stand where its alias does")
  func mergedPlaces() {
    let source = MarkedSource("- &a {x: 1}\n- <<: 1️⃣*a2️⃣\n")
    let document = YAMLReading(source.text).document
    let merged = document.nodes.filter { $0.kind == .alias }
    #expect(merged.map(\.span) == [source.span("1️⃣", "2️⃣"), source.span("1️⃣", "2️⃣")])
  }

  @Test("aliases that stand for too much are reported once, where the limit is passed")
  func expansion() {
    var text = "- &a0 [x, x]\n"
    for level in 1...30 {
      text += "- &a\(level) [" + String(repeating: "*a\(level - 1), ", count: 9) + "]\n"
    }
    let reading = YAMLReading(text)
    #expect(reading.diagnostics.map(\.code) == ["limit-exceeded"])
    reading.expectSound()
    // The merge of an object counts like an alias of it.
    let members = (0..<1000).map { "k\($0): 1" }.joined(separator: ", ")
    let merges = YAMLReading("- &b {\(members)}\n" + String(repeating: "- <<: *b\n", count: 100))
    #expect(merges.diagnostics.map(\.code) == ["limit-exceeded"])
  }

  // MARK: Streams

  @Test("a stream has a root for each document, and none for comments")
  func streams() {
    #expect(YAMLReading("").document.roots.isEmpty)
    #expect(YAMLReading("# a\n\n...\n").document.roots.isEmpty)
    #expect(YAMLReading("---\n---\n").rendered == "null\nnull")
    #expect(YAMLReading("a\n...\n# b\n...\n%YAML 1.2\n---\n- c\n").rendered == "\"a\"\n[\"c\"]")
    #expect(YAMLReading("\u{FEFF}a: 1\n...\n\u{FEFF}b: 1\n").findings == "")
  }

  @Test("anchors and tag handles end with their document")
  func documentScope() {
    #expect(YAMLReading("- &a 1\n---\n- *a\n").diagnostics.count == 1)
    #expect(YAMLReading("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n").rendered == "\"1\"")
    #expect(YAMLReading("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n---\n!e!str 1\n").diagnostics.count == 1)
  }

  // MARK: Encoding

  @Test("bytes that are no UTF-8 are reported each, and damage their value")
  func invalidBytes() {
    let bytes =
      Array("a: x".utf8) + [0xFF] + Array("\nb: \"".utf8) + [0xE2, 0x82] + Array("\"\nc: d # ".utf8) + [0xC0, 0x80]
    let reading = YAMLReading(bytes)
    #expect(reading.diagnostics.map(\.code) == Array(repeating: "invalid-encoding", count: 4))
    #expect(reading.diagnostics.map(\.span.start) == [4, 10, 21, 22])
    #expect(reading.rendered == #"{"a":!,"b":!,"c":"d"}"#)
  }

  @Test(
    "text that is no UTF-8 at all is reported once",
    arguments: [[0xFF, 0xFE, 0x61, 0], [0x61, 0, 0x3A, 0], [0, 0x61]] as [[UInt8]])
  func otherEncodings(_ bytes: [UInt8]) {
    let reading = YAMLReading(bytes)
    #expect(reading.diagnostics.map(\.code) == ["invalid-encoding"])
    #expect(reading.document.roots.isEmpty)
  }

  @Test("control characters are reported, and some are allowed between quotes")
  func controlCharacters() {
    #expect(YAMLReading("a: b\u{1}c\n").diagnostics.map(\.span) == [SourceSpan(4, 5)])
    #expect(YAMLReading("a: \"b\u{1}c\"\n").diagnostics.count == 1)
    #expect(YAMLReading("a: b\u{7F}c\u{FEFF}d\n").diagnostics.map(\.span) == [SourceSpan(4, 5), SourceSpan(6, 9)])
    #expect(YAMLReading("a: 'b\u{7F}c\u{FEFF}d\u{80}'\n# \u{FFFF}\n").diagnostics.count == 1)
    #expect(YAMLReading("a: b\0\n").diagnostics.map(\.code) == ["invalid-encoding"])
  }
}

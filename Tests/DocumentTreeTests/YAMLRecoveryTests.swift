import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// One broken stream: where its faults start, and what was read all the same.
struct BrokenYAML: CustomTestStringConvertible, Sendable {
  var marked: String
  var read: String
  /// What the safe fix-its leave, which is read without diagnostics; `nil` when they do not mend all.
  var mended: String?

  init(_ marked: String, _ read: String, mended: String? = nil) {
    self.marked = marked
    self.read = read
    self.mended = mended
  }

  var testDescription: String { marked }
}

@Suite("recovery of the YAML reader")
struct YAMLRecoveryTests {
  static let members: [BrokenYAML] = [
    BrokenYAML("name: p\n1️⃣rules\n- a: x\n  b: y\n", #"{"name":"p","rules":[{"a":"x","b":"y"}]}"#),
    BrokenYAML("1️⃣name p\nrules:\n- a: x\n", #"{"name":!,"rules":[{"a":"x"}]}"#),
    BrokenYAML("- 1️⃣condition x\n  action: deny\n- b: 1\n", #"[{"condition":!,"action":"deny"},{"b":1}]"#),
    BrokenYAML("- a: x\n  b1️⃣:deny\n", #"[{"a":"x","b":"deny"}]"#, mended: "- a: x\n  b: deny\n"),
    BrokenYAML("\"a\"1️⃣:b\n", #"{"a":"b"}"#, mended: "\"a\": b\n"),
    BrokenYAML("a: 1\n1️⃣\"b\" 2\nc: 3\n", #"{"a":1,"b":!,"c":3}"#),
    BrokenYAML("a: 1\n1️⃣- b\n- c\nd: 2\n", #"{"a":1,"d":2}"#),
    BrokenYAML("a:\n- b\n1️⃣c\n- d\ne: 1\n", #"{"a":["b"],"c":["d"],"e":1}"#),
    BrokenYAML("1️⃣: a\nb: c\n", #"{"":"a","b":"c"}"#),
    BrokenYAML("a:\n1️⃣&b\n- c\nd: 1\n", #"{"a":null,"d":1}"#),
    BrokenYAML("a: b\n1️⃣%YAML 1.2\nc: d\n", #"{"a":"b","c":"d"}"#),
    BrokenYAML(
      "1️⃣1: a\n2️⃣null: b\n3️⃣true: c\n", #"{"1":"a","null":"b","true":"c"}"#,
      mended: "\"1\": a\n\"null\": b\n\"true\": c\n"),
    BrokenYAML("1️⃣[a, b]: c\n? 2️⃣{d: e}\n: f\n? 3️⃣- g\n: h\n", #"{"[a, b]":"c","{d: e}":"f","- g":"h"}"#),
  ]

  static let values: [BrokenYAML] = [
    BrokenYAML(
      "- c: r.x == \"a1️⃣: b\"\n  d: e\n- c: x ? y 2️⃣: z # z\n", #"[{"c":!,"d":"e"},{"c":!}]"#,
      mended: "- c: 'r.x == \"a: b\"'\n  d: e\n- c: 'x ? y : z' # z\n"),
    BrokenYAML("- c: a\n    ? b 1️⃣: d\n  e: f\n", #"[{"c":!,"e":"f"}]"#),
    BrokenYAML("- c: \"a\" 1️⃣== resource.x\n  d: 'e' 2️⃣in f\n", #"[{"c":!,"d":!}]"#),
    BrokenYAML("c: [1, 2]1️⃣.exists(x, x == 1)\nd: {a: 1}2️⃣.b\n", #"{"c":!,"d":!}"#),
    BrokenYAML("a: 'it'1️⃣s here'\nb: \"say \"2️⃣hi\" now\"\nc: it's\n", #"{"a":!,"b":!,"c":"it's"}"#),
    BrokenYAML("a: \"b\"1️⃣# c\n", #"{"a":"b"}"#, mended: "a: \"b\" # c\n"),
    BrokenYAML(
      "a: 1️⃣@b\nc: 2️⃣`d`\ne: 3️⃣%f\n", #"{"a":!,"c":!,"e":!}"#, mended: "a: '@b'\nc: '`d`'\ne: '%f'\n"),
    BrokenYAML("- c: 1️⃣!r.public && x\n  a: 2️⃣!deny\n  t: 3️⃣!foo [a]\n", #"[{"c":!,"a":!,"t":!}]"#),
    BrokenYAML("a: 1️⃣- b\nc: 2️⃣? d\n", #"{"a":!,"c":!}"#),
    BrokenYAML("a: |1️⃣foo\nb: >2️⃣#c\n  d\n", "{\"a\":!,\"b\":\"d\\n\"}"),
    BrokenYAML("a: b\n  # c\n  1️⃣d\ne: f\n", #"{"a":!,"e":"f"}"#),
    BrokenYAML("a: |\n  b\n 1️⃣c\nd: e\n", #"{"a":!,"d":"e"}"#),
    BrokenYAML("a: |\n1️⃣   \n  b\nc: d\n", #"{"a":!,"c":"d"}"#),
    BrokenYAML("a: \"x1️⃣\\dy2️⃣\\ud800\\uD83D\\uDE003️⃣\\xZ4️⃣\\U00110000\"\n", "{\"a\":\"xdy\u{FFFD}😀\u{FFFD}Z\u{FFFD}\"}"),
    BrokenYAML("--- 1️⃣a: b\n    c: d\n", #"{"a":"b","c":"d"}"#),
    BrokenYAML("a\n...\nb: 1\n---\nc # d\n1️⃣e: f\n", "\"a\"\n{\"b\":1}\n!"),
    BrokenYAML("1️⃣!!int x\n", "!"),
    BrokenYAML("a: 1️⃣!!map\nb: 2️⃣!!str [c]\n", #"{"a":!,"b":["c"]}"#),
  ]

  static let indentation: [BrokenYAML] = [
    BrokenYAML(
      "r:\n  - a: x\n   1️⃣b: y\n  - a: z\n     2️⃣b: y\n     c: d\n 3️⃣- a: q\n",
      #"{"r":[{"a":"x","b":"y"},{"a":"z","b":"y","c":"d"},{"a":"q"}]}"#),
    BrokenYAML("r:\n- a: x\n1️⃣\tb: y\n- a: z\n", #"{"r":[{"a":"x","b":"y"},{"a":"z"}]}"#),
    BrokenYAML("a:\n1️⃣\tb:\n2️⃣\t\tc: d\ne: f\n", #"{"a":{"b":{"c":"d"}},"e":"f"}"#),
    BrokenYAML("-1️⃣\t- a\n- b\n", #"[["a"],"b"]"#),
    BrokenYAML("a: [b,\n1️⃣c,\nd]\ne: f\n", #"{"a":["b","c","d"],"e":"f"}"#),
    BrokenYAML("a: \"b\n1️⃣c\nd\"\ne: f\n", #"{"a":"b c d","e":"f"}"#),
    BrokenYAML("a: [\n  b\n]\nc: d\n", #"{"a":["b"],"c":"d"}"#, mended: "a: [\n  b\n]\nc: d\n"),
  ]

  static let brackets: [BrokenYAML] = [
    BrokenYAML(
      "- c: 1️⃣\"abc\n  a: deny\n- c: 2️⃣'abc\n    def\n  a: deny\n- x: 3️⃣\"last\n",
      #"[{"c":!,"a":"deny"},{"c":!,"a":"deny"},{"x":!}]"#),
    BrokenYAML(
      "t: [1️⃣\"a, b]\nn: x\nm: 2️⃣[a, b\nz: [a, b3️⃣}\ny: 1\n", #"{"t":!,"n":"x","m":["a","b"],"z":["a","b"],"y":1}"#),
    BrokenYAML("a: {b: 1, c: 1️⃣[2}\nd: 1\n", #"{"a":{"b":1,"c":[2]},"d":1}"#),
    BrokenYAML("{a: 1, b: [1, 21️⃣}, c: 3}", #"{"a":1,"b":[1,2],"c":3}"#),
    BrokenYAML("r: [\n  1️⃣{c: x, a: y\n  {c: z}\n]\n", #"{"r":[{"c":"x","a":"y"},{"c":"z"}]}"#),
    BrokenYAML("a: 1️⃣{\nb: 1\n}\nc: 2\n", #"{"a":{},"b":1,"c":2}"#),
    BrokenYAML("[a, 1️⃣, b \"c\",2️⃣#d\n 3️⃣- e]", #"["a","b \"c\"",!]"#),
    BrokenYAML("{a: 1\n 1️⃣b: 2 }", #"{"a":1,"b":2}"#),
    BrokenYAML("[a\n 1️⃣: b]", #"[{"a":"b"}]"#),
    BrokenYAML("{g1️⃣:[h], i: [j2️⃣:{}]}", #"{"g":["h"],"i":[{"j":{}}]}"#, mended: "{g: [h], i: [j: {}]}"),
    BrokenYAML("a: {b: 1,\n1️⃣c: 2}\nd: [e,\n2️⃣f: 1,\ng]\n", #"{"a":{"b":1,"c":2},"d":["e",{"f":1},"g"]}"#),
    BrokenYAML("a: !1️⃣[b]\n", #"{"a":["b"]}"#),
    BrokenYAML("1️⃣[a, [b]", #"["a",["b"]]"#),
  ]

  static let references: [BrokenYAML] = [
    BrokenYAML("a: 1️⃣*b\nc: &bd 1\nd: 2️⃣*bc\n", #"{"a":!,"c":1,"d":!}"#),
    BrokenYAML("a: 1️⃣*.example.com\nb: 2️⃣*\n", #"{"a":!,"b":!}"#),
    BrokenYAML("1️⃣*a: b\nc: {2️⃣*d: e}\n", #"{"*a":"b","c":{"*d":"e"}}"#),
    BrokenYAML("a: &x [b, 1️⃣*x]\n", #"{"a":["b",!]}"#),
    BrokenYAML("a: &x b\nc: &y 1️⃣*x\n", #"{"a":"b","c":"b"}"#),
    BrokenYAML("a: &x 1️⃣&y b\n", #"{"a":"b"}"#),
    BrokenYAML("a: &x [b]\nc:\n  <<: 1️⃣5\n  <<: [2️⃣*x, 3️⃣d]\n", #"{"a":["b"],"c":{}}"#),
  ]

  @Test("members without colon, key or place", arguments: members)
  func reportsMembers(_ test: BrokenYAML) { check(test) }

  @Test("values that no quotes protect, tags, escapes", arguments: values)
  func reportsValues(_ test: BrokenYAML) { check(test) }

  @Test("wrong indentation", arguments: indentation)
  func reportsIndentation(_ test: BrokenYAML) { check(test) }

  @Test("quotes and brackets that are not closed", arguments: brackets)
  func reportsBrackets(_ test: BrokenYAML) { check(test) }

  @Test("anchors, aliases and merge keys", arguments: references)
  func reportsReferences(_ test: BrokenYAML) { check(test) }

  private func check(_ test: BrokenYAML) {
    let source = MarkedSource(test.marked)
    let reading = YAMLReading(source.text)
    #expect(reading.diagnostics.map(\.span.start) == source.offsets.values.sorted(), "\(reading.findings)")
    #expect(reading.rendered == test.read)
    reading.expectSound()
    guard let mended = test.mended else { return }
    let safe = reading.diagnostics.flatMap(\.fixIts).filter { $0.applicability == .safe }
    var bytes = reading.bytes
    for edit in safe.flatMap(\.edits).sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(edit.span.range, with: Array(edit.text.utf8))
    }
    #expect(String(decoding: bytes, as: UTF8.self) == mended)
    #expect(YAMLReading(bytes).findings == "")
  }

  // MARK: Whatever the text

  static let sample = """
    %YAML 1.2
    ---
    name: &n "p\\n\\
      q" # c
    rules:
    - condition: >-
        a &&
          b

        c
      action: deny
    - {condition: 'it''s', "action":deny, tags: [a, b: c, ? d : e]}
    - <<: &d {x: !!str 1}
      ? k
      : |2+
          l

    more: *n
    ...
    # end
    --- [~, 0x1F]

    """

  @Test("dropping, doubling or changing any byte does no harm")
  func mutations() {
    let bytes = Array(Self.sample.utf8)
    #expect(YAMLReading(bytes).findings == "")
    for index in bytes.indices {
      var dropped = bytes
      dropped.remove(at: index)
      YAMLReading(dropped).expectSound()
      for byte in [0x20, 0x09, 0x0A, 0x22, 0x27, 0x3A, 0x2D, 0x5B, 0x7D, 0x26, 0x2A, 0x21, 0x7C, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] = byte
        YAMLReading(changed).expectSound()
      }
      YAMLReading(Array(bytes[..<index])).expectSound()
    }
  }

  @Test("random tokens do no harm", arguments: [1, 2, 3, 4] as [UInt64])
  func garbage(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let tokens = [
      " ", "  ", "\n", "\n  ", "\n    ", "- ", "? ", ": ", ":", ", ", "[", "]", "{", "}", "'", "\"", "\\", "#", " # c",
      "&a ",
      "*a", "!!str ", "!x ", "|", ">-\n", "---", "...", "%", "a", "b c", "1", "<<", "\t", "\r\n", "é", "\u{FEFF}", "@",
      "~",
    ]
    for _ in 0..<1500 {
      let count = Int.random(in: 1...25, using: &generator)
      let text = (0..<count).map { _ in tokens.randomElement(using: &generator) ?? "" }.joined()
      YAMLReading(text).expectSound()
    }
  }
}

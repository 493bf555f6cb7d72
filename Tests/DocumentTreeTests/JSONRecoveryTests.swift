import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// One broken document: where its faults start, and what was read all the same.
struct BrokenJSON: CustomTestStringConvertible, Sendable {
  var marked: String
  var read: String
  /// What the safe fix-its leave; `nil` when there are none or they do not mend all.
  var mended: String?

  init(_ marked: String, _ read: String, mended: String? = nil) {
    self.marked = marked
    self.read = read
    self.mended = mended
  }

  var testDescription: String { marked }
}

@Suite("recovery of the JSON reader")
struct JSONRecoveryTests {
  static let commas: [BrokenJSON] = [
    BrokenJSON("[1, 21️⃣,]", "[1,2]", mended: "[1, 2]"),
    BrokenJSON(#"{"a": 11️⃣, }"#, #"{"a":1}"#, mended: #"{"a": 1 }"#),
    BrokenJSON(#"{"id": 01️⃣,,,,}"#, #"{"id":0}"#, mended: #"{"id": 0}"#),
    BrokenJSON("[1,1️⃣,2]", "[1,2]", mended: "[1,2]"),
    BrokenJSON("[1️⃣,1]", "[1]", mended: "[1]"),
    BrokenJSON("[1️⃣,]", "[]", mended: "[]"),
    BrokenJSON("[1 1️⃣2 2️⃣3]", "[1,2,3]", mended: "[1, 2, 3]"),
    BrokenJSON(#"{"a": 1 1️⃣"b": 2}"#, #"{"a":1,"b":2}"#, mended: #"{"a": 1, "b": 2}"#),
    BrokenJSON("{\"a\": \"x\"\n1️⃣\"b\": \"y\"}", #"{"a":"x","b":"y"}"#, mended: "{\"a\": \"x\",\n\"b\": \"y\"}"),
    BrokenJSON(#"{"a": 11️⃣; "b": 2}"#, #"{"a":1,"b":2}"#, mended: #"{"a": 1, "b": 2}"#),
    BrokenJSON(#"{"a":"a" 1️⃣123}"#, #"{"a":"a"}"#),
    BrokenJSON("[3 1️⃣[4]]", "[3,[4]]", mended: "[3, [4]]"),
    BrokenJSON(#"[{"a": 1}1️⃣{"a": 2}]"#, #"[{"a":1},{"a":2}]"#, mended: #"[{"a": 1},{"a": 2}]"#),
  ]

  static let colons: [BrokenJSON] = [
    BrokenJSON(#"{"a" 1️⃣1}"#, #"{"a":1}"#, mended: #"{"a": 1}"#),
    BrokenJSON(#"{"a" 1️⃣"b", "c": 1}"#, #"{"a":"b","c":1}"#, mended: #"{"a": "b", "c": 1}"#),
    BrokenJSON(#"{"a"1️⃣, null}"#, #"{"a":null}"#, mended: #"{"a": null}"#),
    BrokenJSON(#"{"a" 1️⃣= 1}"#, #"{"a":1}"#, mended: #"{"a" : 1}"#),
    BrokenJSON(#"{"a" 1️⃣=> 1}"#, #"{"a":1}"#, mended: #"{"a" : 1}"#),
    BrokenJSON(#"{"a":1️⃣: 1}"#, #"{"a":1}"#, mended: #"{"a": 1}"#),
    BrokenJSON(#"{"a": 1️⃣, "b": 2}"#, #"{"a":!,"b":2}"#),
    BrokenJSON(#"{"a"1️⃣, "b": 2}"#, #"{"a":!,"b":2}"#),
    BrokenJSON(#"{"a": 1️⃣}"#, #"{"a":!}"#),
    BrokenJSON(#"{"a"1️⃣}"#, #"{"a":!}"#),
    BrokenJSON(#"{1️⃣: 1, "b": 2}"#, #"{"b":2}"#),
    BrokenJSON(#"["a"1️⃣: 1]"#, #"["a",1]"#),
  ]

  static let words: [BrokenJSON] = [
    BrokenJSON(#"{1️⃣a: 1}"#, #"{"a":1}"#, mended: #"{"a": 1}"#),
    BrokenJSON(#"{1️⃣1: 1}"#, #"{"1":1}"#, mended: #"{"1": 1}"#),
    BrokenJSON(#"{1️⃣null: 1}"#, #"{"null":1}"#, mended: #"{"null": 1}"#),
    BrokenJSON(#"{1️⃣'a': 0}"#, #"{"a":0}"#, mended: #"{"a": 0}"#),
    BrokenJSON(#"[1️⃣True, 2️⃣FALSE, 3️⃣None, 4️⃣Null]"#, "[true,false,null,null]", mended: "[true, false, null, null]"),
    BrokenJSON(#"[1️⃣NaN, 2️⃣Infinity, 3️⃣-Infinity]"#, "[!,!,!]"),
    BrokenJSON(#"[1️⃣fals]"#, "[!]"),
    BrokenJSON(#"{"action": 1️⃣deny, "b": 1}"#, #"{"action":"deny","b":1}"#, mended: #"{"action": "deny", "b": 1}"#),
    BrokenJSON(
      #"{"condition": 1️⃣resource.tags["x"] == 'y', "b": 1}"#, #"{"condition":"resource.tags[\"x\"] == 'y'","b":1}"#,
      mended: #"{"condition": "resource.tags[\"x\"] == 'y'", "b": 1}"#),
    BrokenJSON(#"{"action": 1️⃣deny", "b": 1}"#, #"{"action":"deny","b":1}"#, mended: #"{"action": "deny", "b": 1}"#),
    BrokenJSON(#"{1️⃣action": "deny", "b": 1}"#, #"{"action":"deny","b":1}"#, mended: #"{"action": "deny", "b": 1}"#),
    BrokenJSON(#"[1️⃣'it\'s "so"', 2]"#, #"["it's \"so\"",2]"#, mended: #"["it's \"so\"", 2]"#),
    BrokenJSON("[1️⃣“a”, 2]", #"["a",2]"#, mended: #"["a", 2]"#),
    BrokenJSON("[1️⃣*, 2]", "[!,2]"),
    BrokenJSON(#"{1️⃣[: "x"}"#, "{}"),
  ]

  static let numbers: [BrokenJSON] = [
    BrokenJSON("[1️⃣012, 2️⃣-007, 3️⃣00]", "[12,-7,0]", mended: "[12, -7, 0]"),
    BrokenJSON("[1️⃣+1, 2️⃣.5, 3️⃣1., 4️⃣-.5e3, 5️⃣2.e3]", "[1,0.5,1.0,-0.5e3,2.0e3]", mended: "[1, 0.5, 1.0, -0.5e3, 2.0e3]"),
    BrokenJSON("[1️⃣0x1F, 2️⃣1_000, 3️⃣- 1]", "[31,1000,-1]", mended: "[31, 1000, -1]"),
    BrokenJSON("[1️⃣1e, 2️⃣0e+-1, 3️⃣1.2.3, 4️⃣-, 5️⃣1ea, 6️⃣++1]", "[!,!,!,!,!,!]"),
  ]

  static let strings: [BrokenJSON] = [
    BrokenJSON(#"["1️⃣\x41"]"#, #"["A"]"#, mended: #"["\u0041"]"#),
    BrokenJSON(#"["it1️⃣\'s"]"#, #"["it's"]"#, mended: #"["it's"]"#),
    BrokenJSON(#"["a1️⃣\d+"]"#, #"["ad+"]"#),
    BrokenJSON(#"["1️⃣\u12", "2️⃣\uqqqq", 1]"#, "[\"\u{FFFD}\",\"\u{FFFD}qqqq\",1]"),
    BrokenJSON("[\"a1️⃣\tb2️⃣\u{1}\"]", #"["a\tb\u0001"]"#, mended: #"["a\tb\u0001"]"#),
    BrokenJSON("[\"new1️⃣\nline\", 1]", #"["new\nline",1]"#, mended: #"["new\nline", 1]"#),
    BrokenJSON("{\"a\": 1️⃣\"deny,\n\"b\": 1}", #"{"a":"deny","b":1}"#, mended: "{\"a\": \"deny\",\n\"b\": 1}"),
    BrokenJSON("{\"a\": 1️⃣\"deny\n}", #"{"a":"deny"}"#, mended: "{\"a\": \"deny\"\n}"),
    BrokenJSON(
      "{\"a\": {\"b\": 1️⃣\"x},\n\"c\": 1}", #"{"a":{"b":"x"},"c":1}"#, mended: "{\"a\": {\"b\": \"x\"},\n\"c\": 1}"),
    BrokenJSON(#"[1️⃣"asd]"#, #"["asd"]"#, mended: #"["asd"]"#),
    BrokenJSON(#"1️⃣"asd"#, #""asd""#, mended: #""asd""#),
    BrokenJSON(#"{"a": 1️⃣"deny, "b": "c"}"#, #"{"a":"deny","b":"c"}"#, mended: #"{"a": "deny", "b": "c"}"#),
    BrokenJSON(#"{1️⃣"name: "p", "b": "c"}"#, #"{"name":"p","b":"c"}"#, mended: #"{"name": "p", "b": "c"}"#),
    BrokenJSON(#"[1️⃣"a, "b", "c"]"#, #"["a","b","c"]"#, mended: #"["a", "b", "c"]"#),
    BrokenJSON(#"{"c": "name == 1️⃣"x"", "a": "b"}"#, #"{"c":"name == \"x\"","a":"b"}"#),
    BrokenJSON(#"{"c": "a in [1️⃣"x", "y"]", "a": "b"}"#, #"{"c":"a in [\"x\", \"y\"]","a":"b"}"#),
    BrokenJSON(#"{"c": "x 1️⃣" y", "a": "b"}"#, #"{"c":"x \" y","a":"b"}"#),
  ]

  static let brackets: [BrokenJSON] = [
    BrokenJSON("[1, [21️⃣", "[1,[2]]", mended: "[1, [2]]"),
    BrokenJSON(#"{"a": true,1️⃣"#, #"{"a":true}"#, mended: #"{"a": true}"#),
    BrokenJSON(#"{"a":1️⃣"#, #"{"a":!}"#),
    BrokenJSON(#"{"a"1️⃣"#, #"{"a":!}"#),
    BrokenJSON(#"{"a": [1, 21️⃣}, "b": 3}"#, #"{"a":[1,2],"b":3}"#, mended: #"{"a": [1, 2], "b": 3}"#),
    BrokenJSON(#"[{"a": [1, 21️⃣}, {"a": 3}]"#, #"[{"a":[1,2]},{"a":3}]"#, mended: #"[{"a": [1, 2]}, {"a": 3}]"#),
    BrokenJSON(#"{"a": [{"b": 1}1️⃣}], "c": 2}"#, #"{"a":[{"b":1}],"c":2}"#),
    BrokenJSON("[11️⃣}", "[1]", mended: "[1]"),
    BrokenJSON(#"{1️⃣]"#, "{}", mended: "{}"),
    BrokenJSON(#"[{"a": 1 1️⃣{"a": 2}]"#, #"[{"a":1},{"a":2}]"#),
    BrokenJSON(#"[{"a": 1, 1️⃣{"a": 2}]"#, #"[{"a":1},{"a":2}]"#, mended: #"[{"a": 1}, {"a": 2}]"#),
    BrokenJSON(
      #"{"t": ["a", "b", 1️⃣"s": "low"}"#, #"{"t":["a","b"],"s":"low"}"#, mended: #"{"t": ["a", "b"], "s": "low"}"#),
  ]

  static let outside: [BrokenJSON] = [
    BrokenJSON("1️⃣", ""),
    BrokenJSON(" \n1️⃣", ""),
    BrokenJSON("1️⃣]", "", mended: nil),
    BrokenJSON("{}1️⃣}", "{}", mended: "{}"),
    BrokenJSON(#"{} 1️⃣"x" [1]"#, "{}"),
    BrokenJSON("11️⃣,", "1", mended: "1"),
    BrokenJSON("1️⃣// a\n{2️⃣/* b */\"a\": 1 3️⃣# c\n}4️⃣//", #"{"a":1}"#, mended: "\n{\"a\": 1 \n}"),
    BrokenJSON(#"{"a": 1 1️⃣/* b }"#, #"{"a":1}"#),
    BrokenJSON("[1,1️⃣\u{A0}2]", "[1,2]", mended: "[1, 2]"),
    BrokenJSON("[1,1️⃣\u{C}2]", "[1,2]", mended: "[1, 2]"),
    BrokenJSON("\u{FEFF}1️⃣\u{FEFF}{}", "{}", mended: "\u{FEFF}{}"),
    BrokenJSON("[1️⃣\u{0}1]", "[1]"),
  ]

  @Test(
    "each fault is reported once, where it is, and reading goes on behind it",
    arguments: [commas, colons, words, numbers, strings, brackets, outside].flatMap { $0 })
  func recovery(_ broken: BrokenJSON) {
    let source = MarkedSource(broken.marked)
    let reading = JSONReading(source.text)
    #expect(
      reading.diagnostics.map(\.span.start) == source.offsets.values.sorted(), "\(reading.diagnostics.map(\.message))")
    #expect(reading.rendered == broken.read)
    reading.expectSound()
    guard let mended = broken.mended else { return }
    let fixIts = reading.diagnostics.flatMap(\.fixIts).filter { $0.applicability == .safe }
    let again = JSONReading(reading.applying(fixIts))
    #expect(String(decoding: again.bytes, as: UTF8.self) == mended)
    #expect(again.diagnostics.isEmpty)
    #expect(again.rendered == broken.read)
  }
}

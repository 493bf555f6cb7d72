import DiagnosticRendering
import DocumentTree
import MarkedSource
import PolicyCortex
import PolicyLanguageServer
import Source
import Testing

@Suite struct OpenDocumentTests {
  @Test(
    "a position is a place in the text, and one that is none is the nearest before it",
    arguments: [
      // a😀é, CRLF, b, LF, CR, c
      (0, 1, 1, 1, 1), (0, 2, 1, 1, 5), (0, 3, 1, 5, 7), (0, 5, 5, 7, 7), (0, 6, 5, 7, 7), (0, 7, 7, 7, 7),
      (0, 99, 7, 7, 7), (1, 0, 9, 9, 9), (1, 9, 10, 10, 10), (2, 0, 11, 11, 11), (2, 1, 11, 11, 11),
      (3, 1, 13, 13, 13), (4, 0, 13, 13, 13), (1_000_000, 5, 13, 13, 13),
    ])
  func positions(line: Int, character: Int, utf8: Int, utf16: Int, utf32: Int) {
    for (encoding, offset) in zip(PositionEncoding.allCases, [utf8, utf16, utf32]) {
      var document = OpenDocument(
        uri: "file:///a.yaml", language: "yaml", version: 1, text: "a😀é\r\nb\n\rc", encoding: encoding)
      #expect(document.offset(of: Position(line: line, character: character)) == offset, "\(encoding)")
      let position = document.position(of: offset)
      #expect(document.offset(of: position) == offset, "\(encoding)")
    }
  }

  @Test("in a long line places are counted as in a short one", arguments: PositionEncoding.allCases)
  func longLines(encoding: PositionEncoding) {
    let line = String(repeating: "aé😀", count: 2_000)
    var document = OpenDocument(
      uri: "file:///a.yaml", language: "yaml", version: 1, text: "é\n\(line)\nb", encoding: encoding)
    let units: [PositionEncoding: Int] = [.utf8: 7, .utf16: 4, .utf32: 3]
    for count in [0, 1, 145, 146, 147, 293, 1_999, 2_000] {
      let position = document.position(of: 3 + count * 7)
      #expect(position == Position(line: 1, character: count * (units[encoding] ?? 0)))
      #expect(document.offset(of: position) == 3 + count * 7)
    }
  }

  @Test("the ending of the name decides the format, and the language where it says nothing")
  func names() {
    func name(_ uri: String, _ language: String) -> String {
      OpenDocument(uri: uri, language: language, version: 1, text: "", encoding: .utf8).name
    }
    #expect(name("file:///a%20b/c%C3%A9.yml", "json") == "/a b/cé.yml")
    #expect(name("file://localhost/a.json", "yaml") == "/a.json")
    #expect(name("untitled:Untitled-1", "json") == "untitled:Untitled-1.json")
    #expect(name("file:///policy", "yaml") == "/policy.yaml")
  }

  @Test("after 5,000 random edits the texts are equal and the diagnostics those of `validate`", arguments: 1...3)
  func randomEdits(seed: Int) throws {
    let encoding = PositionEncoding.allCases[seed - 1]
    let isJSON = seed == 2
    var random = SeededGenerator(seed: UInt64(seed))
    let uri = isJSON ? "file:///nowhere/p.json" : "file:///nowhere/p.yaml"
    let start = isJSON ? Self.json : Self.yaml
    let client = LanguageClient(encodings: [encoding.rawValue])
    client.open(uri, start, language: isJSON ? "json" : "yaml")
    var model = TextModel(start, encoding)
    let validator = PolicyValidator()
    var edits = 0
    var version = 1
    while edits < 1_700 {
      var changes: [JSON] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        edits += 1
        if model.units.count > 1_500 || Int.random(in: 0..<200, using: &random) == 0 {
          model = TextModel(start, encoding)
          changes.append(["text": .string(start)])
          continue
        }
        let lineCount = model.lineStarts.count
        let one = Position(
          line: Int.random(in: 0...lineCount, using: &random), character: Int.random(in: 0...60, using: &random))
        var other = one
        switch Int.random(in: 0..<4, using: &random) {
        case 0: other = Position(line: one.line + Int.random(in: 0...2, using: &random), character: one.character / 2)
        case 1, 2: other.character += Int.random(in: 0...6, using: &random)
        default: break
        }
        let text = Self.pieces.randomElement(using: &random) ?? ""
        model.replace(one, other, with: text)
        changes.append([
          "range": [
            "start": ["line": .integer(one.line), "character": .integer(one.character)],
            "end": ["line": .integer(other.line), "character": .integer(other.character)],
          ],
          "text": .string(text),
        ])
      }
      version += 1
      client.change(uri, version: version, changes)
      let bytes = try #require(client.server.text(of: uri))
      #expect(bytes == Array(model.text.utf8), "seed \(seed), after \(edits) edits")
      let published = try #require(client.published(uri))
      client.notifications = []
      #expect(published["version"]?.number == String(version))
      let expected = validator.validate(bytes, name: String(uri.dropFirst("file://".count)))
      let printed = JSONRenderer(toolVersion: "").render(
        FileFindings(source: expected.source, status: 0, policyCount: 0, diagnostics: expected.diagnostics))
      let sent = published["diagnostics"]?.elements.map { canonical($0["data"]) }
      guard sent == JSONValue(printed)?["diagnostics"]?.elements.map({ canonical($0) }) else {
        #expect(Bool(false), "seed \(seed), after \(edits) edits: \(model.text)")
        return
      }
    }
  }

  private static let yaml = """
    name: p😀
    variables:\r
      big: resource.size > 10
    rules:
      - condition: "resource.name == 'é\\u00e9😀' && variables.big"
        action: deny
      - condition: >-
          principal.groups.exists(g, g == 'a') and
          resource.x in ['b', "c😀"]
        action: warn # policycortex: ignore[word-operator] -- ok
        message: "{{ resource.name }} 😀"

    """

  private static let json = """
    {"name": "p😀", "variables": {"big": "resource.size > 10"},\r
     "rules": [{"condition": "resource.name == 'é\\ud83d\\ude00\\n😀' && variables.big", "action": "deny"},
      {"condition": "principal.groups.exists(g, g == 'a')", "action": "warn", "message": "{{ resource.name }}"}]}

    """

  private static let pieces = [
    "", "", "", "a", "😀", "é", "\n", "\r\n", "\r", "\n\r", "\"", "'", "\\", "\\ud83d", "\\u", "{{", "}}", "[", "]", "{",
    "}", ":", " - ", "#", "resource.", "variables.big", " && ", "== 'x'", "  ", "\u{301}", "condition: a",
    "\"action\":",
    "name: q\nrules:\n  - condition: true\n", ",", "|\n    x", "&a ", "*a", "\u{FEFF}", "\u{2028}", "日本",
  ]
}

/// A text in the units of an encoding, edited as the protocol says.
private struct TextModel {
  var units: [UInt32]
  let encoding: PositionEncoding

  init(_ text: String, _ encoding: PositionEncoding) {
    self.encoding = encoding
    units = TextModel.units(of: text, encoding)
  }

  private static func units(of text: String, _ encoding: PositionEncoding) -> [UInt32] {
    switch encoding {
    case .utf8: text.utf8.map { UInt32($0) }
    case .utf16: text.utf16.map { UInt32($0) }
    case .utf32: text.unicodeScalars.map(\.value)
    }
  }

  var text: String {
    switch encoding {
    case .utf8: String(decoding: units.map { UInt8($0) }, as: UTF8.self)
    case .utf16: String(decoding: units.map { UInt16($0) }, as: UTF16.self)
    case .utf32: String(decoding: units, as: UTF32.self)
    }
  }

  var lineStarts: [Int] {
    var starts = [0]
    for index in units.indices where units[index] == 0x0A || units[index] == 0x0D {
      let isFirstOfTwo = units[index] == 0x0D && index + 1 < units.count && units[index + 1] == 0x0A
      if !isFirstOfTwo { starts.append(index + 1) }
    }
    return starts
  }

  mutating func replace(_ start: Position, _ end: Position, with text: String) {
    let starts = lineStarts
    func index(_ position: Position) -> Int {
      guard position.line < starts.count else { return units.count }
      let start = starts[position.line]
      let content = units[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? units.count
      var index = min(start + position.character, content)
      while index > start, index < units.count, isInsideCharacter(index) { index -= 1 }
      return index
    }
    let (one, other) = (index(start), index(end))
    units.replaceSubrange(min(one, other)..<max(one, other), with: TextModel.units(of: text, encoding))
  }

  private func isInsideCharacter(_ index: Int) -> Bool {
    switch encoding {
    case .utf8: units[index] & 0xC0 == 0x80
    case .utf16: units[index] & 0xFC00 == 0xDC00
    case .utf32: false
    }
  }
}

import DocumentTree
import MarkedSource
import Source
import Testing

/// A text of tokens, and one of the many ways to spell it as a YAML scalar.
private struct SpeltText {
  enum Style: CaseIterable { case plain, plainInFlow, singleQuoted, doubleQuoted, doubleQuotedInFlow, literal, folded }

  var style: Style
  /// The tokens of each line.
  var lines: [[String]]
  /// The scalar, with the indentation of its further lines.
  var spelling = ""
  var decoded = ""
  /// The offsets of each token in the decoded text.
  var tokens: [SourceSpan] = []
  let indent: Int

  init(_ style: Style, using generator: inout SeededGenerator) {
    self.style = style
    indent = Int.random(in: 3...9, using: &generator)
    let common = ["resource.name", "==", "size(x)", "&&", "é", "𝛼", "a#b", "a:b", "<=", "1.5", "x", "?", "\\d+", "!y"]
    let brackets = ["[1,", "2]", "{}", "m[k]", ","]
    let quotes = ["'it'", "\"b\"", "'", "\"c", "\\", ":", "#", "- x", "\t", "a: b"]
    var pool = common
    if style != .plainInFlow { pool += brackets }
    if style != .plain, style != .plainInFlow { pool += quotes } else { pool += ["it's", "b\"c\"", "-d"] }
    lines = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      (0..<Int.random(in: 1...5, using: &generator)).map { _ in pool.randomElement(using: &generator) ?? "x" }
    }
    // What stands first must not be taken for something else in a plain scalar, and decides indentation elsewhere.
    lines[0][0] = "first"
    for line in lines.indices where lines[line][0] == "\t" || lines[line][0] == "?" { lines[line][0] = "y" }
    for line in lines.indices where lines[line].last == "\t" { lines[line].append("z") }
    for (number, line) in lines.enumerated() {
      if number > 0 { decoded += "\n" }
      for (index, token) in line.enumerated() {
        if index > 0 { decoded += " " }
        tokens.append(SourceSpan(decoded.utf8.count, decoded.utf8.count + token.utf8.count))
        decoded += token
      }
    }
    spell(using: &generator)
  }

  private mutating func spell(using generator: inout SeededGenerator) {
    let margin = String(repeating: " ", count: indent)
    switch style {
    case .literal: spelling = lines.map { margin + $0.joined(separator: " ") }.joined(separator: "\n")
    case .folded: spelling = margin + folded("\n" + margin, "\n\n" + margin, { $0 }, using: &generator)
    case .plain, .plainInFlow: spelling = folded(" \n" + margin, "\n \n" + margin, { $0 }, using: &generator)
    case .singleQuoted:
      let body = folded("  \n" + margin, " \n\n" + margin, { $0.replacing("'", with: "''") }, using: &generator)
      spelling = "'" + body + "'"
    case .doubleQuoted, .doubleQuotedInFlow:
      var escapes = generator
      let body = folded(
        "\n" + margin + "\t", "\n\t\n" + margin, { Self.escaped($0, margin, using: &escapes) }, using: &generator)
      spelling = "\"" + body + "\""
    }
  }

  /// The lines, with some spaces as line ends, and line ends as empty lines.
  private func folded(
    _ fold: String, _ emptyLine: String, _ encode: (String) -> String, using generator: inout SeededGenerator
  ) -> String {
    lines.map { line in
      var text = encode(line[0])
      for (index, token) in line.enumerated().dropFirst() {
        // A blank at a fold would be lost, and what starts a line must go on as what it was.
        let mayFold =
          ![token, line[index - 1]].contains("\t") && !["?", "- x", "#"].contains(token) && !token.hasPrefix("-")
        text += (mayFold && Bool.random(using: &generator) ? fold : " ") + encode(token)
      }
      return text
    }.joined(separator: emptyLine)
  }

  private static func escaped(_ text: String, _ margin: String, using generator: inout SeededGenerator) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if Int.random(in: 0..<8, using: &generator) == 0, scalar != " ", scalar != "\t" { result += "\\\n" + margin }
      switch (scalar, Int.random(in: 0..<4, using: &generator)) {
      case ("\"", _), ("\\", _): result += "\\" + String(scalar)
      case ("\t", _): result += "\\t"
      case (_, 0): result += "\\U" + padded(scalar.value, 8)
      case (_, 1) where scalar.value < 0x100: result += "\\x" + padded(scalar.value, 2)
      case (_, 1):
        result += String(scalar).utf16.map { "\\u" + padded(UInt32($0), 4) }.joined()
      default: result += String(scalar)
      }
    }
    return result
  }

  private static func padded(_ value: UInt32, _ count: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: count - digits.count) + digits
  }

  /// A stream that holds the scalar.
  func document(using generator: inout SeededGenerator) -> (text: String, decoded: String) {
    switch style {
    case .plain, .singleQuoted, .doubleQuoted:
      let isBelow = Bool.random(using: &generator)
      let before = isBelow ? "- k:  # c\n   " : "- k: "
      return (before + spelling + (Bool.random(using: &generator) ? "  # c" : "") + "\n  l: m\n", decoded)
    case .plainInFlow, .doubleQuotedInFlow: return ("- [a, {k: " + spelling + " , l: m}]\n", decoded)
    case .literal, .folded:
      let digit = Bool.random(using: &generator) ? "\(indent - 1)" : ""
      let (chomping, tail, kept) =
        [("", "\n", "\n"), ("-", "\n\n", ""), ("+", "\n\n", "\n\n"), ("", "\n \n", "\n"), ("-", "", "")]
        .randomElement(using: &generator) ?? ("", "\n", "\n")
      let next = tail.isEmpty ? "" : " l: m\n"
      return ("-\n k: \(style == .literal ? "|" : ">")\(digit)\(chomping)\n" + spelling + tail + next, decoded + kept)
    }
  }

  /// A stream that holds a slice of the scalar with an `x` in front.
  func document(around slice: [UInt8]) -> [UInt8] {
    let x = Array("x".utf8)
    switch style {
    case .plain: return Array("- ".utf8) + x + slice
    case .plainInFlow: return Array("- [".utf8) + x + slice + Array("]".utf8)
    case .singleQuoted: return Array("- '".utf8) + x + slice + Array("'".utf8)
    case .doubleQuoted, .doubleQuotedInFlow: return Array("- \"".utf8) + x + slice + Array("\"".utf8)
    case .literal, .folded:
      let margin = String(repeating: " ", count: indent)
      return Array((style == .literal ? "- |-\n" : "- >-\n").utf8) + Array(margin.utf8) + x + slice
    }
  }
}

@Suite("source maps of YAML scalars")
struct YAMLSourceMapTests {
  @Test(
    "every range of tokens maps to the slice that says it, in every style",
    arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func ranges(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for style in SpeltText.Style.allCases {
      for _ in 0..<25 {
        let spelt = SpeltText(style, using: &generator)
        let (text, decoded) = spelt.document(using: &generator)
        let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
        let reading = YAMLReading(text.replacing("\n", with: lineEnd))
        #expect(reading.findings == "", "seed \(seed): \(text)")
        let id = try #require(
          reading.document.nodes.indices.first {
            reading.document.text(of: NodeID($0)) == decoded && reading.document.nodes[$0].kind == .string
          }.map { NodeID($0) }, "seed \(seed): \(text) should say \(decoded)")
        reading.expectSound()
        check(spelt, reading, id, "seed \(seed): \(text)")
      }
    }
  }

  private func check(_ spelt: SpeltText, _ reading: YAMLReading, _ id: NodeID, _ comment: String) {
    let map = reading.document.sourceMap(of: id)
    let decoded = Array(spelt.decoded.utf8)
    for start in spelt.tokens.indices {
      let first = spelt.tokens[start]
      #expect(map.decodedOffset(map.sourceOffset(first.start)) == first.start, "\(comment)")
      for end in start..<spelt.tokens.count {
        let range = SourceSpan(first.start, spelt.tokens[end].end)
        let slice = Array(reading.bytes[map.sourceSpan(range).range])
        let said = YAMLReading(spelt.document(around: slice)).document
        let id = said.nodes.indices.first { said.nodes[$0].kind == .string }.map { NodeID($0) }
        let text = id.map { said.text(of: $0) } ?? ""
        #expect(Array(text.utf8.dropFirst()) == Array(decoded[range.range]), "\(comment)")
      }
    }
  }

  @Test("a kept line end that the stream's end stands for maps to the line's blanks, and back")
  func lineEndAtTheEnd() throws {
    let reading = YAMLReading("- |+\n   ")
    let map = reading.document.sourceMap(of: NodeID(1))
    #expect(map.sourceSpan(SourceSpan(0, 1)) == SourceSpan(5, 8))
    #expect(map.decodedOffset(5) == 0)
  }

  @Test("a place inside an escape or a fold belongs to what it says")
  func atomicPlaces() throws {
    let source = MarkedSource("a: \"x1️⃣\\u00412️⃣y 3️⃣\n    4️⃣z\"\n")
    let document = YAMLReading(source.text).document
    let map = document.sourceMap(of: NodeID(2))
    #expect(document.text(of: NodeID(2)) == "xAy z")
    #expect(map.sourceSpan(SourceSpan(1, 2)) == source.span("1️⃣", "2️⃣"))
    #expect(map.decodedOffset(source.offset("1️⃣") + 3) == 1)
    #expect(map.sourceSpan(SourceSpan(3, 4)) == SourceSpan(source.offset("3️⃣") - 1, source.offset("4️⃣")))
    #expect(map.decodedOffset(source.offset("3️⃣")) == 3)
  }
}

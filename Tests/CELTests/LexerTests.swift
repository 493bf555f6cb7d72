import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Tokens and literals")
struct LexerTests {
  @Test("tokens and comments come in order with their places")
  func order() {
    let text = "a.?b // why\n<= 0x1Fu"
    let found = tokens(of: text)
    #expect(found.map(\.kind) == [.identifier, .dot, .question, .identifier, .comment, .lessOrEqual, .uint])
    #expect(
      found.map { String(decoding: Array(text.utf8)[$0.span.range], as: UTF8.self) }
        == ["a", ".", "?", "b", "// why", "<=", "0x1Fu"])
  }

  @Test(
    "strings decode to their bytes",
    arguments: [
      (#""a""#, "a"), (#"'a"b'"#, "a\"b"), (#"'''a'b''c'''"#, "a'b''c"), ("\"\"\"a\nb\"\"\"", "a\nb"),
      (#"r'\n\'"#, #"\n\"#), (#"R"""\q""""#, #"\q"#),
      (#"'\a\b\f\n\r\t\v\\\'\"\?\`'"#, "\u{7}\u{8}\u{C}\n\r\t\u{B}\\'\"?`"),
      (#"'\x41\X42\103\u00e9\U0001F600'"#, "ABCé😀"), (#"'\377'"#, "ÿ"), (#"''"#, ""), ("'é'", "é"),
    ])
  func strings(_ text: String, _ value: String) {
    let (tree, diagnostics) = parseExpression(text)
    #expect(diagnostics.map(\.message) == [])
    #expect(tree[tree.root].kind == .string)
    #expect(Array(tree.literal(tree[tree.root])) == Array(value.utf8))
  }

  @Test(
    "bytes decode to their octets",
    arguments: [
      (#"b'a'"#, [0x61]), (#"B"\xff\377\000""#, [0xFF, 0xFF, 0]), (#"br'\x'"#, [0x5C, 0x78]),
      (#"bR'''é'''"#, [0xC3, 0xA9]),
      (#"Rb'\'"#, [0x5C]),
    ] as [(String, [UInt8])])
  func bytes(_ text: String, _ value: [UInt8]) {
    let (tree, diagnostics) = parseExpression(text)
    #expect(diagnostics.map(\.message) == [])
    #expect(tree[tree.root].kind == .bytes)
    #expect(Array(tree.literal(tree[tree.root])) == value)
  }

  @Test(
    "integers take in their minus and reach to both ends of their range",
    arguments: [
      ("0", 0), ("007", 7), ("0x1f", 31), ("-1", -1), ("- 1", -1), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("-0x8000000000000000", .min),
    ] as [(String, Int64)])
  func integers(_ text: String, _ value: Int64) {
    let (tree, diagnostics) = parseExpression(text)
    #expect(diagnostics.map(\.message) == [])
    let node = tree[tree.root]
    #expect(node.kind == .int)
    #expect(Int64(bitPattern: UInt64(node.second) << 32 | UInt64(node.first)) == value)
    #expect(node.span == SourceSpan(0, text.utf8.count))
  }

  @Test(
    "doubles are rounded right",
    arguments: [
      ("1.5", 1.5), (".5", 0.5), ("1e3", 1000), ("1.0E-2", 0.01), ("-2.5e+1", -25), ("1e-400", 0),
      ("1.7976931348623157e308", .greatestFiniteMagnitude), ("0.1", 0.1),
    ])
  func doubles(_ text: String, _ value: Double) {
    let (tree, diagnostics) = parseExpression(text)
    #expect(diagnostics.map(\.message) == [])
    let node = tree[tree.root]
    #expect(node.kind == .double)
    #expect(Double(bitPattern: UInt64(node.second) << 32 | UInt64(node.first)) == value)
  }

  @Test(
    "numbers that are none are reported whole",
    arguments: [
      Faulty("1️⃣0x + 1", "`0x` needs hexadecimal digits"), Faulty("1️⃣1..2", "`1..2` is not a number"),
      Faulty("1️⃣1.2.3.4 == ip", "`1.2.3.4` is not a number"),
      Faulty("1️⃣1_000", "`1_000` is not a number: CEL has no `_`", fixed: "1000"),
      Faulty("age > 1️⃣5m", "`5m` is not a number", fixed: "age > duration(\"5m\")"),
      Faulty("1️⃣1e + 2", "`1e` is not a number"), Faulty("1️⃣0x1G", "`0x1G` is not a number"),
      Faulty("1️⃣9223372036854775808", "`9223372036854775808` is beyond the largest int"),
      Faulty("1️⃣-9223372036854775809", "`-9223372036854775809` is below the least int"),
      Faulty("1️⃣18446744073709551616u", "`18446744073709551616u` is beyond the largest uint"),
      Faulty("1️⃣1e400 > 1", "`1e400` is beyond the largest double"),
      Faulty("5.1️⃣", "expected a field name after `.`"), Faulty("1u.a"), Faulty("1.size()"),
    ])
  func malformedNumbers(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "a string that is not closed ends where it was meant to",
    arguments: [
      Faulty("name == 1️⃣\"prod && x", "unterminated string"),
      Faulty("f(1️⃣\"abc)", "unterminated string", fixed: "f(\"abc\")"),
      Faulty("f(1️⃣\"abc) && x", "unterminated string"),
      Faulty("name == 1️⃣\"prod' && x ==2️⃣", "unterminated string: it starts with `\"`", "expected an operand"),
      Faulty("a == 1️⃣'x\n&& b == 'y'", "unterminated string"),
      Faulty("1️⃣\"a\nb\" == x", "a string of several lines stands in", fixed: "\"\"\"a\nb\"\"\" == x"),
      Faulty("x == 1️⃣'a\\'", "unterminated string"), Faulty("1️⃣'''a''", "unterminated string"),
      Faulty("1️⃣b'a", "unterminated string", fixed: "b'a'"),
      Faulty("name == 1️⃣'it''s' && x", "a `'` inside a string is written `\\'`", fixed: "name == 'it\\'s' && x"),
      Faulty("1️⃣“prod” == 2️⃣‘x’", "a string stands in straight quotes", "a string stands", fixed: "\"prod\" == 'x'"),
    ])
  func unterminated(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "each bad escape is reported at its own place",
    arguments: [
      Faulty(
        #"'a1️⃣\qb2️⃣\u12' == '3️⃣\x4g'"#, #"unknown escape `\q`"#, #"an escape `\u` needs 4"#, #"an escape `\x` needs 2"#),
      Faulty(#"'1️⃣\ud800' + '2️⃣\U00110000'"#, #"`\ud800` is no Unicode character"#, #"`\U00110000` is no"#),
      Faulty(#"b'1️⃣\u0041'"#, #"bytes have no escape `\u`"#), Faulty(#"'1️⃣\400'"#, #"unknown escape `\4`"#),
      Faulty(#"'1️⃣\08'"#, #"an escape `\` needs 3 octal digits"#),
      Faulty(#"x.matches('1️⃣\d+')"#, #"unknown escape `\d`"#, fixed: #"x.matches('\\d+')"#),
    ])
  func escapes(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "characters that mean nothing are named",
    arguments: [
      Faulty(
        "res1️⃣оurce.x", "unexpected character U+043E CYRILLIC SMALL LETTER O, which looks like `o`", fixed: "resource.x"),
      Faulty("1️⃣été == 1", "unexpected character U+00E9"), Faulty("1️⃣$foo == 1", "unexpected character `$`"),
      Faulty("1️⃣\u{FEFF}a", "unexpected character U+FEFF", fixed: "a"),
      Faulty("a1️⃣\u{A0}== b", "unexpected character U+00A0"),
      Faulty("reso1️⃣\u{200B}urce", "unexpected character U+200B", fixed: "resource"),
      Faulty("a 1️⃣\u{202E}== b", "unexpected character U+202E", fixed: "a == b"),
      Faulty("a1️⃣\0 == b", "unexpected character U+0000"), Faulty("a 1️⃣≥ 5", "`≥` is written `>=`", fixed: "a >= 5"),
      Faulty("1️⃣（a2️⃣）", "unexpected character U+FF08", "unexpected character U+FF09", fixed: "(a)"),
      Faulty("a 1️⃣# why", "a comment starts with `//`", fixed: "a // why"),
      Faulty("a 1️⃣/* b */ + c", "CEL has no `/* … */` comments"),
      Faulty("a && 1️⃣\\\n b", "a condition may go on in the next line", fixed: "a && \n b"),
      Faulty("1️⃣${x} == 1", "`${…}` is not CEL"), Faulty("a == 1️⃣😀", "unexpected character U+1F600"),
      Faulty("a.1️⃣`b$`", "a name in backquotes holds"), Faulty("1️⃣`a", "expected a closing backquote"),
    ])
  func unexpectedCharacters(_ row: Faulty) { expectDiagnostics(row) }

  @Test(
    "hidden characters in strings and comments are warned of, escapes and emoji are not",
    arguments: [
      Faulty("a == 'x1️⃣\u{202E}y2️⃣\u{200B}'", "hidden character U+202E", "hidden character U+200B"),
      Faulty("a // 1️⃣\u{2066}", "hidden character U+2066"), Faulty("a == '\\u202E'"),
      Faulty("a == '👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}'"), Faulty("a == 'می\u{200C}خواهم'"),
      Faulty("'''\n1️⃣\u{AD}'''", "hidden character U+00AD"),
    ])
  func hiddenCharacters(_ row: Faulty) { expectDiagnostics(row) }

  @Test("whitespace of every kind separates tokens")
  func whitespace() {
    #expect(parseExpression("\ta\u{C}==\r\n b // c\r // d\n").diagnostics.isEmpty)
  }
}

import MarkedSource
import RegularExpressions
import Testing

@Suite("What is not a pattern of RE2's")
struct RE2FaultTests {
  /// A pattern with the fault between `1️⃣` and `2️⃣`, and the fault's message.
  static let invalid: [(String, String)] = [
    ("a1️⃣(2️⃣b", "missing `)` for this `(`"),
    ("(a)1️⃣(2️⃣?:b(c)", "missing `)` for this `(`"),
    ("a1️⃣)2️⃣b", "`)` without a `(`"),
    ("a1️⃣[2️⃣bc", "missing `]` for this `[`"),
    ("1️⃣[2️⃣]", "missing `]` for this `[`"),
    ("1️⃣[2️⃣^]", "missing `]` for this `[`"),
    ("1️⃣[2️⃣[:alpha:", "missing `]` for this `[`"),
    ("1️⃣[2️⃣a-", "missing `]` for this `[`"),
    ("[a1️⃣z-b2️⃣]", "the range `z-b` ends before it begins"),
    ("[é1️⃣ж-é2️⃣]", "the range `ж-é` ends before it begins"),
    ("[1️⃣a-\\d2️⃣]", "the class `\\d` cannot end a range"),
    ("[1️⃣a-[2️⃣:alpha:]]", "the range `a-[` ends before it begins"),
    ("[1️⃣[:foo:]2️⃣]", "unknown class `[:foo:]`"),
    ("[1️⃣[:ALPHA:]2️⃣]", "unknown class `[:ALPHA:]`"),
    ("1️⃣*2️⃣a", "nothing to repeat before `*`"),
    ("a|1️⃣+?2️⃣", "nothing to repeat before `+?`"),
    ("(1️⃣{2}2️⃣)", "nothing to repeat before `{2}`"),
    ("(?i)1️⃣?2️⃣", "nothing to repeat before `?`"),
    ("(1️⃣*2️⃣)", "nothing to repeat before `*`"),
    ("a1️⃣**2️⃣", "repetition operators `**` cannot follow each other"),
    ("a1️⃣{2}*2️⃣", "repetition operators `{2}*` cannot follow each other"),
    ("a1️⃣??+2️⃣", "repetition operators `??+` cannot follow each other"),
    ("a1️⃣{2}{3}2️⃣", "repetition operators `{2}{3}` cannot follow each other"),
    ("a1️⃣{1001}2️⃣", "`{1001}` repeats more than 1000 times"),
    ("a1️⃣{0,1001}2️⃣", "`{0,1001}` repeats more than 1000 times"),
    ("a1️⃣{2,1}2️⃣", "the maximum of `{2,1}` is less than its minimum"),
    ("(?:a{10})1️⃣{101}2️⃣", "nested repetitions repeat more than 1000 times in all"),
    ("((a{100}){2}b)1️⃣{6}2️⃣", "nested repetitions repeat more than 1000 times in all"),
    ("(a{501,})1️⃣{2}2️⃣", "nested repetitions repeat more than 1000 times in all"),
    ("a1️⃣\\2️⃣", "nothing behind this `\\`"),
    ("1️⃣\\é2️⃣", "`\\é` is not an escape"),
    ("1️⃣\\y2️⃣", "`\\y` is not an escape"),
    ("1️⃣\\E2️⃣", "`\\E` without a `\\Q`"),
    ("\\Qa\\E1️⃣\\E2️⃣", "`\\E` without a `\\Q`"),
    ("[1️⃣\\z2️⃣]", "`\\z` cannot stand in a class"),
    ("1️⃣\\x2️⃣", "`\\x` needs two hexadecimal digits, or some in braces"),
    ("1️⃣\\x42️⃣g", "`\\x` needs two hexadecimal digits, or some in braces"),
    ("1️⃣\\x{2️⃣}", "`\\x{` needs hexadecimal digits and a `}`"),
    ("1️⃣\\x{412️⃣g}", "`\\x{` needs hexadecimal digits and a `}`"),
    ("1️⃣\\x{1100002️⃣}", "`\\x{110000` is beyond the last code point, 10FFFF"),
    ("1️⃣\\p2️⃣", "missing class behind `\\p`"),
    ("1️⃣\\p{2️⃣Greek", "missing `}` behind this class"),
    ("1️⃣\\p{greek}2️⃣", "unknown class `\\p{greek}`; did you mean `\\p{Greek}`?"),
    ("[a1️⃣\\P{LU}2️⃣]", "unknown class `\\P{LU}`; did you mean `\\P{Lu}`?"),
    ("1️⃣\\p{Nonsense}2️⃣", "unknown class `\\p{Nonsense}`"),
    ("1️⃣\\pé2️⃣", "unknown class `\\pé`"),
    ("a1️⃣(?2️⃣", "unfinished group `(?`"),
    ("1️⃣(?i2️⃣", "unfinished group `(?i`"),
    ("(?i1️⃣z2️⃣)", "unknown flag `z`"),
    ("(?i1️⃣é2️⃣)", "unknown flag `é`"),
    ("(?i-s1️⃣-2️⃣m)", "unknown flag `-`"),
    ("(?i1️⃣-2️⃣)a", "no flag behind `-`"),
    ("(?1️⃣-2️⃣:a)", "no flag behind `-`"),
    ("1️⃣(?P<2️⃣n", "missing `>` behind the name of this group"),
    ("1️⃣(?<>2️⃣a)", "this group's name is empty"),
    ("(?P<a1️⃣ 2️⃣b>a)", "` ` cannot stand in a group's name"),
    ("(?<a1️⃣😀2️⃣>a)", "`😀` cannot stand in a group's name"),
    ("1️⃣(?Px2️⃣)", "unknown group `(?P`"),
  ]

  /// As above, of what other engines have.
  static let unsupported: [(String, String)] = [
    ("a1️⃣(?=2️⃣b)", "lookahead `(?=` is not part of RE2"),
    ("1️⃣(?!2️⃣b)", "negative lookahead `(?!` is not part of RE2"),
    ("1️⃣(?<=2️⃣b)", "lookbehind `(?<=` is not part of RE2"),
    ("(a1️⃣(?<!2️⃣b))", "negative lookbehind `(?<!` is not part of RE2"),
    ("1️⃣(?>2️⃣b)", "atomic group `(?>` is not part of RE2"),
    ("1️⃣(?|2️⃣b)", "branch reset `(?|` is not part of RE2"),
    ("1️⃣(?(2️⃣1)b)", "conditional `(?(` is not part of RE2"),
    ("a1️⃣(?#note)2️⃣b", "comment `(?#note)` is not part of RE2"),
    ("1️⃣(?'n'2️⃣b)", "quoted group name `(?'n'` is not part of RE2"),
    ("1️⃣(?R)2️⃣", "recursion `(?R)` is not part of RE2"),
    ("1️⃣(?1)2️⃣", "recursion `(?1)` is not part of RE2"),
    ("1️⃣(?-1)2️⃣", "recursion `(?-1)` is not part of RE2"),
    ("1️⃣(?&n)2️⃣", "recursion `(?&n)` is not part of RE2"),
    ("1️⃣(?P>n)2️⃣", "recursion `(?P>n)` is not part of RE2"),
    ("(?P<n>a)1️⃣(?P=n)2️⃣", "backreference `(?P=n)` is not part of RE2"),
    ("1️⃣(?C1)2️⃣", "callout `(?C1)` is not part of RE2"),
    ("1️⃣(?{2️⃣ 1 })", "embedded code `(?{` is not part of RE2"),
    ("(?1️⃣x2️⃣)a b", "flag `x` is not part of RE2"),
    ("(?i1️⃣u2️⃣:a)", "flag `u` is not part of RE2"),
    ("1️⃣(*UTF8)2️⃣a", "verb `(*UTF8)` is not part of RE2"),
    ("1️⃣(*MARK:2️⃣x)a", "verb `(*MARK:` is not part of RE2"),
    ("a1️⃣++2️⃣b", "possessive repetition `++` is not part of RE2"),
    ("a1️⃣{2,3}+2️⃣b", "possessive repetition `{2,3}+` is not part of RE2"),
    ("(a)1️⃣\\12️⃣", "backreference `\\1` is not part of RE2"),
    ("(a)1️⃣\\182️⃣", "backreference `\\18` is not part of RE2"),
    ("(?P<n>a)1️⃣\\k<n>2️⃣", "backreference `\\k<n>` is not part of RE2"),
    ("(a)1️⃣\\g{-1}2️⃣", "backreference `\\g{-1}` is not part of RE2"),
    ("(a)1️⃣\\g<1>2️⃣", "recursion `\\g<1>` is not part of RE2"),
    ("1️⃣\\G2️⃣a", "assertion `\\G` is not part of RE2"),
    ("a1️⃣\\Z2️⃣", "assertion `\\Z` is not part of RE2"),
    ("1️⃣\\h2️⃣", "class `\\h` is not part of RE2"),
    ("[1️⃣\\h2️⃣]", "class `\\h` is not part of RE2"),
    ("1️⃣\\R2️⃣", "line break `\\R` is not part of RE2"),
    ("1️⃣\\X2️⃣", "grapheme cluster `\\X` is not part of RE2"),
    ("a1️⃣\\K2️⃣b", "match reset `\\K` is not part of RE2"),
    ("1️⃣\\C2️⃣", "single byte `\\C` is not part of RE2"),
    ("1️⃣\\u00412️⃣1", "escape `\\u0041` is not part of RE2"),
    ("1️⃣\\u{1F600}2️⃣", "escape `\\u{1F600}` is not part of RE2"),
    ("1️⃣\\o{101}2️⃣", "octal escape `\\o{101}` is not part of RE2"),
    ("1️⃣\\N2️⃣", "class `\\N` is not part of RE2"),
    ("1️⃣\\e2️⃣", "escape `\\e` is not part of RE2"),
    ("1️⃣\\cA2️⃣", "control character `\\cA` is not part of RE2"),
    ("[1️⃣\\b2️⃣]", "backspace `\\b` is not part of RE2"),
    ("[1️⃣\\Q2️⃣a\\E]", "quotation in a class `\\Q` is not part of RE2"),
    ("1️⃣\\p{L&}2️⃣", "class `\\p{L&}` is not part of RE2"),
    ("1️⃣\\p{IsGreek}2️⃣", "class `\\p{IsGreek}` is not part of RE2"),
    ("1️⃣\\p{Script=Greek}2️⃣", "class `\\p{Script=Greek}` is not part of RE2"),
    ("1️⃣\\p{Letter}2️⃣", "class `\\p{Letter}` is not part of RE2"),
  ]

  @Test("a text that is no pattern is refused at the place of its fault", arguments: invalid)
  func invalidPattern(_ marked: String, _ message: String) throws {
    try expectFault(marked, .invalid, message)
  }

  @Test("what RE2 lacks is named, at its place", arguments: unsupported)
  func unsupportedPattern(_ marked: String, _ message: String) throws {
    try expectFault(marked, .unsupported, message)
  }

  @Test(
    "a rewrite that RE2 reads is offered",
    arguments: [
      ("\\u0041", "write `\\x{0041}`"), ("\\u{1F600}", "write `\\x{1F600}`"),
      ("a++", "write `+`; matching takes linear time without the last `+`"),
      ("(?>a)", "write `(?:`; matching takes linear time"), ("\\p{Letter}", "write `[\\p{L}]`"),
      ("\\P{Alpha}", "write `[^[:alpha:]]`"), ("\\e", "write `\\x1b`"), ("[\\b]", "write `\\x08`"),
    ])
  func help(_ pattern: String, _ help: String) throws {
    let fault = try #require(throws: RE2Fault.self) { try RegularExpression(Array(pattern.utf8)) }
    #expect(fault.help == help)
  }

  @Test("bytes that are no UTF-8 are refused where they are")
  func invalidUTF8() throws {
    let patterns: [([UInt8], Int)] = [
      ([0x61, 0xFF], 1), ([0xC3], 0), ([0x61, 0x5B, 0xE2, 0x82], 2), ([0xED, 0xA0, 0x80], 0), ([0xC0, 0x80], 0),
      ([0x5C, 0xFF], 1), ([0x28, 0x3F, 0xFF], 2), ([0x28, 0x3F, 0x3C, 0xFF, 0x3E], 3),
      ([0x5C, 0x70, 0x7B, 0xFF, 0x7D], 3),
      ([0x5C, 0x51, 0xF4, 0x90, 0x80, 0x80], 2),
    ]
    for (pattern, offset) in patterns {
      let fault = try #require(throws: RE2Fault.self) { try RegularExpression(pattern) }
      #expect(fault == RE2Fault(.invalid, offset..<offset + 1, "invalid UTF-8"))
    }
  }

  private func expectFault(_ marked: String, _ kind: RE2Fault.Kind, _ message: String) throws {
    let source = MarkedSource(marked)
    let fault = try #require(throws: RE2Fault.self) { try RegularExpression(Array(source.text.utf8)) }
    #expect(fault.kind == kind)
    #expect(fault.message == message)
    #expect(fault.range == source.offset("1️⃣")..<source.offset("2️⃣"))
  }
}

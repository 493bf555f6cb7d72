import DocumentTree
import MarkedSource
import Source
import Testing

/// Constructs of YAML 1.2, named for the cases of the yaml-test-suite that they are like.
@Suite("YAML constructs")
struct YAMLConstructTests {
  static let accepted: [(name: String, text: String, read: String)] = [
    ("4Q9F", ">\n\n ab\n cd\n \n ef\n\n\n gh\n", "\"\\nab cd\\nef\\n\\ngh\\n\""),
    (
      "4ZYM", "plain: text\n  lines\nquoted: \"text\n  \tlines\"\nblock: |\n  text\n   \tlines\n",
      "{\"plain\":\"text lines\",\"quoted\":\"text lines\",\"block\":\"text\\n \\tlines\\n\"}"
    ),
    ("5MUD", "---\n{ \"foo\"\n  :bar }\n", "{\"foo\":\"bar\"}"),
    (
      "5WE3", "? explicit key # Empty value\n? |\n  block key\n: - one # Explicit compact\n  - two # block value\n",
      "{\"explicit key\":null,\"block key\\n\":[\"one\",\"two\"]}"
    ),
    ("6BCT", "- foo:\t bar\n- - baz\n  -\tbaz\n", "[{\"foo\":\"bar\"},[\"baz\",\"baz\"]]"),
    ("6CA3", "\t[\n\t]\n", "[]"),
    ("6JQW", "--- |\n  \\//||\\/||\n  // ||  ||__\n", "\"\\\\//||\\\\/||\\n// ||  ||__\\n\""),
    ("6KGN", "---\na: &anchor\nb: *anchor\n", "{\"a\":null,\"b\":null}"),
    ("753E", "---\n|-\n ab\n \n \n...\n", "\"ab\""),
    (
      "7A4E", "\" 1st non-empty\n\n 2nd non-empty \n\t3rd non-empty \"\n",
      "\" 1st non-empty\\n2nd non-empty 3rd non-empty \""
    ),
    ("7Z25", "---\na: b\n...\n# c\n", "{\"a\":\"b\"}"),
    (
      "7ZZ5", "---\nnested sequences:\n- - - []\n- - - {}\nkey1: []\nkey2: {}\n",
      "{\"nested sequences\":[[[[]]],[[{}]]],\"key1\":[],\"key2\":{}}"
    ),
    (
      "87E4", "'implicit block key' : [\n  'implicit flow key' : value,\n ]\n",
      "{\"implicit block key\":[{\"implicit flow key\":\"value\"}]}"
    ),
    (
      "8KB6", "---\n- { single line, a: b}\n- { multi\n  line, a: b}\n",
      "[{\"single line\":null,\"a\":\"b\"},{\"multi line\":null,\"a\":\"b\"}]"
    ),
    ("8MK2", "! a\n", "\"a\""),
    ("8QBE", "---\nkey:\n - item1\n - item2\n", "{\"key\":[\"item1\",\"item2\"]}"),
    ("8XYN", "---\n- &😁 unicode anchor\n", "[\"unicode anchor\"]"),
    (
      "93JH", " - key: value\n   key2: value2\n -\n   key3: value3\n",
      "[{\"key\":\"value\",\"key2\":\"value2\"},{\"key3\":\"value3\"}]"
    ),
    ("9DXL", "Mapping: string\n---\n# Sequence\n- foo\n", "{\"Mapping\":\"string\"}\n[\"foo\"]"),
    ("9YRD", "a\nb  \n  c\nd\n\ne\n", "\"a b c d\\ne\""),
    ("DC7X", "a: b\t\nseq:\t\n - a\t\nc: d\t#X\n", "{\"a\":\"b\",\"seq\":[\"a\"],\"c\":\"d\"}"),
    ("DK95-02", "foo: \"bar\n  \tbaz\"\n", "{\"foo\":\"bar baz\"}"),
    ("DK95-03", " \t\nfoo: 1\n", "{\"foo\":1}"),
    ("DK95-05", "foo: 1\n \t\nbar: 2\n", "{\"foo\":1,\"bar\":2}"),
    ("DK95-07", "%YAML 1.2\n\t\n---\n", "null"),
    ("E76Z", "---\n&a a: &b b\n*b : *a\n", "{\"a\":\"b\",\"b\":\"a\"}"),
    ("EX5H", "---\na\nb  \n  c\nd\n\ne\n", "\"a b c d\\ne\""),
    (
      "F6MC", "---\na: >2\n   more indented\n  regular\nb: >2\n\n\n   more indented\n  regular\n",
      "{\"a\":\" more indented\\nregular\\n\",\"b\":\"\\n\\n more indented\\nregular\\n\"}"
    ),
    (
      "F8Y9",
      " # Strip\n  # Comments:\nstrip: |-\n  # text\n  \n # Clip\n  # comments:\n\nclip: |\n  # text\n \n # Keep\n  # comments:\n\nkeep: |+\n  # text\n\n # Trail\n  # comments.\n",
      "{\"strip\":\"# text\",\"clip\":\"# text\\n\",\"keep\":\"# text\\n\\n\"}"
    ),
    ("H3Z8", "---\nwanted: love ♥ and peace ☮\n", "{\"wanted\":\"love ♥ and peace ☮\"}"),
    ("JDH8", "plain: a\n b\n\n c\n", "{\"plain\":\"a b\\nc\"}"),
    ("JEF9-00", "- |+\n\n\n", "[\"\\n\\n\"]"),
    ("JEF9-01", "- |+\n   \n", "[\"\\n\"]"),
    ("JEF9-02", "- |+\n   ", "[\"\\n\"]"),
    ("K3WX", "---\n{ \"foo\" # comment\n  :bar }\n", "{\"foo\":\"bar\"}"),
    ("L24T-00", "foo: |\n  x\n   \n", "{\"foo\":\"x\\n \\n\"}"),
    ("L24T-01", "foo: |\n  x\n   ", "{\"foo\":\"x\\n \"}"),
    ("LE5A", "- !!str \"a\"\n- 'b'\n- &anchor \"c\"\n- *anchor\n- !!str\n", "[\"a\",\"b\",\"c\",\"c\",\"\"]"),
    (
      "LP6E", "- [a, b , c ]\n- { \"a\"  : b, c : 'd' , e   : \"f\"\n  }\n- [      ]\n",
      "[[\"a\",\"b\",\"c\"],{\"a\":\"b\",\"c\":\"d\",\"e\":\"f\"},[]]"
    ),
    (
      "M7A3", "Bare\ndocument\n...\n# No document\n...\n|\n%!PS-Adobe-2.0 # Not the first line\n",
      "\"Bare document\"\n\"%!PS-Adobe-2.0 # Not the first line\\n\""
    ),
    ("M7NX", "---\n{\n a: [\n  b, c, {\n   d: [e, f]\n  }\n ]\n}\n", "{\"a\":[\"b\",\"c\",{\"d\":[\"e\",\"f\"]}]}"),
    ("MUS6-04", "%YAML 1.1\n---\n", "null"),
    ("MUS6-05", "%YAM 1.1\n---\n", "null"),
    ("MUS6-06", "%YAMLL 1.1\n---\n", "null"),
    ("MYW6", "|-\n ab\n \n \n...\n", "\"ab\""),
    (
      "MZX3", "- plain\n- \"double quoted\"\n- 'single quoted'\n- >\n  block\n- plain again\n",
      "[\"plain\",\"double quoted\",\"single quoted\",\"block\\n\",\"plain again\"]"
    ),
    (
      "NP9H", "\"folded \nto a space,\t\n \nto a line feed, or \t\\\n \\ \tnon-content\"\n",
      "\"folded to a space,\\nto a line feed, or \\t \\tnon-content\""
    ),
    ("P94K", "key:    # Comment\n        # lines\n  value\n\n\n", "{\"key\":\"value\"}"),
    (
      "PRH3", "' 1st non-empty\n\n 2nd non-empty \n\t3rd non-empty '\n",
      "\" 1st non-empty\\n2nd non-empty 3rd non-empty \""
    ),
    ("PUW8", "---\na: b\n---\n", "{\"a\":\"b\"}\nnull"),
    ("RTP8", "%YAML 1.2\n---\nDocument\n... # Suffix\n", "\"Document\""),
    (
      "RZP5", "a: \"double\n  quotes\" # lala\nb: plain\n value  # lala\nc  : #lala\n  d\n",
      "{\"a\":\"double quotes\",\"b\":\"plain value\",\"c\":\"d\"}"
    ),
    (
      "RZT7",
      "---\nTime: 2001-11-23 15:01:42 -5\nUser: ed\nWarning:\n  This is an error message\n  for the log file\n---\nStack:\n  - file: TopClass.py\n    line: 23\n    code: |\n      x = MoreObject(\"345\\n\")\n  - file: MoreClass.py\n    line: 58\n    code: |-\n      foo = bar\n",
      "{\"Time\":\"2001-11-23 15:01:42 -5\",\"User\":\"ed\",\"Warning\":\"This is an error message for the log file\"}\n{\"Stack\":[{\"file\":\"TopClass.py\",\"line\":23,\"code\":\"x = MoreObject(\\\"345\\\\n\\\")\\n\"},{\"file\":\"MoreClass.py\",\"line\":58,\"code\":\"foo = bar\"}]}"
    ),
    ("S7BG", "---\n- :,\n", "[\":,\"]"),
    ("SSW6", "'here''s to \"quotes\"'\n", "\"here's to \\\"quotes\\\"\""),
    (
      "SYW4", "hr:  65    # Home runs\navg: 0.278 # Batting average\nrbi: 147   # Runs Batted In\n",
      "{\"hr\":65,\"avg\":0.278,\"rbi\":147}"
    ),
    (
      "T4YY", "\n1st non-empty\n\n 2nd non-empty \n\t3rd non-empty\n", "\"1st non-empty\\n2nd non-empty 3rd non-empty\""
    ),
    (
      "U9NS", "---\ntime: 20:03:20\nplayer: Sammy Sosa\naction: strike (miss)\n",
      "{\"time\":\"20:03:20\",\"player\":\"Sammy Sosa\",\"action\":\"strike (miss)\"}"
    ),
    ("UDM2", "- { url: http://example.org }\n", "[{\"url\":\"http://example.org\"}]"),
    ("UT92", "---\n{ matches\n% : 20 }\n...\n---\n# Empty\n...\n", "{\"matches %\":20}\nnull"),
    ("UV7Q", "x:\n - x\n  \tx\n", "{\"x\":[\"x x\"]}"),
    ("V55R", "---\n- &a a\n- &b b\n- *a\n- *b\n", "[\"a\",\"b\",\"a\",\"b\"]"),
    ("VJP3-01", "k: {\n k\n :\n v\n }\n", "{\"k\":{\"k\":\"v\"}}"),
    ("W4TN", "%YAML 1.2\n--- |\n%!PS-Adobe-2.0\n...\n---\n# Empty\n...\n", "\"%!PS-Adobe-2.0\\n\"\nnull"),
    (
      "XV9V", "Folding:\n  \"Empty line\n\n  as a line feed\"\nChomping: |\n  Clipped empty lines\n\n\n",
      "{\"Folding\":\"Empty line\\nas a line feed\",\"Chomping\":\"Clipped empty lines\\n\"}"
    ),
    ("Y79Y-001", "foo: |\n \t\nbar: 1\n", "{\"foo\":\"\\t\\n\",\"bar\":1}"),
    (
      "ZF4X", "Mark McGwire: {hr: 65, avg: 0.278}\nSammy Sosa: {hr: 63,\n             avg: 0.288}\n",
      "{\"Mark McGwire\":{\"hr\":65,\"avg\":0.278},\"Sammy Sosa\":{\"hr\":63,\"avg\":0.288}}"
    ),
    ("ZYU8-00", "%YAML1.1\n---\n", "null"),
    ("ZYU8-01", "%***\n---\n", "null"),
    ("ZYU8-03", "%YAML 1.12345\n---\n", "null"),
    ("4RWC", "  [1, 2, 3]  \n  ", "[1,2,3]"),
    ("8G76", "  # Comment\n   \n\n\n", ""),
    (
      "26DV",
      "\"top1\" : \n  \"key1\" : &alias1 scalar1\n'top2' : \n  'key2' : &alias2 scalar2\ntop3: &node3 \n  *alias1 : scalar3\ntop4: \n  *alias2 : scalar4\ntop5   :    \n  scalar5\ntop6: \n  &anchor6 'key6' : scalar6\n",
      "{\"top1\":{\"key1\":\"scalar1\"},\"top2\":{\"key2\":\"scalar2\"},\"top3\":{\"scalar1\":\"scalar3\"},\"top4\":{\"scalar2\":\"scalar4\"},\"top5\":\"scalar5\",\"top6\":{\"key6\":\"scalar6\"}}"
    ),
    ("229Q", "-\n  name: Mark McGwire\n  hr:   65\n", "[{\"name\":\"Mark McGwire\",\"hr\":65}]"),
    (
      "2EBW", "a!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~: safe\n",
      "{\"a!\\\"#$%&'()*+,-./09:;<=>?@AZ[\\\\]^_`az{|}~\":\"safe\"}"
    ),
    ("2LFX", "%FOO  bar baz # Should be ignored\n              # with a warning.\n---\n\"foo\"\n", "\"foo\""),
    ("2SXE", "&a: key: &a value\nfoo:\n  *a:\n", "{\"key\":\"value\",\"foo\":\"key\"}"),
    ("3MYT", "---\nk:#foo\n &a !t s\n", "\"k:#foo &a !t s\""),
    ("3R3P", "&sequence\n- a\n", "[\"a\"]"),
    ("4UYU", "\"foo: bar\\\": baz\"\n", "\"foo: bar\\\": baz\""),
    ("5GBF", "Folding:\n  \"Empty line\n   \t\n  as a line feed\"\n", "{\"Folding\":\"Empty line\\nas a line feed\"}"),
    ("74H7", "!!str a: b\nc: !!int 42\n", "{\"a\":\"b\",\"c\":42}"),
    ("A984", "a: b\n c\nd:\n e\n  f\n", "{\"a\":\"b c\",\"d\":\"e f\"}"),
    ("CPZ3", "---\ntab: \"\\tstring\"\n", "{\"tab\":\"\\tstring\"}"),
    ("DE56-03", "\"4 trailing\\\t  \n    tab\"\n", "\"4 trailing\\t tab\""),
    ("G4RS", "unicode: \"Sosa did fine.\\u263A\"\n", "{\"unicode\":\"Sosa did fine.☺\"}"),
    ("X8DW", "---\n? key\n# comment\n: value\n", "{\"key\":\"value\"}"),
    ("XLQ9", "---\nscalar\n%YAML 1.2\n", "\"scalar %YAML 1.2\""),
    (
      "CR", "a: 1\r\nb: \"x\r\n  y\"\r\nc: |\r\n  l1\r\n  l2\r\nd: p\r\n  q\r\n\r\n  r\r\n",
      "{\"a\":1,\"b\":\"x y\",\"c\":\"l1\\nl2\\n\",\"d\":\"p q\\nr\"}"
    ),
    ("NEL", "a: x\u{85}y\nb: |\n  l\u{2028}m\n", "{\"a\":\"x\u{85}y\",\"b\":\"l\u{2028}m\\n\"}"),
  ]

  static let rejected: [(name: String, text: String)] = [
    ("9C9N", "---\nflow: [a,\nb,\nc]\n"),
    ("9KBC", "--- key1: value1\n    key2: value2\n"),
    ("9MQT-01", "--- \"a\n... x\nb\"\n"),
    ("BD7L", "- item1\n- item2\ninvalid: x\n"),
    ("BF9H", "---\nplain: a\n       b # end of scalar\n       c\n"),
    ("C2SP", "[23\n]: 42\n"),
    ("CXX2", "--- &anchor a: b\n"),
    ("DK95-01", "foo: \"bar\n\tbaz\"\n"),
    ("DK95-06", "foo:\n  a: 1\n  \tb: 2\n"),
    ("DMG6", "key:\n  ok: 1\n wrong: 2\n"),
    ("EW3V", "k1: v1\n k2: v2\n"),
    ("G5U8", "---\n- [-, -]\n"),
    ("G7JE", "a\\nb: 1\nc\n d: 1\n"),
    ("H7J7", "key: &x\n!!map\n  a: b\n"),
    ("H7TQ", "%YAML 1.2 foo\n---\n"),
    ("HU3P", "key:\n  word1 word2\n  no: key\n"),
    ("JKF3", "- - \"bar\nbar\": x\n"),
    ("JY7Z", "key1: \"quoted1\"\nkey2: \"quoted2\" no key: nor value\nkey3: \"quoted3\"\n"),
    ("KS4U", "---\n[\nsequence item\n]\ninvalid item\n"),
    ("MUS6-01", "%YAML 1.2\n---\n%YAML 1.2\n---\n"),
    ("N4JP", "map:\n  key1: \"quoted1\"\n key2: \"bad indentation\"\n"),
    ("P2EQ", "---\n- { y: z }- invalid\n"),
    ("PW8X", "- &a\n- a\n-\n  &a : a\n  b: &b\n-\n  &c : &a\n-\n  ? &d\n-\n  ? &e\n  : &a\n"),
    ("QB6E", "---\nquoted: \"a\nb\nc\"\n"),
    ("RXY3", "---\n'\n...\n'\n"),
    ("S4GJ", "---\nfolded: > first line\n  second line\n"),
    ("SF5V", "%YAML 1.2\n%YAML 1.2\n---\n"),
    ("SY6V", "&anchor - sequence entry\n"),
    ("U3C3", "%TAG yaml! tag:yaml.org,2002:\n---\n!yaml!str \"foo\"\n"),
    ("V9D5", "- sun: yellow\n- ? earth: blue\n  : moon: white\n"),
    (
      "XW4D",
      "a: \"double\n  quotes\" # lala\nb: plain\n value\nc  : #lala\n  d\n? # lala\n - seq1\n: # lala\n - #lala\n  seq2\ne: &node # lala\n - x: y\nblock: > # lala\n  abcde\n"
    ),
    ("Y79Y-000", "foo: |\n\t\nbar: 1\n"),
    ("Y79Y-005", "- \t-\n"),
    ("Y79Y-007", "? -\n:\t-\n"),
    ("Y79Y-009", "? key:\n:\tkey:\n"),
    ("Z9M4", "block scalar: >\n \n  \n  \n invalid\n"),
    ("ZCZ6", "a: b: c: d\n"),
    ("ZL4Z", "---\na: 'b': c\n"),
    ("ZXT5", "[ \"key\"\n  :value ]\n"),
    ("ZYU8-02", "%YAML 1.1 1.2\n---\n"),
    ("5U3A", "key: - a\n     - b\n"),
    ("6S55", "key:\n - bar\n - baz\n invalid\n"),
    ("9CWY", "key:\n - item1\n - item2\ninvalid\n"),
    ("9HCY", "!foo \"bar\"\n%TAG ! tag:example.com,2000:app/\n---\n!foo \"bar\"\n"),
    ("55WF", "---\n\"\\.\"\n"),
    ("5TRB", "---\n\"\n---\n\"\n"),
    ("6BFJ", "---\n&mapping\n&key [ &item a, b, c ]: value\n"),
    ("4H7K", "[ a, b, c ] ]\n"),
    ("4JVG", "top1: &node1\n  &k1 key1: val1\ntop2: &node2\n  &v2 val2\n"),
    ("7MNF", "top1:\n  key1: val1\ntop2\n"),
    ("2CMS", "this\n is\n  invalid: x\n"),
    ("2JQS", ": a\n: b\n"),
    ("2XXW", "--- !!set\n? a\n"),
    ("BS4K", "word1  # comment\nword2\n"),
    ("D49Q", "'a\\nb': 1\n'c\n d': 1\n"),
    ("Q9WF", "{ first: Sammy, last: Sosa }:\n# Statistics:\n  hr:  # Home runs\n     65\n"),
    ("RHX7", "---\nkey: value\n%YAML 1.2\n---\n"),
    ("S3PD", "plain key: in-line value\n: # Both empty\n\"quoted key\":\n- entry\n"),
    ("VJP3-00", "k: {\nk\n:\nv\n}\n"),
  ]

  @Test("what YAML allows is read as it says", arguments: accepted)
  func acceptance(_ test: (name: String, text: String, read: String)) {
    let reading = YAMLReading(test.text)
    #expect(reading.findings == "")
    #expect(reading.rendered == test.read)
    reading.expectSound()
  }

  @Test("what YAML or a policy forbids is reported", arguments: rejected)
  func rejection(_ test: (name: String, text: String)) {
    let reading = YAMLReading(test.text)
    #expect(!reading.diagnostics.isEmpty)
    reading.expectSound()
  }
}

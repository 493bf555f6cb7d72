import CEL
import Testing

@Suite("Values as JSON")
struct ValueJSONTests {
  private func written(_ value: CELValue, limit: Int = .max) throws -> (text: String, isWhole: Bool) {
    let arena = Arena()
    let (text, isWhole) = ValueJSON.written(try arena.value(value), limit: limit)
    return (String(decoding: text, as: UTF8.self), isWhole)
  }

  @Test("every kind of value has a form")
  func kinds() throws {
    let rows: [(CELValue, String)] = [
      (.null, "null"), (.bool(true), "true"), (.int(.min), "-9223372036854775808"),
      (.uint(.max), "18446744073709551615"),
      (.double(1), "1.0"), (.double(0.1), "0.1"), (.double(.nan), "\"NaN\""), (.double(-.infinity), "\"-Infinity\""),
      (.string("a\"\n\u{1}é"), #""a\"\n\u0001é""#), (.bytes([0xFF]), "\"/w==\""), (.type("int"), "\"int\""),
      (.list([.int(1), .list([]), .map([])]), "[1,[],{}]"), (.optional(nil), "null"),
      (.optional(.optional(.int(1))), "1"),
      (
        .map([.init(.string("b"), .int(1)), .init(.int(2), .null), .init(.bool(true), .string(""))]),
        #"{"b":1,"2":null,"true":""}"#
      ),
    ]
    for (value, expected) in rows { #expect(try written(value).text == expected) }
  }

  @Test("a long value is cut about at the limit, and says so")
  func limits() throws {
    #expect(try written(.string("abc"), limit: 5) == ("\"abc\"", true))
    #expect(try !written(.string("abcd"), limit: 5).isWhole)
    let long = try written(.string(String(repeating: "é", count: 1_000)), limit: 101)
    #expect(!long.isWhole && long.text.utf8.count < 110 && !long.text.unicodeScalars.contains("\u{FFFD}"))
    let list = try written(.list((0..<1_000).map { .int($0) }), limit: 100)
    #expect(!list.isWhole && list.text.utf8.count < 110)
  }
}

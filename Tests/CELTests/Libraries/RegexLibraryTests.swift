import RegularExpressions
import Testing

@testable import CEL

@Suite("The regex library")
struct RegexLibraryTests {
  @Test(
    "extracts the group, or the whole match where there is none",
    arguments: [
      LibraryCall("regex.extract", "item-A, item-B", #"item-(\w+)"#, gives: .some("A")),
      LibraryCall("regex.extract", "item-A, item-B", #"item-\w+"#, gives: .some("item-A")),
      LibraryCall("regex.extract", "HELLO", "hello", gives: .none),
      LibraryCall("regex.extract", "HELLO", "(?i)hel(?:lo)", gives: .some("HELLO")),
      LibraryCall("regex.extract", "", "", gives: .some("")),
      LibraryCall("regex.extract", "", "a", gives: .none),
      LibraryCall("regex.extract", "", "(a*)", gives: .none),
      LibraryCall("regex.extract", "b", "(a)?b", gives: .none),
      LibraryCall("regex.extract", "été", "[^t]t(.)", gives: .some("é")),
      LibraryCall("regex.extract", "phone: 415-5551212", #"\d{3}-\d{7}"#, gives: .some("415-5551212")),
      LibraryCall("regex.extract", "a", "(?P<letter>a)", gives: .some("a")),
      LibraryCall("regex.extract", "ab", "(a)(b)", gives: .error(.invalidArgument)),
      LibraryCall("regex.extract", "ab", "(a", gives: .error(.invalidArgument)),
      LibraryCall("regex.extract", "ab", "(?=a)", gives: .error(.invalidArgument)),
      LibraryCall("regex.extract", "ab", 1, gives: .error(.noOverload)),
    ])
  func extracting(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test(
    "extracts all that is not empty",
    arguments: [
      LibraryCall("regex.extractAll", "id:123, id:456", #"id:\d+"#, gives: ["id:123", "id:456"]),
      LibraryCall("regex.extractAll", "id:123, id:456", #"id:(\d+)"#, gives: ["123", "456"]),
      LibraryCall("regex.extractAll", "id:, id:456", #"id:(\d*)"#, gives: ["456"]),
      LibraryCall("regex.extractAll", "id:123", "assa", gives: []),
      LibraryCall("regex.extractAll", "", "a*", gives: [""]),
      // As Go's FindAll: an empty match right behind another one is none.
      LibraryCall("regex.extractAll", "baac", "a*", gives: ["", "aa", ""]),
      LibraryCall("regex.extractAll", "aé", "", gives: ["", "", ""]),
      LibraryCall("regex.extractAll", "aa", "^a", gives: ["a"]),
      LibraryCall("regex.extractAll", "a\nb", "(?m)^.", gives: ["a", "b"]),
      LibraryCall("regex.extractAll", "ab cd", #"\b\w"#, gives: ["a", "c"]),
      LibraryCall("regex.extractAll", "ab", "(a)(b)", gives: .error(.invalidArgument)),
      LibraryCall("regex.extractAll", "ab", "[", gives: .error(.invalidArgument)),
    ])
  func extractingAll(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test(
    "replaces with text and groups",
    arguments: [
      LibraryCall("regex.replace", "hello world hello", "hello", "hi", gives: "hi world hi"),
      LibraryCall("regex.replace", "banana", "a", "x", 0, gives: "banana"),
      LibraryCall("regex.replace", "banana", "a", "x", 1, gives: "bxnana"),
      LibraryCall("regex.replace", "banana", "a", "x", 2, gives: "bxnxna"),
      LibraryCall("regex.replace", "banana", "a", "x", 100, gives: "bxnxnx"),
      LibraryCall("regex.replace", "banana", "a", "x", -1, gives: "bxnxnx"),
      LibraryCall("regex.replace", "banana", "a", "x", .int(.min), gives: "bxnxnx"),
      LibraryCall("regex.replace", "foo bar", "(fo)o (ba)r", #"\2 \1"#, gives: "ba fo"),
      LibraryCall("regex.replace", "ab", "b", #"[\0]"#, gives: "a[b]"),
      LibraryCall("regex.replace", "ab", "b", #"\\0\\"#, gives: #"a\0\"#),
      LibraryCall("regex.replace", "ab", "b", #"\\\0\\\\"#, gives: #"a\b\\"#),
      LibraryCall("regex.replace", "ac", "(a)|(c)", #"<\1\2>"#, gives: "<a><c>"),
      LibraryCall("regex.replace", "abc", "", "-", gives: "-a-b-c-"),
      LibraryCall("regex.replace", "é€😀", "", "-", gives: "-é-€-😀-"),
      LibraryCall("regex.replace", "baac", "a*", "-", gives: "-b-c-"),
      LibraryCall("regex.replace", "", "a*", "x", gives: "x"),
      LibraryCall("regex.replace", "", "a+", "x", gives: ""),
      LibraryCall("regex.replace", "aXbX", "x", "", gives: "aXbX"),
      LibraryCall("regex.replace", "aXbX", "(?i)x", "", gives: "ab"),
      LibraryCall("regex.replace", "abc", "b", "$0", gives: "a$0c"),
      LibraryCall("regex.replace", "1234567890", "(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)", #"\10"#, gives: "10"),
      LibraryCall("regex.replace", "ab", "b", #"\1"#, gives: .error(.invalidArgument)),
      LibraryCall("regex.replace", "ab", "b", #"\n"#, gives: .error(.invalidArgument)),
      LibraryCall("regex.replace", "ab", "b", #"\é"#, gives: .error(.invalidArgument)),
      LibraryCall("regex.replace", "ab", "b", #"x\"#, gives: .error(.invalidArgument)),
      // Without a match nobody reads the replacement.
      LibraryCall("regex.replace", "ab", "c", #"\"#, gives: "ab"),
      LibraryCall("regex.replace", "ab", "(", "x", gives: .error(.invalidArgument)),
      LibraryCall("regex.replace", "ab", "b", "x", .uint(1), gives: .error(.noOverload)),
    ])
  func replacing(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("says what is wrong")
  func errors() throws {
    #expect(
      try LibraryCall("regex.extract", "ab", "(a)(b)").errorText()
        == "a regular expression to extract with has at most one capturing group, and this one has 2")
    #expect(
      try LibraryCall("regex.replace", "ab", "b", #"\3"#).errorText()
        == #"invalid replacement: `\3` refers to group 3, and the regular expression has 0"#)
    #expect(
      try LibraryCall("regex.extract", "", "a(").errorText()?.hasPrefix("invalid regular expression `a(`: ") == true)
  }

  @Test("ends in an error where a replacement would take more than the budget has")
  func budget() throws {
    let context = EvaluationContext(budget: EvaluationBudget(steps: 1_000_000, iterations: 10, bytes: 100_000))
    let text = Sample.string(Array(repeating: UInt8(ascii: "a"), count: 1_000))
    let replacement = Sample.string(Array(String(repeating: #"\0"#, count: 1_000).utf8))
    #expect(try LibraryCall("regex.replace", text, "a+", replacement).result(context) == .error(.limit))
  }

  @Test("keeps a bounded number of patterns, and reads again what it no longer has")
  func cache() throws {
    let context = EvaluationContext()
    let cache = RegularExpressionCache()
    let first = try cache.expression(try context.string("p0").bytes, context)
    #expect(try cache.expression(try context.string("p0").bytes, context) === first)
    for number in 1..<RegularExpressionCache.capacity {
      _ = try cache.expression(try context.string("p\(number)").bytes, context)
    }
    #expect(try cache.expression(try context.string("p0").bytes, context) === first)
    _ = try cache.expression(try context.string("one more").bytes, context)
    let again = try cache.expression(try context.string("p0").bytes, context)
    #expect(again !== first && again.pattern == first.pattern)
    #expect(throws: EvaluationError.self) { try cache.expression(try context.string("*").bytes, context) }
  }
}

import CEL
import Testing

struct DeclarationTests {
  private static func language() throws -> ExpressionLanguage {
    var language = ExpressionLanguage()
    try language.declare(variable: "known")
    try language.declare(opaqueType: "acme.Point")
    try language.declare(RecordType("acme.User", fields: ["name": .string]))
    try language.declare(function: "function f(string) -> int") { (text: String) in text.utf8.count }
    try language.declare(function: "method acme.Point.norm() -> double") { (_: CELValue) in 1.0 }
    return language
  }

  @Test(
    "a signature at fault is told with its place",
    arguments: [
      ("shout() -> string", "a signature starts with `function` or `method`: `function name(type) -> type`", 0..<5),
      ("function f(strng) -> int", "unknown type `strng`; did you mean `string`?", 11..<16),
      ("function f(acme.Usr) -> int", "unknown type `acme.Usr`; did you mean `acme.User`?", 11..<19),
      ("function f(lst(int)) -> int", "unknown type `lst`; did you mean `list`?", 11..<14),
      ("function f(list) -> int", "a list has one type in brackets: `list(string)`", 11..<15),
      (
        "function f(map(int)) -> int", "a map has two types in brackets, its keys' and its values': `map(string, int)`",
        11..<19
      ),
      ("function f(int", "`,` or `)` is missing at the end", 14..<14),
      ("function f(int) > int", "expected `->`, and found `>`", 16..<17),
      ("function f(int) -> ", "a type is missing at the end", 19..<19),
      ("function f(int) -> int é", "expected nothing more, and found `é`", 23..<25),
      ("method shout() -> int", "a method has a type before its name: `string.shout`", 7..<12),
      ("method strng.shout() -> int", "unknown type `strng`; did you mean `string`?", 7..<12),
      ("function in(int) -> int", "`in` is no name of a function", 0..<23),
      ("function a..b(int) -> int", "`a..b` is no name of a function", 0..<25),
      ("function 1(int) -> int", "`1` is no name of a function", 0..<22),
    ])
  func signatures(signature: String, message: String, range: Range<Int>) throws {
    var language = try Self.language()
    let error = #expect(throws: DeclarationError.self) { try language.declare(function: signature) { $0[0] } }
    #expect(error?.message == message)
    #expect(error?.range == range)
    #expect(error?.declaration == signature)
  }

  @Test("types that nest deep are an error")
  func deepTypes() throws {
    let depth = 100_000
    let text = String(repeating: "list(", count: depth) + "int" + String(repeating: ")", count: depth)
    let error = #expect(throws: DeclarationError.self) { try ExpressionLanguage().type(text) }
    #expect(error?.message == "types nest at most 16 deep")
  }

  @Test(
    "a signature that evaluation could not tell from another is refused",
    arguments: [
      "function f(string) -> bool", "function f(dyn) -> bool", "function f(A) -> A", "function size(string) -> int",
      "method string.contains(string) -> string", "function size(list(int)) -> int", "method acme.Point.norm() -> int",
      "method dyn.size() -> int", "function optional.of(int) -> int", "function f(wrapper(string)) -> int",
    ])
  func clashes(signature: String) throws {
    var language = try Self.language()
    let error = #expect(throws: DeclarationError.self) { try language.declare(function: signature) { $0[0] } }
    #expect(error?.message.contains("evaluation could not tell it from `") == true)
  }

  @Test(
    "another signature of a known function is accepted",
    arguments: [
      "function f(int) -> int", "function f(string, string) -> int", "method string.f() -> int",
      "function size(acme.Point) -> int", "method acme.User.norm() -> int", "function string(acme.User) -> string",
      "function acme.deep.f(int) -> int",
    ])
  func overloads(signature: String) throws {
    var language = try Self.language()
    try language.declare(function: signature) { $0[0] }
  }

  @Test(
    "a name of a macro is none of a function",
    arguments: ["function has(int) -> bool", "method string.map(string) -> string", "function cel.bind(int) -> int"])
  func macros(signature: String) throws {
    var language = try Self.language()
    let error = #expect(throws: DeclarationError.self) { try language.declare(function: signature) { $0[0] } }
    #expect(error?.message.contains("is a macro") == true)
  }

  @Test(
    "a variable has a name of its own",
    arguments: [
      "", "a b", "a.", ".a", "in", "true", "for", "1a", "`a`", "a//", "known", "int", "list", "acme.User",
      "acme.Point", "google.protobuf.Timestamp", "é",
    ])
  func variables(name: String) throws {
    var language = try Self.language()
    #expect(throws: DeclarationError.self) { try language.declare(variable: name) }
    #expect(throws: DeclarationError.self) { try language.declare(constant: name, 1) }
    #expect(throws: DeclarationError.self) { try language.declare(opaqueType: name) }
    #expect(throws: DeclarationError.self) { try language.declare(RecordType(name, fields: [:])) }
  }

  @Test("a type parameter is no name of a type, and a field is there once")
  func types() throws {
    var language = try Self.language()
    #expect(throws: DeclarationError.self) { try language.declare(opaqueType: "A") }
    #expect(throws: DeclarationError.self) { try language.declare(RecordType("timestamp", fields: [:])) }
    #expect(throws: DeclarationError.self) {
      try language.declare(RecordType("acme.Twice", fields: ["a": .int, "a": .string]))
    }
  }

  @Test(
    "a type reads as it is spelt",
    arguments: [
      ("int", CELType.int), ("map(string, list(acme.User))", .map(.string, .list(.message("acme.User")))),
      ("acme.Point", .abstract("acme.Point", [])), ("optional(net.IP)", .optional(.abstract("net.IP", []))),
      ("wrapper(int)", .wrapper(.int)), ("google.protobuf.Timestamp", .timestamp), ("null_type", .null),
      ("type(int)", .type(.int)), (" map( int , dyn ) ", .map(.int, .dyn)),
    ])
  func spelledTypes(text: String, type: CELType) throws {
    #expect(try Self.language().type(text) == type)
  }

  @Test("a closure has as many parameters as its signature")
  func parameterCounts() throws {
    var language = try Self.language()
    let error = #expect(throws: DeclarationError.self) {
      try language.declare(function: "function g(int, int) -> int") { (number: Int64) in number }
    }
    #expect(error?.message == "the signature has 2 parameters, and the closure 1")
  }

  @Test("a declaration error says what and where")
  func description() throws {
    var language = try Self.language()
    let error = #expect(throws: DeclarationError.self) { try language.declare(variable: "x", type: "map(int)") }
    #expect(
      error?.description
        == "cannot declare `map(int)`: a map has two types in brackets, its keys' and its values': `map(string, int)` (at 0)"
    )
  }
}

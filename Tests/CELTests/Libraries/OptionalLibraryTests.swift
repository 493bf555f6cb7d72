import Testing

@testable import CEL

@Suite("The optional library")
struct OptionalLibraryTests {
  @Test(
    "makes optionals and takes them apart",
    arguments: [
      LibraryCall("optional.none", gives: .none),
      LibraryCall("optional.of", nil, gives: .some(nil)),
      LibraryCall("optional.of", .none, gives: .some(.none)),
      LibraryCall("hasValue", .none, gives: false),
      LibraryCall("hasValue", .some(nil), gives: true),
      LibraryCall("value", .some(.some(1)), gives: .some(1)),
      LibraryCall("value", .none, gives: .error(.invalidArgument)),
      LibraryCall("or", .none, .some(1), gives: .some(1)),
      LibraryCall("or", .none, .none, gives: .none),
      LibraryCall("or", .some(2), .some(1), gives: .some(2)),
      LibraryCall("or", .some(2), 1, gives: .error(.noOverload)),
      LibraryCall("orValue", .none, "a", gives: "a"),
      LibraryCall("orValue", .some(nil), "a", gives: nil),
      LibraryCall("orValue", nil, "a", gives: .error(.noOverload)),
      LibraryCall("optional.unwrap", [], gives: []),
      LibraryCall("optional.unwrap", [.some(1), .none, .some(nil), .some(.none)], gives: [1, nil, .none]),
      LibraryCall("unwrapOpt", [.none, .some("a")], gives: ["a"]),
      LibraryCall("unwrapOpt", [.some("a"), "b"], gives: .error(.noOverload)),
    ])
  func optionals(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("says what was wrong with taking the value of none")
  func dereference() throws {
    #expect(try LibraryCall("value", .none).errorText() == "optional.none() dereference")
  }

  @Test(
    "takes the zero value of each type for none",
    arguments: [
      nil, false, 0, .uint(0), 0.0, -0.0, "", .bytes([]), [], .map([:]), .timestamp(seconds: 0), .duration(seconds: 0),
    ] as [Sample])
  func zeros(zero: Sample) throws {
    #expect(try LibraryCall("optional.ofNonZeroValue", zero).result() == .none)
  }

  @Test(
    "keeps every other value",
    arguments: [
      true, 1, .uint(1), 0.5, .double(.infinity), "\u{0}", .bytes([0]), [0], .map(["": 0]), .timestamp(seconds: 1),
      .duration(seconds: -1), .type("int"), .none, .some(0), .ip("::"),
    ] as [Sample])
  func nonZeros(value: Sample) throws {
    #expect(try LibraryCall("optional.ofNonZeroValue", value).result() == .some(value))
  }
}

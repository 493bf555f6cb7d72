import Testing

@testable import CEL

@Suite("The list library")
struct ListLibraryTests {
  @Test(
    "takes lists apart and puts them together",
    arguments: [
      LibraryCall("lists.range", 3, gives: [0, 1, 2]),
      LibraryCall("lists.range", 0, gives: []),
      LibraryCall("lists.range", -1, gives: []),
      LibraryCall("lists.range", .int(.min), gives: []),
      LibraryCall("lists.range", .int(.max), gives: .error(.limit)),
      LibraryCall("lists.range", 100_000_000, gives: .error(.limit)),
      LibraryCall("lists.range", .uint(3), gives: .error(.noOverload)),
      LibraryCall("first", [], gives: .none),
      LibraryCall("first", [nil, 2], gives: .some(nil)),
      LibraryCall("last", [], gives: .none),
      LibraryCall("last", [1, "é"], gives: .some("é")),
      LibraryCall("reverse", [], gives: []),
      LibraryCall("reverse", [1, "b", nil], gives: [nil, "b", 1]),
      LibraryCall("flatten", [], gives: []),
      LibraryCall("flatten", [[1, [2]], [], [3]], gives: [1, [2], 3]),
      LibraryCall("flatten", [1, [2, 3], "a"], gives: [1, 2, 3, "a"]),
      LibraryCall("flatten", [1, [2, [3, [4]]]], 0, gives: [1, [2, [3, [4]]]]),
      LibraryCall("flatten", [1, [2, [3, [4]]], 5], 2, gives: [1, 2, 3, [4], 5]),
      LibraryCall("flatten", [1, [2, [3, [4]]], 5], .int(.max), gives: [1, 2, 3, 4, 5]),
      LibraryCall("flatten", [[[], []], [[[]]]], 9, gives: []),
      LibraryCall("flatten", [1], -1, gives: .error(.invalidArgument)),
      LibraryCall("flatten", [1], .uint(1), gives: .error(.noOverload)),
    ])
  func shapes(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test(
    "slices between two indices that lie in the list",
    arguments: [
      LibraryCall("slice", [1, 2, 3], 0, 3, gives: [1, 2, 3]),
      LibraryCall("slice", [1, 2, 3], 1, 2, gives: [2]),
      LibraryCall("slice", [1, 2, 3], 3, 3, gives: []),
      LibraryCall("slice", [], 0, 0, gives: []),
      LibraryCall("slice", [1, 2, 3], 2, 1, gives: .error(.invalidArgument)),
      LibraryCall("slice", [1, 2, 3], -1, 1, gives: .error(.invalidArgument)),
      LibraryCall("slice", [1, 2, 3], 0, -1, gives: .error(.invalidArgument)),
      LibraryCall("slice", [1, 2, 3], 0, 4, gives: .error(.invalidArgument)),
      LibraryCall("slice", [1, 2, 3], .int(.max), .int(.max), gives: .error(.invalidArgument)),
      LibraryCall("slice", [1, 2, 3], .int(.min), .int(.max), gives: .error(.invalidArgument)),
    ])
  func slices(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("says which indices are wrong, and why")
  func sliceErrors() throws {
    #expect(
      try LibraryCall("slice", [1], -1, 1).errorText() == "cannot slice(-1, 1), negative indexes not supported")
    #expect(
      try LibraryCall("slice", [1], 1, 0).errorText()
        == "cannot slice(1, 0), start index must be less than or equal to end index")
    #expect(try LibraryCall("slice", [1], 0, 2).errorText() == "cannot slice(0, 2), list is length 1")
  }

  @Test(
    "keeps the first of equal elements",
    arguments: [
      LibraryCall("distinct", [], gives: []),
      LibraryCall("distinct", [1, 2, 1, 1], gives: [1, 2]),
      LibraryCall("distinct", [1.0, 1, .uint(1), 2.5, "1", true], gives: [1.0, 2.5, "1", true]),
      LibraryCall("distinct", [-0.0, 0], gives: [-0.0]),
      LibraryCall("distinct", [[1], [1.0], [], [1, 2]], gives: [[1], [], [1, 2]]),
      LibraryCall("distinct", [nil, nil, .none, .none, .some(1), .some(2)], gives: [nil, .none, .some(1), .some(2)]),
      LibraryCall("distinct", ["é", "e\u{301}", "é"], gives: ["é", "e\u{301}"]),
      LibraryCall("distinct", [.map(["a": 1]), .map(["a": 1.0])], gives: [.map(["a": 1])]),
    ])
  func distinct(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("takes NaN for different from itself")
  func distinctNaN() throws {
    guard case .list(let elements) = try LibraryCall("distinct", [.double(.nan), .double(.nan)]).result() else {
      Issue.record("no list")
      return
    }
    #expect(elements.count == 2)
  }

  @Test(
    "sorts what is of one type that has an order",
    arguments: [
      LibraryCall("sort", [], gives: []),
      LibraryCall("sort", [3, -1, 2, .int(.min), .int(.max)], gives: [.int(.min), -1, 2, 3, .int(.max)]),
      LibraryCall("sort", [.uint(.max), .uint(0)], gives: [.uint(0), .uint(.max)]),
      LibraryCall(
        "sort", [2.5, .double(-.infinity), 0.0, .double(.nan), 1.0],
        gives: [.double(-.infinity), 0.0, 1.0, 2.5, .double(.nan)]),
      // By code points, which for U+FFFF and U+10000 is not the order of UTF-16.
      LibraryCall(
        "sort", ["b", "\u{10000}", "é", "\u{FFFF}", "", "B"], gives: ["", "B", "b", "é", "\u{FFFF}", "\u{10000}"]),
      LibraryCall("sort", [true, false, true], gives: [false, true, true]),
      LibraryCall(
        "sort", [.bytes([2]), .bytes([1, 9]), .bytes([])], gives: [.bytes([]), .bytes([1, 9]), .bytes([2])]),
      LibraryCall(
        "sort", [.timestamp(seconds: 5), .timestamp(seconds: -5)],
        gives: [.timestamp(seconds: -5), .timestamp(seconds: 5)]),
      LibraryCall(
        "sort", [.duration(seconds: 5), .duration(seconds: -5)], gives: [.duration(seconds: -5), .duration(seconds: 5)]),
      LibraryCall("sort", [1, 2.0], gives: .error(.invalidArgument)),
      LibraryCall("sort", [1, "a"], gives: .error(.invalidArgument)),
      LibraryCall("sort", [[1], [2]], gives: .error(.invalidArgument)),
      LibraryCall("sort", [nil], gives: .error(.invalidArgument)),
      LibraryCall("@sortByAssociatedKeys", ["a", "b", "c", "d"], [2, 1, 2, 1], gives: ["b", "d", "a", "c"]),
      LibraryCall("@sortByAssociatedKeys", [nil, [1], 2], ["z", "y", "x"], gives: [2, [1], nil]),
      LibraryCall("@sortByAssociatedKeys", [], [], gives: []),
      LibraryCall("@sortByAssociatedKeys", [1, 2], [1], gives: .error(.invalidArgument)),
      LibraryCall("@sortByAssociatedKeys", [1, 2], [1, "a"], gives: .error(.invalidArgument)),
    ])
  func sorting(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("keeps the order of a hundred thousand equal keys, and finds the different ones among as many, in little time")
  func large() throws {
    let numbers = Sample.list((0..<100_000).map { .int($0) })
    let keys = Sample.list((0..<100_000).map { .int($0 % 3) })
    guard case .list(let sorted) = try LibraryCall("@sortByAssociatedKeys", numbers, keys).result() else {
      Issue.record("no list")
      return
    }
    #expect(sorted.prefix(2) == [0, 3] && sorted.suffix(2) == [99_995, 99_998])
    #expect(try LibraryCall("distinct", numbers).result() == numbers)
    #expect(try LibraryCall("distinct", keys).result() == [0, 1, 2])
  }

  @Test("ends in an error where a result would take more than the budget has")
  func budget() throws {
    let context = EvaluationContext(budget: EvaluationBudget(steps: 1_000_000, iterations: 10, bytes: 100_000))
    #expect(try LibraryCall("lists.range", 10_000).result(context) == .error(.limit))
    // Each list holds the one before it twice.
    let roomy = EvaluationContext(budget: EvaluationBudget(steps: 1_000_000, iterations: 10, bytes: 1 << 20))
    var list = try Sample.list([1, 2]).value(roomy)
    for _ in 0..<40 { list = try roomy.list([list, list]) }
    let flatten = StandardDeclarations.library.first { $0.overload.description.hasPrefix("list(dyn).flatten") }
    let arguments = try roomy.list([list, .int(100)]).elements
    #expect(throws: EvaluationError(.limit, "the evaluation takes too much memory")) {
      try flatten?.implementation(arguments, roomy)
    }
  }
}

import CEL
import MarkedSource
import Testing

struct CELValueTests {
  private static let nan = CELValue.double(.nan)

  @Test(
    "values are equal as in an expression",
    arguments: [
      (1, 1, true), (1, .uint(1), true), (1, 1.0, true), (-1, .uint(.max), false),
      (nan, nan, false), (0.0, -0.0, true), ("é", "é", true), ("é", "e\u{301}", false), ("a", .bytes([97]), false),
      (["a": 1, "b": 2], ["b": 2, "a": 1.0], true), ([1: "a"], [.uint(1): "a"], true), (["a": 1], ["b": 1], false),
      (["\u{e9}": 1], ["e\u{301}": 1], false), ([1, 2], [2, 1], false), ([], [], true), ([:], [:], true),
      (nil, nil, true),
      (nil, false, false), (.optional(1), .optional(1.0), true), (.optional(nil), .optional(nil), true),
      (.optional(nil), nil, false), (.type("int"), .type("int"), true), (.type("int"), "int", false),
      (.record("a.B", fields: ["x": 1, "y": 2]), .record("a.B", [("y", 2), ("x", 1)]), true),
      (.record("a.B", fields: ["x": 1]), .record("a.C", fields: ["x": 1]), false), (true, 1, false),
    ] as [(CELValue, CELValue, Bool)])
  func equality(left: CELValue, right: CELValue, isEqual: Bool) {
    #expect((left == right) == isEqual)
    #expect((right == left) == isEqual)
  }

  @Test(
    "a value's text is an expression that gives it",
    arguments: [
      nil, true, -1, .int(.min), .uint(.max), 1.0, -0.5, 1e300, .double(.leastNonzeroMagnitude), .double(.infinity),
      .double(-.infinity), "",
      "a\"b\\c\n\r\t\u{0}\u{1b}é😀\u{2028}", .bytes([0, 34, 92, 127, 200, 255]), [1, [nil]], ["a": [1: true]],
      .type("int"),
      .optional(nil), .optional(.optional(1)), .timestamp(.least), .timestamp(.greatest),
      .duration(Duration("-1.5s") ?? .zero), .duration(.zero),
    ] as [CELValue])
  func texts(value: CELValue) throws {
    let read = try ExpressionLanguage().compile(value.description).evaluate()
    #expect(read == value)
    #expect(read.type == value.type)
  }

  @Test("texts of equal maps are equal", arguments: [("{'b': 1, 'a': {2: 3, 1: 2}}", #"{"a": {1: 2, 2: 3}, "b": 1}"#)])
  func mapText(expression: String, text: String) throws {
    #expect(try ExpressionLanguage().compile(expression).evaluate().description == text)
  }

  @Test("addresses have the text of the function that makes them")
  func addresses() throws {
    for text in [#"ip("127.0.0.1")"#, #"cidr("10.0.0.0/8")"#] {
      #expect(try ExpressionLanguage().compile(text).evaluate().description == text)
    }
  }

  @Test("a value's parts are there for whoever knows its type, and for nobody else")
  func parts() {
    let value: CELValue = ["name": "Ann", "ages": [1, .uint(2), 3.5], "on": true, "data": .bytes([1]), "none": nil]
    #expect(value["name"]?.stringValue == "Ann")
    #expect(value["ages"]?[0]?.intValue == 1)
    #expect(value["ages"]?[1]?.uintValue == 2)
    #expect(value["ages"]?[2]?.doubleValue == 3.5)
    #expect(value["ages"]?[3] == nil)
    #expect(value["ages"]?[-1] == nil)
    #expect(value["on"]?.boolValue == true)
    #expect(value["data"]?.bytesValue == [1])
    #expect(value["none"]?.isNull == true)
    #expect(value["nothing"] == nil)
    #expect(value.mapValue?.count == 5)
    #expect(value["ages"]?.listValue?.count == 3)
    #expect(value.intValue == nil && value.stringValue == nil && value.listValue == nil && value[0] == nil)
    #expect(CELValue.record("a.B", fields: ["x": 1])["x"] == 1)
    #expect(CELValue(["a": 1]) == ["a": 1])
    #expect("\(1 + 1)" as CELValue == "2")
  }

  @Test("durations and timestamps come from and go to Swift's own")
  func times() {
    #expect(Duration(.milliseconds(-1500)) == Duration("-1.5s"))
    #expect(Swift.Duration(CEL.Duration.zero) == .zero)
    #expect(Duration("1h").map { Swift.Duration($0) } == .seconds(3600))
    #expect(Duration(Swift.Duration.seconds(Int64.max)) == nil)
    #expect(Timestamp("2026-01-31T12:00:00Z")?.description == "2026-01-31T12:00:00Z")
    #expect(Timestamp("2026-02-31T12:00:00Z") == nil)
    #expect(Duration("1 hour") == nil)
  }

  @Test("values that nest as deep as they may are copied and compared on a small stack")
  func deepValues() throws {
    let text: String? = onSmallStack {
      var language = ExpressionLanguage()
      var value: CELValue = 1
      for _ in 0..<390 { value = [value] }
      do {
        try language.declare(variable: "x")
        let result = try language.compile("x").evaluate(["x": value])
        guard result == value else { return "not equal" }
        return result.description.utf8.count == 1 + 2 * 390 ? "equal" : "cut off"
      } catch { return "\(error)" }
    }
    #expect(text == "equal")
  }

  @Test("values that nest deeper than evaluation takes are an error")
  func tooDeepValues() throws {
    var language = ExpressionLanguage()
    try language.declare(variable: "x")
    var value: CELValue = 1
    for _ in 0..<500 { value = [value] }
    let expression = try language.compile("x")
    let error = #expect(throws: EvaluationError.self) { try expression.evaluate(["x": value]) }
    #expect(error?.kind == .limit)
  }
}

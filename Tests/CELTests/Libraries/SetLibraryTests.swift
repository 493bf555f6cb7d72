import MarkedSource
import Testing

@testable import CEL

@Suite("The set library")
struct SetLibraryTests {
  @Test(
    "compares elements as `==` does",
    arguments: [
      LibraryCall("sets.contains", [], [], gives: true),
      LibraryCall("sets.contains", [1], [], gives: true),
      LibraryCall("sets.contains", [], [1], gives: false),
      LibraryCall("sets.contains", [1, 2, 3], [3, 1, 1], gives: true),
      LibraryCall("sets.contains", [1, 2], [2, 3], gives: false),
      LibraryCall("sets.contains", [1, 2.0, .uint(3)], [.uint(1), 2, 3.0], gives: true),
      LibraryCall("sets.contains", [1], ["1"], gives: false),
      LibraryCall("sets.contains", [true], [1], gives: false),
      LibraryCall("sets.contains", [nil, [1]], [[1.0], nil], gives: true),
      LibraryCall("sets.contains", [.uint(1 << 63)], [9223372036854775808.0], gives: true),
      LibraryCall("sets.contains", [0.0], [-0.0], gives: true),
      LibraryCall("sets.contains", [.double(.nan)], [.double(.nan)], gives: false),
      LibraryCall("sets.contains", [[.double(.nan)]], [[.double(.nan)]], gives: false),
      LibraryCall("sets.contains", ["é"], ["e\u{301}"], gives: false),
      LibraryCall("sets.contains", [.map(["a": 1, "b": [2]])], [.map(["b": [2.0], "a": .uint(1)])], gives: true),
      LibraryCall("sets.contains", [.map(["a": 1])], [.map(["a": 2])], gives: false),
      LibraryCall("sets.contains", [.ip("::1"), .ip("10.0.0.1")], [.ip("10.0.0.1")], gives: true),
      LibraryCall("sets.contains", [.none, .some(1)], [.some(1.0), .none], gives: true),
      LibraryCall("sets.contains", [.type("int")], [.type("int")], gives: true),
      LibraryCall("sets.contains", [.timestamp(seconds: 5)], [.duration(seconds: 5)], gives: false),
      LibraryCall("sets.contains", [.bytes([65])], ["A"], gives: false),
      LibraryCall("sets.equivalent", [], [], gives: true),
      LibraryCall("sets.equivalent", [1], [1, 1, .uint(1)], gives: true),
      LibraryCall("sets.equivalent", [1, 2], [2, 1], gives: true),
      LibraryCall("sets.equivalent", [1, 2], [1], gives: false),
      LibraryCall("sets.equivalent", [1], [1, 2], gives: false),
      LibraryCall("sets.intersects", [], [], gives: false),
      LibraryCall("sets.intersects", [1], [], gives: false),
      LibraryCall("sets.intersects", [1, 2], [3, 2.0], gives: true),
      LibraryCall("sets.intersects", [1, 2], [3, 4], gives: false),
      LibraryCall("sets.intersects", [[1, 2]], [[1], [1, 2]], gives: true),
      LibraryCall("sets.contains", 1, [1], gives: .error(.noOverload)),
    ])
  func sets(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("finds by hash what comparing all would find")
  func differential() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    func element(_ depth: Int) -> Sample {
      switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &generator) {
      case 0: .int(Int64.random(in: -2...2, using: &generator))
      case 1: .uint(UInt64.random(in: 0...2, using: &generator))
      case 2: .double(Double(Int.random(in: -4...4, using: &generator)) / 2)
      case 3: .string(Array("ab".utf8.prefix(Int.random(in: 0...2, using: &generator))))
      case 4: .bool(Bool.random(using: &generator))
      case 5: Bool.random(using: &generator) ? .null : .double(.nan)
      case 6: Bool.random(using: &generator) ? .none : .some(.int(Int64.random(in: 0...1, using: &generator)))
      case 7: .list((0..<Int.random(in: 0...2, using: &generator)).map { _ in element(depth - 1) })
      default: .map(["k": element(depth - 1)])
      }
    }
    for _ in 0..<2_000 {
      let context = EvaluationContext()
      let left = (0..<Int.random(in: 0...40, using: &generator)).map { _ in element(2) }
      let right = (0..<Int.random(in: 0...3, using: &generator)).map { _ in element(2) }
      let (these, those) = (try left.map { try $0.value(context) }, try right.map { try $0.value(context) })
      let contains = try those.allSatisfy { wanted in try these.contains { try $0.isEqual(to: wanted) } }
      let intersects = try those.contains { wanted in try these.contains { try $0.isEqual(to: wanted) } }
      #expect(
        try LibraryCall("sets.contains", .list(left), .list(right)).result() == .bool(contains), "seed \(seed)")
      #expect(
        try LibraryCall("sets.intersects", .list(left), .list(right)).result() == .bool(intersects), "seed \(seed)")
    }
  }
}

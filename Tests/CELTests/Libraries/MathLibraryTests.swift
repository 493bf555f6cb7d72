import Testing

@testable import CEL

@Suite("The math library")
struct MathLibraryTests {
  @Test(
    "gives what cel-go gives",
    arguments: [
      LibraryCall("math.abs", 0, gives: 0),
      LibraryCall("math.abs", .int(.max), gives: .int(.max)),
      LibraryCall("math.abs", .int(.min + 1), gives: .int(.max)),
      LibraryCall("math.abs", .int(.min), gives: .error(.overflow)),
      LibraryCall("math.abs", .double(-.infinity), gives: .double(.infinity)),
      LibraryCall("math.abs", -0.0, gives: 0.0),
      LibraryCall("math.abs", .uint(.max), gives: .uint(.max)),
      LibraryCall("math.abs", "1", gives: .error(.noOverload)),
      LibraryCall("math.sign", -7, gives: -1),
      LibraryCall("math.sign", .int(.min), gives: -1),
      LibraryCall("math.sign", .uint(0), gives: .uint(0)),
      LibraryCall("math.sign", .uint(9), gives: .uint(1)),
      LibraryCall("math.sign", -0.0, gives: 0.0),
      LibraryCall("math.sign", .double(.nan), gives: .double(.nan)),
      LibraryCall("math.sign", .double(-.infinity), gives: -1.0),
      LibraryCall("math.ceil", -1.5, gives: -1.0),
      LibraryCall("math.floor", -1.5, gives: -2.0),
      LibraryCall("math.trunc", -1.9, gives: -1.0),
      LibraryCall("math.round", -0.5, gives: -1.0),
      LibraryCall("math.round", 2.5, gives: 3.0),
      LibraryCall("math.round", 0.49999999999999994, gives: 0.0),
      LibraryCall("math.round", 4503599627370497.0, gives: 4503599627370497.0),
      LibraryCall("math.round", .double(.infinity), gives: .double(.infinity)),
      LibraryCall("math.ceil", 1, gives: .error(.noOverload)),
      LibraryCall("math.isNaN", .double(.nan), gives: true),
      LibraryCall("math.isNaN", .double(.infinity), gives: false),
      LibraryCall("math.isInf", .double(-.infinity), gives: true),
      LibraryCall("math.isInf", .double(.nan), gives: false),
      LibraryCall("math.isFinite", .double(.nan), gives: false),
      LibraryCall("math.isFinite", .double(.greatestFiniteMagnitude), gives: true),
      LibraryCall("math.sqrt", 2, gives: .double(2.0.squareRoot())),
      LibraryCall("math.sqrt", .uint(81), gives: 9.0),
      LibraryCall("math.sqrt", 0.25, gives: 0.5),
    ])
  func numbers(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test("the root of a negative number is NaN")
  func negativeRoot() throws {
    guard case .bits(let bits) = try LibraryCall("math.sqrt", -1).result() else {
      Issue.record("not a double")
      return
    }
    #expect(Double(bitPattern: bits).isNaN)
  }

  @Test(
    "works on bits as if an int had no sign",
    arguments: [
      LibraryCall("math.bitAnd", -1, .int(.min), gives: .int(.min)),
      LibraryCall("math.bitAnd", .uint(6), .uint(3), gives: .uint(2)),
      LibraryCall("math.bitAnd", 6, .uint(3), gives: .error(.noOverload)),
      LibraryCall("math.bitOr", .uint(4), .uint(1), gives: .uint(5)),
      LibraryCall("math.bitOr", -8, 3, gives: -5),
      LibraryCall("math.bitXor", -1, 1, gives: -2),
      LibraryCall("math.bitXor", .uint(5), .uint(1), gives: .uint(4)),
      LibraryCall("math.bitNot", .int(.max), gives: .int(.min)),
      LibraryCall("math.bitNot", .uint(.max), gives: .uint(0)),
      LibraryCall("math.bitShiftLeft", 1, 63, gives: .int(.min)),
      LibraryCall("math.bitShiftLeft", 1, 64, gives: 0),
      LibraryCall("math.bitShiftLeft", -1, .int(.max), gives: 0),
      LibraryCall("math.bitShiftLeft", .uint(3), 63, gives: .uint(1 << 63)),
      LibraryCall("math.bitShiftLeft", 1, -1, gives: .error(.invalidArgument)),
      LibraryCall("math.bitShiftLeft", 1, .int(.min), gives: .error(.invalidArgument)),
      LibraryCall("math.bitShiftRight", -1, 1, gives: .int(.max)),
      LibraryCall("math.bitShiftRight", -1, 63, gives: 1),
      LibraryCall("math.bitShiftRight", -1, 64, gives: 0),
      LibraryCall("math.bitShiftRight", .uint(.max), 63, gives: .uint(1)),
      LibraryCall("math.bitShiftRight", .uint(1), -1, gives: .error(.invalidArgument)),
      LibraryCall("math.bitShiftRight", 1, .uint(1), gives: .error(.noOverload)),
    ])
  func bits(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }

  @Test(
    "finds the greatest and the least by value, and of equal numbers the first",
    arguments: [
      LibraryCall("math.greatest", .uint(3), gives: .uint(3)),
      LibraryCall("math.greatest", .double(.nan), gives: .double(.nan)),
      LibraryCall("math.greatest", 1, 1.0, gives: 1),
      LibraryCall("math.greatest", 1.0, 1, gives: 1.0),
      LibraryCall("math.greatest", -1, .uint(0), gives: .uint(0)),
      LibraryCall("math.greatest", .int(.max), .uint(1 << 63), gives: .uint(1 << 63)),
      // 2^53 + 1 is not what it is as a double.
      LibraryCall("math.greatest", 9007199254740992.0, 9_007_199_254_740_993, gives: 9007199254740992.0),
      LibraryCall("math.least", 9_007_199_254_740_993, 9007199254740992.0, gives: 9_007_199_254_740_993),
      LibraryCall("math.greatest", [3, 7.5, .uint(7), -1], gives: 7.5),
      LibraryCall("math.least", [3, 7.5, .uint(7), -1], gives: -1),
      LibraryCall("math.least", [.double(-.infinity), .int(.min)], gives: .double(-.infinity)),
      LibraryCall("math.least", [.uint(2)], gives: .uint(2)),
      LibraryCall("math.least", [], gives: .error(.invalidArgument)),
      LibraryCall("math.greatest", [1, "2"], gives: .error(.noOverload)),
      LibraryCall("math.greatest", ["2"], gives: .error(.noOverload)),
      LibraryCall("math.greatest", "2", gives: .error(.noOverload)),
      LibraryCall("math.greatest", nil, 1, gives: .error(.noOverload)),
      LibraryCall("math.least", 1, .double(.nan), gives: .error(.invalidArgument)),
      LibraryCall("math.least", [.double(.nan), 1], gives: .error(.invalidArgument)),
    ])
  func extremes(call: LibraryCall) throws {
    #expect(try call.result() == call.expected)
  }
}

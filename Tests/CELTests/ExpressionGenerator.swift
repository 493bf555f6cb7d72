import CEL
import MarkedSource

/// Writes random expressions that check, over the variables of `variables`.
///
/// Every type has its ways of being made, each of which needs parts of other types; values are chosen where things go wrong:
/// at the ends of ranges, in texts of several bytes a character, for keys that are not there. So about a third of the
/// expressions end in an error.
struct ExpressionGenerator {
  /// The functions that expressions call.
  enum Vocabulary {
    /// What Google's C++ engine has, too: the standard, and the extensions bindings, encoders, math, optionals, strings.
    case common
    case whole
  }

  struct Variable {
    let name: String
    let type: CELType
  }

  let vocabulary: Vocabulary
  var random: SeededGenerator
  /// The variables in scope, those of loops among them.
  var scope: [Variable]
  private var loopVariableCount = 0

  init(seed: UInt64, _ vocabulary: Vocabulary = .common) {
    self.vocabulary = vocabulary
    random = SeededGenerator(seed: seed)
    scope = Self.variables.map { Variable(name: $0.name, type: $0.type) }
  }

  /// The variables that expressions use: a name, a type, and an expression for the value.
  static let variables: [(name: String, type: CELType, value: String)] = [
    ("b", .bool, "true"), ("i", .int, "7"), ("j", .int, "-9223372036854775808"), ("u", .uint, "3u"),
    ("w", .uint, "18446744073709551615u"), ("d", .double, "2.5"), ("f", .double, "-1e300"),
    ("s", .string, "'h\u{e9}llo \u{1f600}'"), ("e", .string, "''"), ("y", .bytes, "b'\\x00\\xffab'"),
    ("t", .timestamp, "timestamp('2024-02-29T23:59:59.123456Z')"), ("r", .duration, "duration('-3723.5s')"),
    ("li", .list(.int), "[1, 2, 3, -4]"), ("ls", .list(.string), "['a', '', '\u{e9}']"),
    ("lx", .list(.dyn), "[1, 'a', null, 2.0, [1], {'a': 1}]"), ("ll", .list(.list(.int)), "[[1], [], [2, 3]]"),
    ("ms", .map(.string, .int), "{'a': 1, 'b': -2, '\u{e9}': 3}"), ("mi", .map(.int, .string), "{1: 'x', -2: 'y'}"),
    ("ml", .map(.string, .list(.int)), "{'a': [1, 2], 'c': []}"),
    ("o", .dyn, "{'a': {'b': [1, 2.5, 'x', null]}, 'c': true, 'n': null, 'e': ''}"), ("n", .dyn, "null"),
    ("x", .dyn, "'text'"), ("z", .dyn, "1"), ("q", .dyn, "1.0"),
  ]

  /// The types that a whole expression may have.
  static let resultTypes: [CELType] = [
    .bool, .bool, .bool, .bool, .int, .int, .uint, .double, .string, .string, .bytes, .timestamp, .duration, .dyn,
    .null,
    .type(.dyn), .list(.int), .list(.string), .list(.dyn), .list(.list(.int)), .map(.string, .int), .map(.int, .string),
    .map(.string, .list(.int)), .list(.uint), .list(.double), .map(.bool, .double), .map(.uint, .dyn),
  ]

  /// A whole expression.
  mutating func expression() -> String {
    while true {
      let text = text(one(Self.resultTypes), Int.random(in: 1...5, using: &random))
      if text.utf8.count <= 1_000 { return text }
    }
  }

  // MARK: - Choosing

  mutating func one<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  mutating func chance(_ one: Int, in all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < one }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  /// A type without parameters whose values may be compared and put into lists.
  mutating func simpleType() -> CELType { one([.bool, .int, .int, .uint, .double, .string, .string, .bytes]) }

  mutating func anyType(_ depth: Int = 2) -> CELType {
    guard depth > 0, chance(1, in: 3) else { return one([simpleType(), .timestamp, .duration, .dyn]) }
    return chance(1, in: 2)
      ? .list(anyType(depth - 1)) : .map(one([.string, .string, .int, .bool, .uint]), anyType(depth - 1))
  }

  // MARK: - Expressions of a type

  /// An expression of a type: a primary expression, which needs no parentheses wherever it stands.
  mutating func text(_ type: CELType, _ depth: Int) -> String {
    if depth <= 0 || chance(1, in: 12) { return leaf(type) }
    if chance(1, in: 6), let text = anywhere(type, depth) { return text }
    switch type {
    case .bool: return bool(depth)
    case .int: return int(depth)
    case .uint: return uint(depth)
    case .double: return double(depth)
    case .string: return string(depth)
    case .bytes: return bytes(depth)
    case .timestamp: return timestamp(depth)
    case .duration: return duration(depth)
    case .list(let element): return list(element, depth)
    case .map(let key, let value): return map(key, value, depth)
    case .abstract(_, let parameters): return optional(parameters.first ?? .int, depth)
    case .type: return "type(\(text(anyType(), depth - 1)))"
    case .dyn: return "dyn(\(text(anyType(), depth - 1)))"
    case .null, .error, .any, .wrapper, .message, .parameter: return leaf(type)
    }
  }

  /// What makes a value of any type out of others; `nil` where it makes none of this one.
  private mutating func anywhere(_ type: CELType, _ depth: Int) -> String? {
    switch below(12) {
    case 0, 1: return "(\(text(.bool, depth - 1)) ? \(text(type, depth - 1)) : \(text(type, depth - 1)))"
    case 2: return "\(text(.list(type), depth - 1))[\(index(depth - 1))]"
    case 3: return "\(text(.map(.string, type), depth - 1))[\(text(.string, 0))]"
    case 4: return "\(text(.map(.string, type), depth - 1)).\(one(["a", "b", "c"]))"
    case 5: return "\(text(.optional(type), depth - 1)).orValue(\(text(type, depth - 1)))"
    case 6: return "\(text(.optional(type), depth - 1)).value()"
    case 7:
      let bound = anyType()
      let value = text(bound, depth - 1)
      return inScope([bound]) { generator, names in
        "cel.bind(\(names[0]), \(value), \(generator.text(type, depth - 1)))"
      }
    // What is `dyn` fits everywhere; half of it is of the right type.
    case 8: return chance(1, in: 2) ? "dyn(\(text(type, depth - 1)))" : nil
    case 9: return chance(1, in: 6) ? "dyn(\(text(simpleType(), depth - 1)))" : nil
    case 10: return chance(1, in: 3) ? "[\(text(type, depth - 1)), \(text(simpleType(), depth - 1))][0]" : nil
    default: return type == .dyn ? path() : nil
    }
  }

  /// A path into the variable that holds maps, which need not be there.
  mutating func path() -> String {
    "o" + (0..<(1 + below(3))).map { _ in one([".a", ".b", ".c", ".n", "['a']", "['b']", "[0]", "[3]"]) }.joined()
  }

  /// Does something while loop variables of these types are in scope.
  mutating func inScope(
    _ types: [CELType], _ body: (inout ExpressionGenerator, [String]) -> String
  ) -> String {
    let variables = types.map { type in
      loopVariableCount += 1
      return Variable(name: "v\(loopVariableCount)", type: type)
    }
    // They are used more often than others.
    scope += variables + variables
    defer { scope.removeLast(variables.count * 2) }
    return body(&self, variables.map(\.name))
  }

  /// A literal or a variable.
  mutating func leaf(_ type: CELType) -> String {
    let variables = scope.filter { $0.type == type }
    if !variables.isEmpty, chance(1, in: 2) {
      return variables[max(below(variables.count), below(variables.count))].name
    }
    switch type {
    case .bool: return one(["true", "false"])
    case .int: return intLiteral()
    case .uint: return uintLiteral()
    case .double: return doubleLiteral()
    case .string: return stringLiteral()
    case .bytes: return one(["b''", "b'a'", "b'\\xff\\x00'", "b'\u{e9}'", "b'\\303\\251'", "b'ab'"])
    case .timestamp: return "timestamp('\(timestampText())')"
    case .duration: return "duration('\(durationText())')"
    case .list(let element): return chance(1, in: 3) ? "[]" : "[\(leaf(element))]"
    case .map(let key, let value): return chance(1, in: 3) ? "{}" : "{\(leaf(key)): \(leaf(value))}"
    case .abstract(_, let parameters):
      return chance(1, in: 3) ? "optional.none()" : "optional.of(\(leaf(parameters.first ?? .int)))"
    case .type: return one(["int", "string", "type(null)", "list", "map", "type(type)", "double", "bool"])
    case .dyn: return chance(1, in: 3) ? path() : "dyn(\(leaf(simpleType())))"
    case .null, .error, .any, .wrapper, .message, .parameter: return "null"
    }
  }
}

import MarkedSource

/// Random expressions of all kinds, macro calls among them, with parentheses around every operand.
struct RandomExpression {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func text(depth: Int) -> String {
    guard depth > 0 else { return leaf() }
    // Not the macro's own calls `name(…)` alone: whatever stands where an operand may is put into parentheses or not.
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return "(\(text(depth: depth - 1)))"
    case 1: return one(["!", "-"]) + operand(depth)
    case 2: return operand(depth) + " " + one(["+", "-", "*", "/", "%"]) + " " + operand(depth)
    case 3: return operand(depth) + " " + one(["==", "!=", "<", "<=", ">", ">=", "in"]) + " " + operand(depth)
    case 4:
      let operation = one([" && ", " || "])
      return (0..<Int.random(in: 2...4, using: &random)).map { _ in operand(depth) }.joined(separator: operation)
    case 5: return "\(operand(depth)) ? \(operand(depth)) : \(operand(depth))"
    case 6: return operand(depth) + one([".a", ".?b", ".`c-d`", ".package"])
    case 7: return operand(depth) + one(["[", "[?"]) + text(depth: depth - 1) + "]"
    case 8:
      return "[" + (0..<count()).map { _ in one(["", "?"]) + text(depth: depth - 1) }.joined(separator: ", ") + "]"
    case 9:
      return "{"
        + (0..<count()).map { _ in one(["", "?"]) + text(depth: depth - 1) + ": " + text(depth: depth - 1) }.joined(
          separator: ", ") + "}"
    case 10:
      return one(["", "."]) + one(["A", "a.B"]) + "{"
        + (0..<count()).map { _ in one(["", "?"]) + one(["f", "`g-h`", "if"]) + ": " + text(depth: depth - 1) }.joined(
          separator: ", ") + "}"
    case 11: return one(["f", ".g"]) + "(" + arguments(depth) + ")"
    case 12: return operand(depth) + ".f(" + arguments(depth) + ")"
    default: return macro(depth)
    }
  }

  private mutating func operand(_ depth: Int) -> String {
    let inner = text(depth: depth - 1)
    return depth == 1 && !inner.hasPrefix("-") && inner.first?.isNumber != true ? inner : "(\(inner))"
  }

  private mutating func arguments(_ depth: Int) -> String {
    (0..<count()).map { _ in text(depth: depth - 1) }.joined(separator: ", ")
  }

  private mutating func macro(_ depth: Int) -> String {
    let body = text(depth: depth - 1)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return "has(\(operand(depth)).a)"
    case 1:
      return operand(depth) + one([".all", ".exists", ".exists_one", ".existsOne", ".map", ".filter"]) + "(x, \(body))"
    case 2: return operand(depth) + one([".all", ".exists", ".exists_one", ".existsOne"]) + "(i, x, \(body))"
    case 3: return operand(depth) + ".map(x, \(text(depth: depth - 1)), \(body))"
    case 4: return operand(depth) + one([".transformList", ".transformMap", ".transformMapEntry"]) + "(i, x, \(body))"
    case 5:
      return operand(depth) + one([".transformList", ".transformMap", ".transformMapEntry"])
        + "(i, x, \(text(depth: depth - 1)), \(body))"
    case 6: return operand(depth) + one([".optMap", ".optFlatMap", ".sortBy"]) + "(x, \(body))"
    default: return "cel.bind(x, \(text(depth: depth - 1)), \(body))"
    }
  }

  private mutating func leaf() -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return one(["a", ".b", "x", "i"])
    case 1: return one(["true", "false", "null"])
    case 2: return one(["0", "-1", "0x1F", "7u", "-9223372036854775808", "9223372036854775807"])
    case 3:
      let value = Double(bitPattern: random.next())
      return value.isFinite ? "\(value)" : "1.5"
    default: return one(["'a'", "\"b\\\"\"", "r'\\d'", "b'\\xff'", "'''c\n'd'''", "'\\u00e9\\u202e'"])
    }
  }

  private mutating func count() -> Int { Int.random(in: 0...3, using: &random) }

  private mutating func one(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
}

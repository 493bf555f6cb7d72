import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Checking what is large or strange")
struct CheckerLimitTests {
  /// Checks on a small stack, so that anything that recurses over the length of a condition falls.
  private func typeOnSmallStack(_ text: String) -> String? {
    let (tree, _) = parseExpression(text, options: .policy)
    let type = onSmallStack { [tree] in
      var checker = Checker(Self.environment)
      var diagnostics: [Diagnostic] = []
      var text = text
      text.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
      let cost = checker.costEstimate(of: tree)
      #expect(cost.minimum <= cost.proven)
      return checker.type(of: tree.root)
    }
    return type?.description
  }

  private static let count = 20_000

  private static let environment = Environment(
    Environment.policy().variables,
    types: [RecordType("T", [RecordType.Field("next", .message("T")), RecordType.Field("a", .int)])])

  @Test(
    "chains of any length are checked without recursion",
    arguments: [
      ("true" + String(repeating: " || false", count: count), "bool"),
      ("1" + String(repeating: " + 1", count: count), "int"),
      ("resource" + String(repeating: ".a", count: count), "dyn"),
      ("resource" + String(repeating: "[0]", count: count), "dyn"),
      ("T{}" + String(repeating: ".next", count: count), "T"),
      ("T{" + String(repeating: "a: 1, ", count: count) + "a: 1}", "T"),
      ("1 in [" + String(repeating: "1, ", count: count) + "1]", "bool"),
      ("[" + String(repeating: "[], ", count: count) + "[1]]", "list(list(int))"),
      ("size(" + String(repeating: "['a'] + ", count: count) + "[])", "int"),
      ("size([1]" + String(repeating: ".map(x, [x])", count: 2_000) + ")", "int"),
      ("optional.of(1)" + String(repeating: ".optMap(x, x + 1)", count: 2_000), "optional(int)"),
    ])
  func longChain(text: String, type: String) { #expect(typeOnSmallStack(text) == type) }

  @Test("a type that doubles with each binding does not outgrow its limit")
  func doublingTypes() {
    var body = "size(x40)"
    for number in stride(from: 40, to: 0, by: -1) {
      body = "cel.bind(x\(number), {x\(number - 1): x\(number - 1)}, \(body))"
    }
    #expect(typeOnSmallStack("cel.bind(x0, {1: []}, \(body))") == "int")
  }

  @Test("lists nested to the limit have a type, and can be compared")
  func nestedLists() {
    let nested = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(typeOnSmallStack("\(nested) == \(nested)") == "bool")
    #expect(typeOnSmallStack("[\(nested), [], [[]], [1]].size()") == "int")
  }

  @Test("each of many faults is reported")
  func manyFaults() {
    let text = Array(repeating: "1 == 'a'", count: 5_000).joined(separator: " || ")
    #expect(checked(text, expectsBool: true).diagnostics.count == 5_000)
  }

  @Test("random expressions are checked without harm, and their diagnostics lie inside them")
  func randomExpressions() {
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    var checker = Checker(.policy(variables: ["a", "b"]))
    for round in 0..<4_000 {
      let text = expression(4, &generator)
      let (tree, _) = parseExpression(text, options: .policy)
      var copy = text
      var diagnostics: [Diagnostic] = []
      copy.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: true, into: &diagnostics) }
      let cost = checker.costEstimate(of: tree)
      #expect(cost.minimum <= cost.proven && cost.proven <= cost.maximum ?? .max, "seed \(seed), round \(round)")
      for diagnostic in diagnostics {
        #expect(diagnostic.span.end <= text.utf8.count, "seed \(seed), round \(round): \(text)")
      }
      let fresh = checked(text, in: .policy(variables: ["a", "b"]), expectsBool: true)
      #expect(checker.type(of: tree.root) == fresh.type, "seed \(seed), round \(round): \(text)")
    }
  }

  private func expression(_ depth: Int, _ generator: inout SeededGenerator) -> String {
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "1" }
    let leaf = pick([
      "1", "2u", "1.5", "'a'", "b'a'", "true", "null", "[]", "{}", "x", "y", "now", "resource.a", "variables.a",
      "variables",
      "optional.none()", "google.protobuf.Timestamp", "undeclared", "int", "",
    ])
    guard depth > 0 else { return leaf }
    func inner() -> String { expression(depth - 1, &generator) }
    switch UInt8.random(in: 0..<14, using: &generator) {
    case 0: return "(\(inner()) \(pick(["+", "-", "*", "%", "==", "<", "in", "&&", "||", "="])) \(inner()))"
    case 1: return "(\(inner()) ? \(inner()) : \(inner()))"
    case 2: return "[\(inner()), ?\(inner())]"
    case 3: return "{\(inner()): \(inner()), \(inner()): \(inner())}"
    case 4: return "\(inner())[\(inner())]"
    case 5: return "\(inner())\(pick([".a", ".?a", "[?0]"]))"
    case 6:
      return "\(pick(["size", "int", "string", "dyn", "type", "math.greatest", "optional.of", "f", "has"]))(\(inner()))"
    case 7: return "\(inner()).\(pick(["contains", "split", "or", "orValue", "join", "g"]))(\(inner()))"
    case 8: return "\(inner()).\(pick(["all", "exists", "map", "filter", "optMap"]))(\(pick(["x", "y"])), \(inner()))"
    case 9: return "\(inner()).\(pick(["all", "transformList", "transformMap"]))(x, y, \(inner()))"
    case 10: return "cel.bind(x, \(inner()), \(inner()))"
    case 11: return "\(pick(["!", "-"]))\(inner())"
    case 12: return "\(inner()).\(pick(["size", "value", "first", "flatten", "getHours"]))()"
    default: return leaf
    }
  }
}

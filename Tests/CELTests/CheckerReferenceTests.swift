import CEL
import Diagnostics
import Source
import Testing

/// What the nodes of an expression refer to: `text: reference`, in the order of the nodes, those of macros left out.
private func references(_ text: String, in environment: Environment) -> [String] {
  let (tree, _) = parseExpression(text, options: .cel)
  var checker = Checker(environment)
  var diagnostics: [Diagnostic] = []
  var copy = text
  copy.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
  let bytes = Array(text.utf8)
  return tree.nodes.indices.compactMap { index in
    let node = tree.nodes[index]
    let id = ExpressionID(index)
    let found: String? =
      switch checker.reference(of: id) {
      case .none: nil
      case .local: "local"
      case .variable(let place): "variable \(environment.variables[place].name)"
      case .member(let place): "member \(place)"
      case .typeName: "\(checker.type(of: id))"
      case .constant(let place): "constant \(environment.constants[place].name)"
      case .attribute(let attribute): "attribute \(attribute.index)"
      case .function(let place):
        "\(checker.isNamespaced(id) ? "function" : "method") \(checker.name(ofFunction: place))"
          + (checker.overload(of: id).map { ": \(checker.overload(at: $0))" } ?? "")
      }
    guard let found, !node.flags.contains(.isSynthetic) || node.kind == .select else { return nil }
    return "\(String(decoding: bytes[node.span.range], as: UTF8.self)) -> \(found)"
  }
}

@Suite("What names refer to")
struct CheckerReferenceTests {
  static let plain = Environment([
    VariableDeclaration("a"), VariableDeclaration("a.b", type: .int), VariableDeclaration("x.y.z"),
    VariableDeclaration("s", type: .string), VariableDeclaration("variables", members: ["p", "q"]),
  ])

  @Test(
    "each name refers to what declares it",
    arguments: [
      ("a", ["a -> variable a"]),
      ("a.b", ["a.b -> variable a.b"]),
      ("a.b.c", ["a.b -> variable a.b"]),
      ("a.c", ["a -> variable a"]),
      ("a.?b", ["a -> variable a"]),
      ("a.`b`", ["a -> variable a"]),
      ("has(a.b)", ["a -> variable a"]),
      ("has(a.b.c)", ["a.b -> variable a.b"]),
      ("x.y.z", ["x.y.z -> variable x.y.z"]),
      ("x.y", []),
      ("nobody.z", []),
      ("[1].map(a, a.b)", ["a -> local"]),
      ("[1].map(a, .a.b)", [".a.b -> variable a.b"]),
      ("[1].map(a, [2].map(a, a))", ["a -> local"]),
      ("[a].map(a, a)", ["a -> variable a", "a -> local"]),
      ("variables.q", ["variables -> variable variables", "variables.q -> member 1"]),
      ("variables.?p", ["variables -> variable variables", "variables.?p -> member 0"]),
      ("has(variables.p)", ["variables -> variable variables", "has(variables.p) -> member 0"]),
      ("variables.nobody", ["variables -> variable variables"]),
      ("[1].map(variables, variables.p)", ["variables -> local"]),
      (
        "[1].map(variables, .variables.p)",
        [".variables -> variable variables", ".variables.p -> member 0"]
      ),
      ("int", ["int -> type(int)"]),
      ("google.protobuf.Timestamp", ["google.protobuf.Timestamp -> type(timestamp)"]),
      (".google.protobuf.Duration", [".google.protobuf.Duration -> type(duration)"]),
      (
        "google.protobuf.NullValue.NULL_VALUE",
        ["google.protobuf.NullValue.NULL_VALUE -> constant google.protobuf.NullValue.NULL_VALUE"]
      ),
      ("s.size()", ["s -> variable s", "s.size() -> method size: string.size() -> int"]),
      ("size(s)", ["s -> variable s", "size(s) -> function size: size(string) -> int"]),
      (".size(s)", ["s -> variable s", ".size(s) -> function size: size(string) -> int"]),
      ("size(a)", ["a -> variable a", "size(a) -> function size"]),
      ("size(1)", ["size(1) -> function size"]),
      ("math.abs(1)", ["math.abs(1) -> function math.abs: math.abs(int) -> int"]),
      ("[1].map(math, math.abs(1))", ["math.abs(1) -> function math.abs: math.abs(int) -> int"]),
      ("math.greatest(1, 2, 3)", ["math.greatest(1, 2, 3) -> function math.greatest"]),
      ("math.nobody(1)", []),
      ("s.nobody()", ["s -> variable s"]),
      ("startsWith(s, 'a')", ["s -> variable s"]),
      ("optional.none()", ["optional.none() -> function optional.none: optional.none() -> optional(A)"]),
    ])
  func places(text: String, expected: [String]) {
    #expect(references(text, in: Self.plain) == expected)
  }

  @Test(
    "a container's names come first, from the innermost namespace outwards, and absolute names skip them",
    arguments: [
      ("x", ["x -> variable a.b.x"]),
      (".x", [".x -> variable x"]),
      ("y", ["y -> variable a.y"]),
      ("z", ["z -> variable z"]),
      ("b.x", ["b.x -> variable a.b.x"]),
      ("x.f", ["x -> variable a.b.x"]),
      ("y.w", ["y.w -> variable y.w"]),
      ("[1].map(x, x + .x)", ["x -> local", ".x -> variable x"]),
      ("f(1)", ["f(1) -> function a.f: a.f(int) -> int"]),
      ("a.f(1)", ["a.f(1) -> function a.f: a.f(int) -> int"]),
      (".f(1)", []),
      ("int", ["int -> variable a.int"]),
      (".int", [".int -> type(int)"]),
    ])
  func containers(text: String, expected: [String]) {
    let environment = Environment(
      ["a.b.x", "a.x", "x", "a.y", "y", "y.w", "z", "a.int"].map { VariableDeclaration($0) },
      functions: [FunctionDeclaration("a.f", [Overload("a.f", [.int], .int)])], container: "a.b")
    #expect(references(text, in: environment) == expected)
  }

  @Test("a checker forgets what the last tree's nodes referred to")
  func reset() {
    var checker = Checker(Self.plain)
    for text in ["a + 1", "1 + 1"] {
      let (tree, _) = parseExpression(text, options: .cel)
      var diagnostics: [Diagnostic] = []
      var text = text
      text.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
      #expect((checker.reference(of: ExpressionID(0)) == .none) == text.hasPrefix("1"))
    }
    #expect(checker.reference(of: ExpressionID(99)) == .none)
  }
}

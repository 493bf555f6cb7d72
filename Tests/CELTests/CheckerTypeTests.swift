@testable import CEL
import Diagnostics
import Source
import Testing

@Suite("Types of expressions")
struct CheckerTypeTests {
  @Test(
    "an expression has the type its parts give it",
    arguments: [
      ("null", "null"), ("true", "bool"), ("1", "int"), ("1u", "uint"), ("1.0", "double"), ("'a'", "string"),
      ("b'a'", "bytes"), ("[1, 2]", "list(int)"), ("[1, 'a']", "list(dyn)"), ("[]", "list(dyn)"),
      ("{'a': 1}", "map(string, int)"), ("{}", "map(dyn, dyn)"), ("{'a': 1, 2: 'b'}", "map(dyn, dyn)"),
      ("[[1], []]", "list(list(int))"), ("[[], [[]], [[[1]]]]", "list(list(list(list(int))))"),
      ("[1, null]", "list(dyn)"), ("[[1], ['a']]", "list(dyn)"), ("[] + [1]", "list(int)"),
      ("resource", "dyn"), ("resource.a.b[0]", "dyn"), ("now", "timestamp"), ("variables.x", "error"),
      ("now - now", "duration"), ("now + duration('1h')", "timestamp"), ("duration('1h') + now", "timestamp"),
      ("duration('1h') - duration('1s')", "duration"), ("now - duration('1s')", "timestamp"),
      ("1 + 2", "int"), ("1u * 2u", "uint"), ("1.0 / 2.0", "double"), ("'a' + 'b'", "string"), ("7 % 2", "int"),
      ("-(1)", "int"), ("-(1.0)", "double"), ("resource.a + 1", "int"), ("resource.a + resource.b", "dyn"),
      ("resource.a + [1]", "list(dyn)"), ("resource.a - now", "duration"), ("now - resource.a", "dyn"),
      ("1 < 2.0", "bool"), ("!true", "bool"), ("true && false || true", "bool"), ("'a' in ['a']", "bool"),
      ("true ? 1 : 2", "int"), ("true ? 1 : resource.a", "dyn"), ("true ? [] : [1]", "list(int)"),
      ("true ? 1 : null", "dyn"), ("[1, 2][0]", "int"), ("{'a': 1}['a']", "int"), ("{'a': 1}.a", "int"),
      ("has(resource.a.b)", "bool"), ("{'a': {'b': 1u}}.a.b", "uint"),
      ("size('a')", "int"), ("'a'.size()", "int"), ("'a'.split(',')", "list(string)"), ("type(1)", "type(int)"),
      ("int", "type(int)"), ("dyn(1)", "dyn"), ("string(1)", "string"), ("['a'].join(',')", "string"),
      ("google.protobuf.Timestamp", "type(timestamp)"), ("google.protobuf.Int64Value{value: 1}", "wrapper(int)"),
      ("google.protobuf.Int64Value{value: 1} + 1", "int"), ("google.protobuf.Struct{}", "map(string, dyn)"),
      ("[1, google.protobuf.Int64Value{value: 1}]", "list(wrapper(int))"),
      ("[1].all(x, x > 0)", "bool"), ("[1].exists(i, x, i == x)", "bool"), ("[1].exists_one(x, x > 0)", "bool"),
      ("[1, 2].map(x, x > 1)", "list(bool)"), ("[1, 2].map(x, x > 1, 'a')", "list(string)"),
      ("['a'].filter(x, x != '')", "list(string)"), ("{'a': 1}.filter(k, k != '')", "list(string)"),
      ("[1.0].transformList(i, x, {i: x})", "list(map(int, double))"),
      ("{'a': 1}.transformMap(k, v, string(v))", "map(string, string)"),
      ("{'a': 1}.transformMapEntry(k, v, {v: k})", "map(int, string)"),
      ("resource.a.map(x, x)", "list(dyn)"), ("[].map(x, x)", "list(dyn)"), ("([].map(x, x))[0].foo", "dyn"),
      ("cel.bind(x, [1], x + x)", "list(int)"), ("cel.bind(x, 1, cel.bind(y, 'a', {y: x}))", "map(string, int)"),
      ("optional.of(1)", "optional(int)"), ("optional.none()", "optional(dyn)"), ("{'a': 1}.?a", "optional(int)"),
      ("{'a': {'b': 1}}.?a.b", "optional(int)"), ("[1][?0]", "optional(int)"), ("{'a': 1}.?a.orValue(2)", "int"),
      ("resource.?a.orValue('')", "dyn"), ("optional.of([1])[0]", "optional(int)"), ("[?optional.of(1)]", "list(int)"),
      ("{?'a': optional.of(1)}", "map(string, int)"), ("[optional.none(), optional.of(1)]", "list(optional(int))"),
      ("optional.of(1).optMap(x, string(x))", "optional(string)"),
      ("[3, 1].sortBy(x, -x)", "list(int)"), ("resource.a.sortBy(x, x.b)", "list(dyn)"),
      ("[['a']].sortBy(x, x.size()).map(x, x[0])", "list(string)"), ("[].sortBy(x, x)", "list(dyn)"),
      ("optional.of(1).optFlatMap(x, optional.of('a'))", "optional(string)"),
      ("math.greatest(1, 2)", "int"), ("math.greatest(1, 2.0)", "dyn"), ("math.least([1u, 2u])", "uint"),
      ("math.greatest(1.0, 2.0, 3.0)", "double"), ("math.greatest(1, 2, 3.0)", "dyn"), ("math.sqrt(4)", "double"),
      // What may be of any type fits several overloads, and the first of them is not the one.
      ("math.sign(optional.none().value())", "dyn"), ("math.sign(optional.none().value()) + 1", "int"),
      ("math.abs([][0]) + 1.5", "double"), ("[][0].size()", "int"),
      ("[].map(x, [math.abs(x), x + 'a'])", "list(list(dyn))"),
      ("[].map(x, string(x) + x)", "list(string)"),
      // What a selection finds may be an optional itself.
      ("{'a': optional.of(1)}.?a", "optional(optional(int))"), ("[optional.of(1)][?0].value()", "optional(int)"),
      ("optional.of({'a': optional.of(1)}).a.value()", "optional(int)"),
      ("lists.range(3)", "list(int)"), ("[1].first()", "optional(int)"), ("[[1]].flatten()", "list(int)"),
      ("sets.contains([1], [1])", "bool"), ("base64.encode(b'a')", "string"), ("base64.decode('YQ==')", "bytes"),
      ("ip('::1')", "net.IP"), ("cidr('::/0').ip()", "net.IP"), ("regex.extract('a', 'a')", "optional(string)"),
      ("strings.quote('a')", "string"), ("now.getFullYear()", "int"), ("matches('a', 'a')", "bool"),
    ])
  func deducedType(text: String, type: String) {
    let result = checked(text)
    #expect(result.syntaxErrors.map(\.message) == [])
    #expect(result.diagnostics.map(\.message) == [])
    #expect(result.type.description == type)
  }

  @Test("a variable of a policy has the type of the expression that declares it")
  func memberTypes() {
    let names = ["count", "label"]
    let expressions = ["size(resource.tags)", "string(variables.count)"]
    var checker = Checker(.policy(variables: names))
    var diagnostics: [Diagnostic] = []
    for (index, expression) in expressions.enumerated() {
      let (tree, _) = parseExpression(expression, options: .policy)
      var text = expression
      text.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
      checker.setMemberType(at: index, toTypeOf: tree)
    }
    #expect(diagnostics.isEmpty)
    var condition = "variables.count > 1 && variables.label == 1 && variables[\"count\"] > 1"
    let (tree, _) = parseExpression(condition, options: .policy)
    condition.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: true, into: &diagnostics) }
    #expect(diagnostics.map { "\($0.code) at \($0.span.start)" } == ["incomparable-types at 39"])
  }

  @Test("a checker that is reused answers as a new one does")
  func reuse() {
    let texts = ["[[1], []]", "{'a': [1u]}", "[].map(x, [x])", "1 + 'a'", "optional.of({1: [2.0]})", "size(1)", "true"]
    var checker = Checker(.policy())
    for round in 0..<600 {
      for text in texts {
        let (tree, _) = parseExpression(text)
        var copy = text
        var diagnostics: [Diagnostic] = []
        copy.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
        guard round % 100 == 0 else { continue }
        let fresh = checked(text)
        #expect(checker.type(of: tree.root) == fresh.type)
        #expect(diagnostics.map(\.message) == fresh.diagnostics.map(\.message))
      }
    }
  }

  @Test(
    "a declaration reads as it is shown",
    arguments: ["list(A).join(string) -> string", "f(map(K, V), net.IP) -> optional(K)"])
  func signatures(text: String) {
    let isMethod = text.hasPrefix("list")
    #expect(Signature.overload("\(isMethod ? "method" : "function") \(text)")?.description == text)
  }

  @Test(
    "what is no signature declares nothing",
    arguments: ["", "function", "function f(", "method f() -> int", "function f(int) -> int x"])
  func brokenSignatures(text: String) {
    #expect(Signature.overload(text) == nil)
  }
}

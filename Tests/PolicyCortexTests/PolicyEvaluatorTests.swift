import CEL
import DocumentTree
import MarkedSource
import PolicyCortex
import Source
import Testing

@Suite("Evaluating policies")
struct PolicyEvaluatorTests {
  @Test(
    "rules decide together, whatever their order, and errors fail closed",
    arguments: [
      ([], ["deny false"], "allow", ["no"]),
      ([], ["deny true"], "deny", ["applies"]),
      ([], ["allow true", "deny true"], "deny", ["applies", "applies"]),
      ([], ["deny true", "allow true"], "deny", ["applies", "applies"]),
      ([], ["audit true", "warn true"], "warn", ["applies", "applies"]),
      ([], ["warn false", "audit true", "allow true"], "audit", ["no", "applies", "applies"]),
      ([], ["deny resource.x / 0 > 1"], "deny", ["error"]),
      ([], ["warn resource.x / 0 > 1"], "warn", ["error"]),
      ([], ["audit resource.x / 0 > 1"], "audit", ["error"]),
      ([], ["allow resource.x / 0 > 1"], "allow", ["error"]),
      (["default_action: deny"], ["allow resource.x / 0 > 1"], "deny", ["error"]),
      (["default_action: deny"], ["allow true"], "allow", ["applies"]),
      (["default_action: deny"], ["allow false", "warn true"], "deny", ["no", "applies"]),
      (["default_action: deny"], ["allow true", "warn true"], "warn", ["applies", "applies"]),
      (["default_action: deny"], ["allow true", "deny true"], "deny", ["applies", "applies"]),
      (["default_action: deny"], ["audit true"], "deny", ["applies"]),
      ([], ["deny resource.x"], "deny", ["error"]),
      ([], ["allow resource.missing"], "allow", ["error"]),
      (["enabled: false"], ["deny true"], "allow", ["skipped"]),
      (["enabled: false", "default_action: deny"], ["deny true"], "allow", ["skipped"]),
      (["resource_type: T"], ["deny true"], "deny", ["applies"]),
      (["resource_type: t"], ["deny true"], "allow", ["skipped"]),
      (["resource_types: [S, T]"], ["deny true"], "deny", ["applies"]),
      (["resource_types: [S]", "default_action: deny"], ["deny true"], "allow", ["skipped"]),
    ] as [([String], [String], String, [String])])
  func decision(head: [String], rules: [String], decision: String, outcomes: [String]) throws {
    let answer = try evaluated(
      rules: rules, head: head.map { "\($0)\n" }.joined(), #"{"resource": {"type": "T", "x": 1}}"#)
    #expect(answer.decision.rawValue == decision)
    #expect(answer.rules.map(\.outcome.rawValue) == outcomes)
    #expect(answer.rules.allSatisfy { ($0.outcome == .error) == ($0.error != nil) })
  }

  @Test("a disabled rule is skipped, and says nothing")
  func disabledRule() throws {
    let answer = try evaluated(
      "name: p\nrules:\n- {id: a, condition: 'true', action: DENY, enabled: false, message: m}\n", #"{"resource": {}}"#)
    #expect(answer.decision == .allow)
    #expect(answer.rules.map(\.outcome) == [.skipped])
    #expect(answer.rules[0].id == "a" && answer.rules[0].message == nil)
  }

  @Test("several policies decide for themselves, and the worst counts")
  func severalPolicies() throws {
    let policies = """
      name: a
      resource_type: S
      default_action: deny
      rules: [{condition: 'true', action: deny}]
      ---
      name: b
      rules: [{condition: 'true', action: audit}, {condition: 'true', action: warn}]
      """
    let answer = try evaluated(policies, #"{"resource": {"type": "T"}}"#)
    #expect(answer.decision == .warn)
    #expect(
      answer.rules.map { "\($0.policy).\($0.index) \($0.outcome)" } == ["0.0 skipped", "1.0 applies", "1.1 applies"])
  }

  @Test(
    "what an input lacks reads as null",
    arguments: [
      "resource.a == null", "resource.a.b.c != true", "principal.id == null", "request.method == null",
      "!has(context.x)", "context['a']['b'] == null", "resource.o.k == null", "has(resource.n)", "resource.n == null",
      "!has(resource.n.x)", "resource.list.all(x, x.missing == null)", "resource.?a.orValue(1) == 1",
      "variables.m.missing == null", "now == timestamp('2026-01-31T12:00:00.5Z')", "resource.i == 5",
      "resource.d == 5.0", "type(resource.d) == double", "type(resource.big) == uint", "resource.s != 'e\\u0301'",
      "variables.two == 2",
    ])
  func absentAttributes(condition: String) throws {
    let input = #"""
      {"resource": {"o": {}, "n": null, "list": [{}, {"a": 1}], "i": 5, "d": 5.0, "big": 18446744073709551615,
       "s": "é"}, "now": "2026-01-31T12:00:00.5Z"}
      """#
    let answer = try evaluated(
      rules: ["deny \(condition)"], head: "variables: {m: resource.o, one: '1', two: variables.one + 1}\n", input)
    #expect(answer.rules.map(\.outcome) == [.applies], "\(answer.rules.map(\.error))")
  }

  @Test(
    "an error says which part fails, and why",
    arguments: [
      ("resource.missing < 5", "`resource.missing < 5`: `resource.missing` is null"),
      ("resource.s < 5", "`resource.s < 5`: it cannot take `string` and `int`"),
      ("resource.s && true", "`resource.s && true`: `resource.s` is `string`, and must be `bool`"),
      ("true && !resource.s", "`!resource.s`: `resource.s` is `string`, and must be `bool`"),
      ("resource.s", "the condition must be `bool`, and its value is `string`"),
      ("resource.missing", "the condition must be `bool`, and its value is null"),
      ("resource.i / 0 == 1", "`resource.i / 0`: division by zero"),
      ("resource.list[7] == 1", "`resource.list[7]`: index out of bounds: 7"),
      ("resource.missing.exists(x, x)", "`resource.missing` is null, and must be a list or a map"),
      ("size(resource.i) > 1", "`size(resource.i)`: it cannot take `int`"),
      ("resource.list.all(x, x.startsWith('a'))", "it does not take values of these types"),
      ("variables.bad > 1", "in `variables.bad`, `1 / size(resource.list.filter(x, x > 5))`: division by zero"),
      (
        "variables.worse",
        "in `variables.worse`, in `variables.bad`, `1 / size(resource.list.filter(x, x > 5))`: division by zero"
      ),
      ("resource.list.map(x, x * 9223372036854775807) == []", "integer overflow"),
    ])
  func errorText(condition: String, error: String) throws {
    let head = "variables:\n  bad: 1 / size(resource.list.filter(x, x > 5))\n  worse: variables.bad > 1\n"
    let answer = try evaluated(
      rules: ["warn \(condition)", "deny false && variables.bad > 1"], head: head,
      #"{"resource": {"i": 1, "s": "x", "list": [1, 2]}}"#)
    #expect(answer.rules.map(\.outcome) == [.error, .no])
    let text = try #require(answer.rules[0].error)
    #expect(text.contains(error), "\(text)")
  }

  @Test(
    "messages hold strings as they are, other values as JSON, and errors as such",
    arguments: [
      ("bucket {{ resource.name }}", "bucket a \"b\""),
      ("{{resource.size}}/{{resource.ratio}} {{resource.missing}}", "7/0.5 null"),
      ("{{ resource.tags }} {{ [1.0, 3u, true] }}", #"{"k":"v"} [1.0,3,true]"#),
      ("{{ {1: 'a'} }} {{ '}}' }}{{{{x}} }} {", #"{"1":"a"} }}{{x}} }} {"#),
      ("{{ duration('90m') }} {{ timestamp(0) }} {{ b'abc' }}", #""5400s" "1970-01-01T00:00:00Z" "YWJj""#),
      ("{{ 1.0 / 0.0 }} {{ optional.none() }} {{ optional.of('x') }}", #""Infinity" null "x""#),
      ("{{ resource.size / 0 }}!", "<error: `resource.size / 0`: division by zero>!"),
      ("{{ variables.double }}é日", "14é日"),
      ("", ""),
      ("no template", "no template"),
    ])
  func message(template: String, message: String) throws {
    let quoted = template.replacing("'", with: "''")
    let answer = try evaluated(
      "name: p\nvariables: {double: resource.size * 2}\nrules:\n- {condition: 'true', action: warn, message: '\(quoted)'}\n",
      #"{"resource": {"name": "a \"b\"", "size": 7, "ratio": 0.5, "tags": {"k": "v"}}}"#)
    #expect(answer.rules.map(\.message) == [message])
  }

  @Test(
    "a trace has the values that the evaluation comes to, and leaves out what says nothing",
    arguments: [
      ("resource.a > 1 && resource.b", ["resource.a = 2", "resource.a > 1 = true", "@ = true", "resource.b = true"]),
      ("resource.a > 5 && resource.b", ["resource.a = 2", "resource.a > 5 = false", "@ = false"]),
      ("resource.b || resource.a > 5", ["resource.b = true", "@ = true"]),
      (
        "resource.b ? resource.a == 2 : resource.x / 0 > 1",
        ["resource.b = true", "@ = true", "resource.a = 2", "resource.a == 2 = true"]
      ),
      (
        "(resource.a / 0 > 1) || resource.b",
        [
          "@ = true", "resource.a = 2", "resource.a / 0 = <division by zero>",
          "resource.a / 0 > 1 = <division by zero>", "resource.b = true",
        ]
      ),
      ("resource.l.exists(x, x > 1)", ["resource.l = [1,2]", "@ = true"]),
      ("has(resource.m.k)", ["@ = true", #"resource.m = {"k":"v"}"#]),
      ("resource.a in [1, 2]", ["resource.a = 2", "@ = true"]),
      ("cel.bind(x, resource.a + 1, x > 2)", ["@ = true", "resource.a = 2", "resource.a + 1 = 3"]),
      ("math.greatest(resource.a, 1) == 2", ["math.greatest(resource.a, 1) = 2", "@ = true", "resource.a = 2"]),
      ("variables.v == 2", ["variables.v = 2", "@ = true"]),
      (
        "size([resource.a, 1]) == 2",
        ["size([resource.a, 1]) = 2", "@ = true", "[resource.a, 1] = [2,1]", "resource.a = 2"]
      ),
      ("true", []),
    ])
  func trace(condition: String, values: [String]) throws {
    let answer = try evaluated(
      "name: p\nvariables: {v: resource.a}\nrules:\n- action: warn\n  condition: |-\n    \(condition)\n",
      #"{"resource": {"a": 2, "b": true, "l": [1, 2], "m": {"k": "v"}}}"#, isTraced: true)
    let trace = try #require(answer.rules[0].trace)
    #expect(trace.condition == condition)
    let found = trace.values.map { value in
      #expect(Array(condition.utf8)[value.span.range].elementsEqual(value.expression.utf8))
      #expect(value.span.start <= value.anchor && value.anchor <= value.span.end)
      let name = value.expression == condition ? "@" : value.expression
      switch value.result {
      case .value(let json): return "\(name) = \(json)"
      case .excerpt: return "\(name) …"
      case .error(let error): return "\(name) = <\(error.split(separator: ": ").last ?? "")>"
      }
    }
    #expect(found == values)
  }

  @Test("a long chain is traced as far as the limit, and a long value in part")
  func longTrace() throws {
    let sum = "resource.a" + String(repeating: " + 1", count: 700) + " > 0 && resource.t != ''"
    let text = String(repeating: "x", count: 100_000)
    let answer = try evaluated(
      "name: p\nrules:\n- {action: warn, condition: \"\(sum)\"}\n", #"{"resource": {"a": 2, "t": "\#(text)"}}"#,
      isTraced: true)
    let values = try #require(answer.rules[0].trace).values
    #expect(answer.decision == .warn)
    #expect(values.count <= 500)
  }

  @Test(
    "what is no input is refused, with its place",
    arguments: [
      ("1️⃣[1]", "an input is an object"), ("1️⃣{}", "the input has no `resource`"),
      (#"{"resource": {}, "now": 1️⃣5}"#, "`now` is a string"),
      (#"{"resource": {}, "now": 1️⃣"2026-01-31"}"#, "`now` is no timestamp: a timestamp needs a time"),
      (#"{"resource": {"a": 1️⃣1e999}}"#, "the number `1e999` is out of range"),
      (#"{"resource": {"a": 1, 1️⃣"a": 2}}"#, "duplicate key `a`"),
    ])
  func badInput(marked: String, message: String) throws {
    let source = MarkedSource(marked)
    let (document, _) = readDocument(SourceText(name: "input.json", text: source.text))
    let root = try #require(document.roots.first)
    let fault = #expect(throws: InputFault.self) {
      _ = try EvaluationInput(document, at: root, now: EvaluationInput.currentTime())
    }
    #expect(fault?.message.hasPrefix(message) == true)
    #expect(fault.map { document[$0.node].span.start } == source.offset("1️⃣"))
  }

  @Test("every valid sample is evaluated without an error", arguments: SampleFolder.all(.valid))
  func samples(sample: SampleFolder) throws {
    guard let resource = sample.bytes("resource.json") else { return }
    let report = PolicyValidator().validate(try #require(sample.bytes(sample.policyFile)), name: sample.policyPath)
    let (document, _) = readDocument(SourceText(name: "resource.json", bytes: resource))
    let input = try EvaluationInput(document, at: #require(document.roots.first), now: EvaluationInput.currentTime())
    let answer = PolicyEvaluator(report.policies, isTraced: true).answer(to: input)
    #expect(answer.rules.compactMap(\.error) == [])
    #expect(answer.rules.contains { $0.outcome != .skipped })
  }
}

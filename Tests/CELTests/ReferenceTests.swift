import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("References to names in scope")
struct ReferenceTests {
  /// Checks a condition of a policy that declares the variables `is_open` and `tags`, and `late` behind it.
  private func check(_ marked: String) -> (source: MarkedSource, found: [Diagnostic]) {
    let source = MarkedSource(marked)
    var environment = Environment.policy(variables: ["is_open", "tags", "late"])
    environment.setVisibleMemberCount(2, of: "variables")
    var checker = ReferenceChecker(environment)
    var (tree, found) = parseExpression(source.text, options: .policy)
    checker.check(tree, into: &found)
    return (source, found.filter { $0.severity == .error })
  }

  private func expect(
    _ marked: String, _ expected: [(marker: String, message: any DiagnosticMessage)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (source, found) = check(marked)
    let wanted = expected.map {
      "\(source.offset($0.marker)) \(type(of: $0.message).descriptor.id): \($0.message.text)"
    }
    #expect(found.map { "\($0.span.start) \($0.code): \($0.message)" } == wanted, sourceLocation: sourceLocation)
  }

  @Test(
    "declared names, names of types and namespaces of functions are in scope",
    arguments: [
      "resource.a == principal.b && request.c != context.d && now > timestamp(resource.t)",
      "variables.is_open && 'x' in variables['tags'] && variables.tags.size() > 0",
      "variables[resource.key] == 1 && size(variables) == 2",
      "type(resource.a) == int || type(resource.a) in [bool, uint, double, string, bytes, list, map, null_type, type]",
      "type(resource.a) == google.protobuf.Timestamp || type(resource.a) == net.IP",
      "google.protobuf.NullValue.NULL_VALUE == null",
      "type(resource.a) == .google.protobuf.Duration",
      "math.greatest(resource.a, 3) > 2 && base64.encode(b'a') == 'x' && sets.contains([1], [1])",
      "optional.of(resource.a).optMap(x, x + 1).hasValue() && ip.isCanonical('1.2.3.4')",
      "math.abs(math.least(1, math.ceil(resource.a)))",
      "resource.tags.exists(t, t.key == 'a' && resource.others.all(o, o.name == t.value && o != resource))",
      "resource.items.exists(i, i.parts.exists(i, i.x) && i.y)",
      "resource.a.map(x, x.b).filter(y, y > 1).exists(z, z == 2)",
      "resource.a.map(x, x > 1, x * 2).size() > 0 && [1].exists_one(x, x == 1)",
      "resource.a.transformMap(k, v, v != null, k + v).all(k, v, k != v)",
      "cel.bind(x, resource.a, cel.bind(y, x + 1, x + y > 2))",
      "cel.bind(variables, {'a': 1}, variables.a == 1)",
      "resource.a.exists(variables, variables.anything)",
      "has(variables.tags) && has(resource.a.b)",
      "resource.?a[?'b'].orValue(1) == {?'c': resource.?d}.size()",
      "resource.`a-b` == true and not resource.c",
      ".resource.a == 1",
      "[1].exists(resource, .resource.a == resource)",
      "Unknown{a: resource.b}.a == 1",
    ])
  func inScope(_ condition: String) {
    let (_, found) = check(condition)
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test("a misspelt name is reported where it is used, with the name that was meant")
  func misspeltName() {
    expect("1️⃣resorce.public == true", [("1️⃣", UndeclaredReference(name: "resorce", closest: "resource"))])
    expect("!1️⃣usr.admin", [("1️⃣", UndeclaredReference(name: "usr", closest: nil))])
    expect("1️⃣maths.abs(1) > 0", [("1️⃣", UndeclaredReference(name: "maths", closest: "math"))])
    expect(
      "type(now) == 1️⃣google.protobuf.Timestmp",
      [("1️⃣", UndeclaredReference(name: "google.protobuf.Timestmp", closest: "google.protobuf.Timestamp"))])
  }

  @Test("each use of an undeclared name is a fault of its own, in the order of the text")
  func everyUse() {
    expect(
      "1️⃣foo.a > 1 || (2️⃣bar == [3️⃣foo.b, resource.c].size() ? 4️⃣foo : resource[5️⃣baz.x].f(6️⃣quux))",
      [
        ("1️⃣", UndeclaredReference(name: "foo", closest: nil)), ("2️⃣", UndeclaredReference(name: "bar", closest: nil)),
        ("3️⃣", UndeclaredReference(name: "foo", closest: nil)), ("4️⃣", UndeclaredReference(name: "foo", closest: nil)),
        ("5️⃣", UndeclaredReference(name: "baz", closest: nil)), ("6️⃣", UndeclaredReference(name: "quux", closest: nil)),
      ])
  }

  @Test("the words of other languages for null, true and false have the literal as candidate")
  func foreignLiterals() {
    expect(
      "resource.a == 1️⃣None && resource.b == 2️⃣True || resource.c == 3️⃣FALSE || resource.d != 4️⃣undefined",
      [
        ("1️⃣", UndeclaredReference(name: "None", closest: "null")),
        ("2️⃣", UndeclaredReference(name: "True", closest: "true")),
        ("3️⃣", UndeclaredReference(name: "FALSE", closest: "false")),
        ("4️⃣", UndeclaredReference(name: "undefined", closest: "null")),
      ])
  }

  @Test("a condition that is nothing but an undeclared name is no condition")
  func bareName() {
    expect(
      "1️⃣invalid_syntax_here", [("1️⃣", InvalidConditionSyntax(bareName: "invalid_syntax_here", closest: nil))])
    expect("// why\n((1️⃣deny)) // yes", [("1️⃣", InvalidConditionSyntax(bareName: "deny", closest: nil))])
    expect("1️⃣True", [("1️⃣", InvalidConditionSyntax(bareName: "True", closest: "true"))])
    expect("1️⃣math", [("1️⃣", InvalidConditionSyntax(bareName: "math", closest: nil))])
    expect("resource", [])
    expect("!1️⃣deny", [("1️⃣", UndeclaredReference(name: "deny", closest: nil))])
  }

  @Test(
    "names with dots and names of a container are in scope, and absolute names skip the container",
    arguments: [
      ("a.b == x && x.y == z && z.w == 1", []), ("1️⃣a.c == 1", ["a.c"]), ("1️⃣a == 1", ["a"]),
      ("Kind.OPEN == pkg.Kind.OPEN && my.pkg.Kind.OPEN == .my.pkg.Kind.OPEN", []),
      ("1️⃣.Kind.OPEN == 1 && 2️⃣.x == 1 && x == 1", ["Kind", "x"]), ("type(a.b) == T || type(a.b) == pkg.T", []),
      ("geo.near(1) && my.pkg.geo.near(2) && .my.pkg.geo.near(2) && far.away.fn(1)", []),
      ("1️⃣far.off.fn(1) && 2️⃣far.away.fm(1)", ["far", "far"]), ("[1].map(Kind, Kind.anything)", []),
      ("T{f: a.b, g: 1️⃣g}", ["g"]),
    ])
  func containers(marked: String, names: [String]) {
    let source = MarkedSource(marked)
    let environment = Environment(
      [
        VariableDeclaration("a.b"), VariableDeclaration("my.x"), VariableDeclaration("my.pkg.z.w"),
        VariableDeclaration("z"),
      ],
      functions: ["my.pkg.geo.near", "far.away.fn"].map { FunctionDeclaration($0, [Overload($0, [.int], .bool)]) },
      container: "my.pkg", types: [RecordType("my.pkg.T", [])],
      constants: [ConstantDeclaration("my.pkg.Kind.OPEN", type: .int)])
    var checker = ReferenceChecker(environment, rejectsBareNames: false)
    var found: [Diagnostic] = []
    checker.check(parseExpression(source.text, options: .cel).tree, into: &found)
    #expect(found.map { $0.span.start } == ["1️⃣", "2️⃣"].prefix(names.count).map { source.offset($0) })
    for (diagnostic, name) in zip(found, names) { #expect(diagnostic.message.contains("`\(name)`")) }
    // The type checker agrees on the calls.
    let types = checked(source.text, in: environment, options: .cel).diagnostics.filter {
      $0.code == "unknown-function"
    }
    #expect(types.isEmpty == names.isEmpty || !source.text.contains("fn"), "\(types.map(\.message))")
  }

  @Test("a bare name is an undeclared reference where the option is off")
  func bareNameElsewhere() {
    var checker = ReferenceChecker(Environment.policy(), rejectsBareNames: false)
    var found: [Diagnostic] = []
    checker.check(parseExpression("deny").tree, into: &found)
    #expect(found.map(\.code) == ["undeclared-reference"])
  }

  @Test("a macro's variable is visible in the macro's loop only")
  func macroScope() {
    expect(
      "1️⃣x.a && [2️⃣x].exists(x, x > 1) && 3️⃣x > 2",
      ["1️⃣", "2️⃣", "3️⃣"].map { ($0, UndeclaredReference(name: "x", closest: nil)) })
    expect("[1].all(x, [1️⃣y].all(y, x == y))", [("1️⃣", UndeclaredReference(name: "y", closest: "x"))])
    expect("cel.bind(x, 1️⃣x + 1, x)", [("1️⃣", UndeclaredReference(name: "x", closest: nil))])
    expect("[1].exists(x, 1️⃣.x == 1)", [("1️⃣", UndeclaredReference(name: "x", closest: nil))])
    expect(
      "resource.tags.exists(tag, 1️⃣tga.key == 'a')", [("1️⃣", UndeclaredReference(name: "tga", closest: "tag"))])
    expect(
      "[1].transformList(i, v, i + v + 1️⃣w).exists(k, 2️⃣v == k)",
      [("1️⃣", UndeclaredReference(name: "w", closest: "v")), ("2️⃣", UndeclaredReference(name: "v", closest: "k"))])
  }

  @Test("the names of a macro call that does not fit are not reported as undeclared")
  func brokenMacros() {
    let name = InvalidMacroArgument("the variable of `all()` must be a plain name")
    expect("[1].all(1️⃣x.y, x > 0)", [("1️⃣", name)])
    expect("[1].all(1️⃣2, 3️⃣y > 0)", [("1️⃣", name), ("3️⃣", UndeclaredReference(name: "y", closest: nil))])
    expect(
      "[1].all(x > 01️⃣)",
      [("1️⃣", InvalidMacroArgument("`all()` takes `(variable, condition)` or `(index, value, condition)`"))])
  }

  @Test("a member that `variables` lacks is reported at its name")
  func undeclaredVariables() {
    expect("variables.1️⃣is_opne", [("1️⃣", UndeclaredVariable(name: "is_opne", closest: "is_open"))])
    expect(
      "variables.1️⃣nothing.a == variables['tags'] && has(variables . 2️⃣tgas)",
      [
        ("1️⃣", UndeclaredVariable(name: "nothing", closest: nil)),
        ("2️⃣", UndeclaredVariable(name: "tgas", closest: "tags")),
      ])
    expect("variables[1️⃣\"tagss\"] == 1", [("1️⃣", UndeclaredVariable(name: "tagss", closest: "tags", quote: "\""))])
    expect("variables.?1️⃣x.hasValue()", [("1️⃣", UndeclaredVariable(name: "x", closest: nil))])
    expect("variables.`1️⃣is-open`", [("1️⃣", UndeclaredVariable(name: "is-open", closest: "is_open"))])
  }

  @Test("a variable that is declared later is reported as such")
  func laterVariables() {
    expect(
      "variables.1️⃣late && variables[2️⃣'late']",
      ["1️⃣", "2️⃣"].map { ($0, UndeclaredVariable(name: "late", closest: nil, isDeclaredLater: true)) })
  }

  @Test("the fix-it of a misspelt variable is spelt as the place needs it")
  func fixIts() {
    let selected = check("variables.tgas == 1").found
    #expect(selected.first?.fixIts.first?.edits == [SourceEdit(span: SourceSpan(10, 14), text: "tags")])
    let indexed = check("variables['tgas'] == 1").found
    #expect(indexed.first?.fixIts.first?.edits == [SourceEdit(span: SourceSpan(10, 16), text: "\"tags\"")])
  }

  @Test("what could not be read silences nothing beside it")
  func besideErrors() {
    let (_, found) = check("foo.a > && bar.b")
    #expect(found.filter { $0.code == "undeclared-reference" }.map(\.span) == [SourceSpan(0, 3), SourceSpan(11, 14)])
  }

  @Test("a reused checker forgets the last condition")
  func reuse() {
    var checker = ReferenceChecker(Environment.policy())
    var found: [Diagnostic] = []
    for condition in ["[1].exists(x, x == 1)", "x == 1", "resource.x == 1", "[1].exists(y, x == 1)"] {
      checker.check(parseExpression(condition).tree, into: &found)
    }
    #expect(found.map(\.message) == ["undeclared reference `x`", "undeclared reference `x`; did you mean `y`?"])
  }

  @Test("seeded random conditions: exactly the names that were misspelt on purpose are reported")
  func randomConditions() {
    for seed in 0..<200 as Range<UInt64> {
      var random = ReferenceSentences(seed: seed)
      let condition = random.condition(depth: 4)
      var checker = ReferenceChecker(Environment.policy(variables: ["known"]), rejectsBareNames: false)
      var (tree, found) = parseExpression(condition.text, options: .policy)
      checker.check(tree, into: &found)
      #expect(found.map(\.span.start) == condition.faults, "seed \(seed): \(condition.text)")
    }
  }
}

/// Random conditions in which the places of all undeclared names are known.
private struct ReferenceSentences {
  private var random: SeededGenerator
  private var scope: [String] = []
  private var text = ""
  private var faults: [Int] = []

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func condition(depth: Int) -> (text: String, faults: [Int]) {
    write(depth)
    return (text, faults)
  }

  private mutating func write(_ depth: Int) {
    guard depth > 0 else { return writeName() }
    switch Int.random(in: 0..<9, using: &random) {
    case 0:
      text += "("
      write(depth - 1)
      text += " + "
      write(depth - 1)
      text += ")"
    case 1:
      text += "["
      write(depth - 1)
      text += ", "
      write(depth - 1)
      text += "]"
    case 2:
      text += "{'k': "
      write(depth - 1)
      text += "}.k"
    case 3:
      text += "math.greatest("
      write(depth - 1)
      text += ", "
      write(depth - 1)
      text += ")"
    case 4:
      write(depth - 1)
      text += ".a.b["
      write(depth - 1)
      text += "]"
    case 5:
      let variable = "v\(scope.count)"
      text += "cel.bind(\(variable), "
      write(depth - 1)
      writeBody(variable, depth)
    case 6:
      text += "type("
      write(depth - 1)
      text += ") == google.protobuf.Duration"
    default:
      text += "["
      write(depth - 1)
      let macro = ["all", "exists", "filter", "map", "exists_one"].randomElement(using: &random) ?? "all"
      // Now and then the name of an outer variable, or of a root.
      let variable = (scope + ["w\(depth)", "resource"]).randomElement(using: &random) ?? "w"
      text += "].\(macro)(\(variable)"
      writeBody(variable, depth)
    }
  }

  private mutating func writeBody(_ variable: String, _ depth: Int) {
    scope.append(variable)
    text += ", "
    write(depth - 1)
    text += ")"
    scope.removeLast()
  }

  private mutating func writeName() {
    if Int.random(in: 0..<5, using: &random) == 0 {
      faults.append(text.utf8.count)
      text += ["v9", "w8", "resourcez", "google", "math"].randomElement(using: &random) ?? "v9"
    } else if Int.random(in: 0..<6, using: &random) == 0 {
      text += "variables."
      if Bool.random(using: &random) || scope.contains("variables") {
        text += "known"
      } else {
        faults.append(text.utf8.count)
        text += "unknown"
      }
    } else {
      text += (scope + ["resource", "now"]).randomElement(using: &random) ?? "now"
    }
  }
}

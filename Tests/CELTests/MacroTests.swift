import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Macros")
struct MacroTests {
  /// What an expression is read as, on one line and without the places.
  private func expansion(_ text: String) -> String {
    describe(parseExpression(text).tree).split(separator: "\n").map { line in
      // ` 0..<9))` at the end of each line.
      let place = line.lastIndex(of: " ") ?? line.endIndex
      return line[..<place].drop { $0 == " " } + line[place...].filter { $0 == ")" }
    }.joined(separator: " ")
  }

  private func expect(
    _ marked: String, _ expected: [(marker: String, text: String)], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let source = MarkedSource(marked)
    let (tree, found) = parseExpression(source.text)
    #expect(
      found.map { "\($0.span.start) \($0.code): \($0.message)" }
        == expected.map { "\(source.offset($0.marker)) invalid-macro-argument: \($0.text)" },
      sourceLocation: sourceLocation)
    #expect(unparse(tree) == source.text, sourceLocation: sourceLocation)
  }

  @Test(
    "a macro expands to the loop that cel-spec and cel-go give it",
    arguments: [
      (
        "has(a.b)",
        """
        (has .b (identifier a))
        """
      ),
      (
        "a.all(x, p)",
        """
        (comprehension x -> @result (range: identifier a) (start: bool true) (condition: call \
        @not_strictly_false (identifier @result)) (step: && (identifier @result) (identifier p)) \
        (result: identifier @result))
        """
      ),
      (
        "a.exists(x, p)",
        """
        (comprehension x -> @result (range: identifier a) (start: bool false) (condition: call \
        @not_strictly_false (! (identifier @result))) (step: || (identifier @result) (identifier p)) \
        (result: identifier @result))
        """
      ),
      (
        "a.existsOne(x, p)",
        """
        (comprehension x -> @result (range: identifier a) (start: int 0) (condition: bool true) (step: \
        ?: (identifier p) (+ (identifier @result) (int 1)) (identifier @result)) (result: == (identifier \
        @result) (int 1)))
        """
      ),
      (
        "a.map(x, e)",
        """
        (comprehension x -> @result (range: identifier a) (start: list) (condition: bool true) (step: + \
        (identifier @result) (list (identifier e))) (result: identifier @result))
        """
      ),
      (
        "a.map(x, p, e)",
        """
        (comprehension x -> @result (range: identifier a) (start: list) (condition: bool true) (step: ?: \
        (identifier p) (+ (identifier @result) (list (identifier e))) (identifier @result)) (result: \
        identifier @result))
        """
      ),
      (
        "a.filter(x, p)",
        """
        (comprehension x -> @result (range: identifier a) (start: list) (condition: bool true) (step: ?: \
        (identifier p) (+ (identifier @result) (list (identifier x))) (identifier @result)) (result: \
        identifier @result))
        """
      ),
      (
        "a.all(i, x, p)",
        """
        (comprehension i, x -> @result (range: identifier a) (start: bool true) (condition: call \
        @not_strictly_false (identifier @result)) (step: && (identifier @result) (identifier p)) \
        (result: identifier @result))
        """
      ),
      (
        "a.transformList(i, x, p, e)",
        """
        (comprehension i, x -> @result (range: identifier a) (start: list) (condition: bool true) (step: \
        ?: (identifier p) (+ (identifier @result) (list (identifier e))) (identifier @result)) (result: \
        identifier @result))
        """
      ),
      (
        "a.transformMap(k, v, p, e)",
        """
        (comprehension k, v -> @result (range: identifier a) (start: map) (condition: bool true) (step: \
        ?: (identifier p) (call cel.@mapInsert (identifier @result) (identifier k) (identifier e)) \
        (identifier @result)) (result: identifier @result))
        """
      ),
      (
        "a.transformMapEntry(k, v, e)",
        """
        (comprehension k, v -> @result (range: identifier a) (start: map) (condition: bool true) (step: \
        call cel.@mapInsert (identifier @result) (identifier e)) (result: identifier @result))
        """
      ),
      (
        "a.sortBy(x, k)",
        """
        (comprehension #unused -> @__sortBy_input__ (range: list) (start: identifier a) (condition: bool \
        false) (step: identifier @__sortBy_input__) (result: member call @sortByAssociatedKeys (identifier \
        @__sortBy_input__) (comprehension x -> @result (range: identifier @__sortBy_input__) (start: list) \
        (condition: bool true) (step: + (identifier @result) (list (identifier k))) (result: identifier \
        @result))))
        """
      ),
      (
        "proto.getExt(a, b.c.d)",
        """
        (select .`b.c.d` (identifier a))
        """
      ),
      (
        "proto.hasExt(a.b, c)",
        """
        (has .`c` (select .b (identifier a)))
        """
      ),
      (
        "a.optMap(x, e)",
        """
        (comprehension #unused -> @target (range: list) (start: identifier a) (condition: bool false) \
        (step: identifier @target) (result: ?: (member call hasValue (identifier @target)) (call \
        optional.of (comprehension #unused -> x (range: list) (start: member call value (identifier \
        @target)) (condition: bool false) (step: identifier x) (result: identifier e))) (call \
        optional.none)))
        """
      ),
      (
        "a.optFlatMap(x, e)",
        """
        (comprehension #unused -> @target (range: list) (start: identifier a) (condition: bool false) \
        (step: identifier @target) (result: ?: (member call hasValue (identifier @target)) \
        (comprehension #unused -> x (range: list) (start: member call value (identifier @target)) \
        (condition: bool false) (step: identifier x) (result: identifier e)) (call optional.none)))
        """
      ),
      (
        "cel.bind(x, a, e)",
        """
        (comprehension #unused -> x (range: list) (start: identifier a) (condition: bool false) (step: \
        identifier x) (result: identifier e))
        """
      ),
    ])
  func expansions(_ text: String, _ expected: String) {
    #expect(expansion(text) == expected)
  }

  @Test("`exists_one` and `existsOne` are the same macro")
  func existsOneSpellings() {
    #expect(expansion("a.exists_one(x, p)") == expansion("a.existsOne(x, p)"))
    #expect(expansion("a.exists_one(i, x, p)") == expansion("a.existsOne(i, x, p)"))
  }

  @Test("the names of optimised expressions become identifiers that no condition can write")
  func blockNames() {
    #expect(expansion("cel.index(12)") == "(identifier @index12)")
    #expect(expansion("cel.iterVar(0, 1) + cel.accuVar(2, 3)") == "(+ (identifier @it:0:1) (identifier @ac:2:3))")
    expect("cel.index(1️⃣a)", [("1️⃣", "`cel.index()` takes whole numbers as they are written")])
  }

  @Test("a presence test keeps the name as it was quoted, and only its last selection is one")
  func presenceTests() {
    #expect(expansion("has(a.`b-c`)") == "(has .`b-c` (identifier a))")
    #expect(expansion("has(a.?b.c)") == "(has .c (select .?b (identifier a)))")
    #expect(expansion("has((a.b))") == "(has .b (identifier a))")
  }

  @Test(
    "what only looks like a macro stays a call",
    arguments: [
      ("all(x, y)", "(call all (identifier x) (identifier y))"),
      ("a.has(b.c)", "(member call has (identifier a) (select .c (identifier b)))"),
      (".has(b.c)", "(call .has (select .c (identifier b)))"),
      ("a.bind(x, 1, x)", "(member call bind (identifier a) (identifier x) (int 1) (identifier x))"),
      (".cel.bind(x, 1, x)", "(member call bind (identifier .cel) (identifier x) (int 1) (identifier x))"),
      ("a.index(0)", "(member call index (identifier a) (int 0))"),
      ("a.hasValue()", "(member call hasValue (identifier a))"), ("a.all", "(select .all (identifier a))"),
      ("cel.block([1], 2)", "(member call block (identifier cel) (list (int 1)) (int 2))"),
    ])
  func ordinaryCalls(_ text: String, _ expected: String) {
    #expect(expansion(text) == expected)
    #expect(parseExpression(text).diagnostics.isEmpty)
  }

  @Test("without the option for macros all are ordinary calls")
  func macrosOff() {
    let (tree, diagnostics) = parseExpression(
      "has(a) || b.all(1)", options: ParserOptions(wordOperators: false, macros: false))
    #expect(diagnostics.isEmpty)
    #expect(tree.macroCalls.isEmpty)
    #expect(unparse(tree) == "has(a) || b.all(1)")
  }

  @Test("`has` takes a selection")
  func hasArguments() {
    let text = "`has()` takes a selection such as `resource.tags`"
    expect("has(1️⃣resource)", [("1️⃣", text)])
    expect("has(1️⃣a.?b)", [("1️⃣", text)])
    expect("has(1️⃣a.b() + 1)", [("1️⃣", text)])
    expect("has(1️⃣has(a.b))", [("1️⃣", text)])
    expect("has(1️⃣a[\"b\"])", [("1️⃣", text + "; write `key in map` for a key")])
    expect(
      "has(1️⃣) || has(a.b, 2️⃣c.d)", ["1️⃣", "2️⃣"].map { ($0, "`has()` takes one selection, such as `has(resource.tags)`") })
  }

  @Test("the variable of a macro is a plain name")
  func variables() {
    for name in ["all", "exists", "exists_one", "map", "filter", "optMap", "optFlatMap"] {
      let text = "the variable of `\(name)()` must be a plain name"
      expect("a.\(name)(1️⃣1, true)", [("1️⃣", text)])
      expect("a.\(name)(1️⃣x.y, x)", [("1️⃣", text)])
      expect("a.\(name)(1️⃣.x, x)", [("1️⃣", text)])
    }
    expect("a.all(1️⃣x.y, 2️⃣z + 1, true)", ["1️⃣", "2️⃣"].map { ($0, "the variable of `all()` must be a plain name") })
    expect("a.transformMap(1️⃣1, v, v)", [("1️⃣", "the variable of `transformMap()` must be a plain name")])
    expect("cel.bind(1️⃣x(), 1, x)", [("1️⃣", "the variable of `cel.bind()` must be a plain name")])
    expect(
      "a.all(1️⃣__result__, true)",
      [("1️⃣", "`__result__` is the name of the loop's own result and cannot be the variable of `all()`")])
    expect(
      "a.exists(x, 1️⃣x, true)",
      [("1️⃣", "the two variables of `exists()` must have different names, and both are `x`")])
  }

  @Test("a macro with the wrong number of arguments says what it takes, where one is missing or too many")
  func argumentCounts() {
    expect("[1].all(x1️⃣)", [("1️⃣", "`all()` takes `(variable, condition)` or `(index, value, condition)`")])
    expect(
      "a.exists(i, v, p, 1️⃣q, r)", [("1️⃣", "`exists()` takes `(variable, condition)` or `(index, value, condition)`")])
    expect("a.map(1️⃣)", [("1️⃣", "`map()` takes `(variable, expression)` or `(variable, condition, expression)`")])
    expect("a.filter(x, y, 1️⃣z)", [("1️⃣", "`filter()` takes `(variable, condition)`")])
    expect("a.optMap(x1️⃣)", [("1️⃣", "`optMap()` takes `(variable, expression)`")])
    expect("cel.bind(x, 11️⃣)", [("1️⃣", "`cel.bind()` takes `(variable, value, expression)`")])
    expect(
      "a.transformList(i, v1️⃣)",
      [("1️⃣", "`transformList()` takes `(index, value, expression)` or `(index, value, condition, expression)`")])
    expect("a.sortBy(x1️⃣)", [("1️⃣", "`sortBy()` takes `(variable, key)`")])
    expect("a.sortBy(1️⃣x.y, 1)", [("1️⃣", "the variable of `sortBy()` must be a plain name")])
    expect("proto.getExt(a1️⃣)", [("1️⃣", "`proto.getExt()` takes `(message, extension)`")])
    expect(
      "proto.hasExt(a, 1️⃣b[0])",
      [("1️⃣", "`proto.hasExt()` takes the name of an extension, such as `my.pkg.extension`")])
    expect(
      "a.transformMapEntry(i1️⃣)",
      [("1️⃣", "`transformMapEntry()` takes `(index, value, entry)` or `(index, value, condition, entry)`")])
  }

  @Test("each macro call that does not fit is a fault of its own, inside another one too")
  func severalFaults() {
    expect(
      "a.all(1️⃣1, has(2️⃣b) && c.map(x3️⃣)) || has(4️⃣d)",
      [
        ("1️⃣", "the variable of `all()` must be a plain name"),
        ("2️⃣", "`has()` takes a selection such as `resource.tags`"),
        ("3️⃣", "`map()` takes `(variable, expression)` or `(variable, condition, expression)`"),
        ("4️⃣", "`has()` takes a selection such as `resource.tags`"),
      ])
  }

  @Test("an argument that could not be read is not a second fault of the macro")
  func unreadableArguments() {
    for text in ["a.all(, true)", "has(a.)", "has(#)", "a.all(x, )", "a.all(x", "cel.bind(x, , x)"] {
      let found = parseExpression(text).diagnostics
      #expect(found.map(\.code) == ["invalid-condition-syntax"], "\(text): \(found.map(\.message))")
    }
  }

  @Test("what a macro expands to takes the call's place and is marked as not written")
  func syntheticNodes() {
    let text = "true || a.map(x, x > 1, x + 1)"
    let tree = parseExpression(text).tree
    let synthetic = tree.nodes.filter { $0.flags.contains(.isSynthetic) }
    #expect(synthetic.count == 9)
    #expect(synthetic.allSatisfy { $0.span == SourceSpan(8, 30) })
    #expect(tree.macroCalls.count == 1)
  }

  @Test("every node's operands stand before it, macro or not")
  func nodeOrder() {
    for seed in 0..<300 as Range<UInt64> {
      var expressions = RandomExpression(seed: seed)
      let text = expressions.text(depth: 4)
      let tree = parseExpression(text).tree
      for (index, node) in tree.nodes.enumerated() {
        #expect(operands(of: node, in: tree).allSatisfy { $0.index < index }, "seed \(seed): \(text)")
      }
      #expect(zip(tree.macroCalls, tree.macroCalls.dropFirst()).allSatisfy { $0.expansion.index < $1.expansion.index })
    }
  }

  private func operands(of node: Node, in tree: SyntaxTree) -> [ExpressionID] {
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: return []
    case .select, .unary: return [ExpressionID(rawValue: node.first)]
    case .index, .binary: return [ExpressionID(rawValue: node.first), ExpressionID(rawValue: node.second)]
    case .error, .call, .memberCall, .chain, .conditional, .list, .map, .message: return Array(tree.list(node.second))
    case .comprehension:
      let loop = tree.comprehensions[Int(node.first)]
      return [loop.range, loop.accumulatorStart, loop.condition, loop.step, loop.result]
    }
  }

  @Test("a chain of macros grows no faster than its text")
  func linearGrowth() {
    func nodeCount(_ count: Int) -> Int {
      parseExpression("a" + String(repeating: ".optMap(x, x)", count: count)).tree.nodes.count
    }
    #expect(nodeCount(40) - nodeCount(20) == nodeCount(20) - nodeCount(0))
  }
}

import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Parsing")
struct ParserTests {
  @Test(
    "operators bind as cel-spec says",
    arguments: [
      ("a + b * c", "a + (b * c)"), ("a * b + c", "(a * b) + c"), ("a - b - c", "(a - b) - c"),
      ("a < b == c", "(a < b) == c"), ("a || b && c", "a || (b && c)"), ("a && b || c", "(a && b) || c"),
      ("a in b + c", "a in (b + c)"), ("!a == b", "(!a) == b"), ("-a * b", "(-a) * b"), ("!a.b", "!(a.b)"),
      ("a ? b : c ? d : e", "a ? b : (c ? d : e)"), ("a || b ? c : d || e", "(a || b) ? c : (d || e)"),
      ("a == b && c != d || !e", "((a == b) && (c != d)) || (!e)"), ("a % b / c", "(a % b) / c"),
    ])
  func precedence(_ text: String, _ same: String) {
    let (tree, diagnostics) = parseExpression(text)
    #expect(diagnostics.map(\.message) == [])
    #expect(shape(tree) == shape(parseExpression(same).tree))
  }

  @Test("a chain of one operator is one node, and parentheses keep chains apart")
  func chains() {
    let flat = parseExpression("a && b && c").tree
    #expect(flat.list(flat[flat.root].second).count == 3)
    let nested = parseExpression("a && (b && c)").tree
    #expect(nested.list(nested[nested.root].second).map { nested[$0].kind } == [.identifier, .chain])
  }

  @Test(
    "every form of the grammar parses",
    arguments: [
      "[1, ?a, 2,]", "[]", "[,]", "{,}", "{1: 2, ?'a': b,}", "{}", ".a.b", ".f(x)", "a.?b.c", "a[?0][1]", "M{}",
      ".a.b.M{f: 1, ?g: 2,}",
      "a.`b-c`.d", "M{`a.b`: 1}", "a.for.package", "M{for: 1}", "a ? .b : .c", "a?b:c", "a.f().g(1, 2)[0].h",
      "((((a))))", "- a", "!!!a", "--a", "x.all(y, y > 0)", "b'x' + r'y'", "1 in [1]", "a // c", "// c\na",
      "null == true || false", "a.b.c{d: e}", "{'a': x ? y : z}", "a[b ? c : d]",
    ])
  func forms(_ text: String) { expectDiagnostics(Faulty(text, options: .cel)) }

  @Test("parentheses are no part of a node's span, but of what holds it")
  func spans() {
    let tree = parseExpression("(a) + (b.c)").tree
    let root = tree[tree.root]
    #expect(root.span == SourceSpan(0, 11))
    #expect(tree.nodes[Int(root.first)].span == SourceSpan(1, 2))
    #expect(tree.nodes[Int(root.second)].span == SourceSpan(7, 10))
  }

  @Test("operands come before what holds them")
  func order() {
    let tree = parseExpression("a.b(c, [d, {e: f}])[g] ? -h : M{i: j} && k in l && m").tree
    for (index, node) in tree.nodes.enumerated() {
      switch node.kind {
      case .unary, .select: #expect(Int(node.first) < index)
      case .binary, .index: #expect(Int(node.first) < index && Int(node.second) < index)
      case .call, .memberCall, .chain, .conditional, .list, .map, .message, .error:
        #expect(tree.list(node.second).allSatisfy { $0.index < index })
      case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .comprehension: break
      }
    }
  }

  @Test("a reused parser answers as a fresh one")
  func reuse() {
    var parser = Parser(options: .policy)
    for text in ["a = 1", "(((", "x.y == 'z'", "", "a and b", "f(g(h)) > 1"] {
      let bytes = Array(text.utf8)
      unsafe bytes.withUnsafeBufferPointer { unsafe parser.parse($0) }
      let fresh = parseExpression(text, options: .policy)
      #expect(shape(parser.tree) == shape(fresh.tree))
      #expect(parser.diagnostics.map(\.message) == fresh.diagnostics.map(\.message))
    }
  }

  @Test("nesting stops at its limit, once, and reading goes on behind it")
  func nestingLimit() {
    let deep = String(repeating: "(", count: 129) + "a" + String(repeating: ")", count: 129)
    let found = parseExpression("\(deep) && b = 1 && [\(deep)]").diagnostics
    #expect(found.map(\.code) == ["condition-limit-exceeded", "invalid-condition-syntax", "condition-limit-exceeded"])
    #expect(found.map(\.span.start) == [128, deep.utf8.count + 6, deep.utf8.count + 14 + 127])
    let full = String(repeating: "(", count: 128) + "a" + String(repeating: ")", count: 128)
    #expect(parseExpression(full).diagnostics.isEmpty)
    let conditionals = String(repeating: "a ? b : ", count: 128) + "c"
    #expect(parseExpression(conditionals).diagnostics.isEmpty)
    let tooMany = parseExpression("(a ? b : \(conditionals)) = d").diagnostics
    #expect(tooMany.map(\.code) == ["condition-limit-exceeded", "invalid-condition-syntax"])
    let tooLong = parseExpression("a" + String(repeating: " ", count: 2 * 1024 * 1024)).diagnostics
    #expect(tooLong.map(\.code) == ["condition-limit-exceeded"])
  }

  @Test("100,000 of anything fit a stack of 512 KB")
  func smallStack() {
    let count = 100_000
    func many(_ text: String) -> String { String(repeating: text, count: count) }
    let nested = [
      many("("), many("["), many("{"), many("!"), many("-") + "a", many("a ? b : ") + "c",
      many("a ? ") + "b" + many(" : c"),
      many("f("), many("a["), many("M{a: "), many("(") + "a" + many(")"), many("[") + many("]"), many("not "),
      many("if "),
      many("a.b("), many("{a: "), many("x.all(y, "), many("!("), many("([{"), many("-[!("),
    ]
    // Each of these is some thousand faults, which a debug build reports slowly.
    func some(_ text: String) -> String { String(repeating: text, count: 3_000) }
    let broken = [
      some(")"), some("]}"), some("a b "), some("= "), some("'"), some("\"a\n"), some("a.1 "), some("`"), some("?."),
      some("a?."),
    ]
    let chains = [
      "a" + many(" + a"), "a" + many(" == 1 || a"), "a" + many(".b"), "a" + many("[0]"), "[" + many("a, ") + "a]",
      "a" + many(" && a"), "a" + many(" < a"), "a" + many(".f()"), "a" + some(" and a"), "a" + some(" = a"),
    ]
    let texts = nested + broken + chains
    let codes =
      onSmallStack { texts.map { parseExpression($0, options: .policy).diagnostics.map(\.code) } } ?? []
    #expect(codes.count == nested.count + broken.count + chains.count)
    for (text, found) in zip(nested, codes) {
      #expect(found.contains("condition-limit-exceeded"), "\(text.prefix(20))")
    }
    for (text, found) in zip(broken, codes.dropFirst(nested.count)) { #expect(!found.isEmpty, "\(text.prefix(20))") }
    for (text, found) in zip(chains, codes.suffix(chains.count)).prefix(8) {
      #expect(found.isEmpty, "\(text.prefix(20)): \(found.prefix(3))")
    }
  }

  @Test("of very many faults the first are reported, and that there are more")
  func faultLimit() {
    let found = parseExpression("a" + String(repeating: ")", count: 10_005)).diagnostics
    #expect(found.count == 10_001)
    #expect(found.last?.code == "condition-limit-exceeded")
    #expect(found.last?.span == SourceSpan(10_001, 10_002))
    let hints = parseExpression("a" + String(repeating: " and a", count: 10_005) + " &&", options: .policy).diagnostics
    #expect(hints.filter { $0.severity == .hint }.count == 10_000)
    #expect(hints.filter { $0.severity == .error }.map(\.message).count == 1)
  }

  @Test("a soup of tokens is answered, whatever it is", arguments: [UInt64](1...20))
  func tokenSoup(_ seed: UInt64) {
    let words = [
      "a", "b.c", "1", "2u", "1.5", "'s'", "\"t", "(", ")", "[", "]", "{", "}", ",", ":", "?", ".", "&&", "||", "!",
      "-", "+",
      "==", "!=", "in", "=", "<>", "&", "and", "or", "not", "is", "null", "if", "then", "else", "for", "`x`", "$", "#",
      "\n",
      "é", "“", "”", "has(", "x.all(y, ", "M{", ";", "\\", "//", "/*", "??", "=~", "contains", "like", ".0", "?.", "0x",
      "++",
      "return", "let", "true", "[?", "{?", ".?", "r'", "b'", "'''", "\u{200B}", "}}", "${", "NOT", "AND", "IS",
    ]
    var generator = SeededGenerator(seed: seed)
    var parser = Parser(options: seed % 2 == 0 ? .policy : .cel)
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<Int.random(in: 1...14, using: &generator) {
        text += words[Int.random(in: 0..<words.count, using: &generator)]
        if Bool.random(using: &generator) { text += " " }
      }
      expectSoundParse(Array(text.utf8), &parser)
    }
  }

  @Test("a soup of bytes is answered, whatever it is", arguments: [UInt64](1...10))
  func byteSoup(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var parser = Parser(options: .policy)
    for _ in 0..<300 {
      let isASCII = Bool.random(using: &generator)
      let bytes = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        isASCII ? UInt8.random(in: 0x20...0x7E, using: &generator) : UInt8.random(in: 0...255, using: &generator)
      }
      expectSoundParse(bytes, &parser)
    }
  }
}

import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("The grammar in grammar/condition.ebnf")
struct GrammarTests {
  private static func grammar() throws -> EBNFGrammar {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let bytes = try #require(SharedData.fileBytes("\(folder)/grammar/condition.ebnf"))
    return try EBNFGrammar(String(decoding: bytes, as: UTF8.self))
  }

  @Test("the parser accepts what the grammar generates, and reads what is written back as the same tree")
  func sentences() throws {
    let grammar = try Self.grammar()
    let seed: UInt64 = 20_261_122
    var generator = SentenceGenerator(grammar, seed: seed)
    var failures = 0
    for number in 0..<3_000 {
      let sentence = generator.sentence(of: "Condition", depth: [12, 18, 24, 32][number % 4])
      let (tree, diagnostics) = parseExpression(sentence, options: .policy)
      let errors = diagnostics.filter { $0.severity == .error }
      let written = unparse(tree)
      let reread = parseExpression(written, options: .policy)
      let difference = reread.diagnostics.isEmpty ? difference(tree, reread.tree) : reread.diagnostics[0].message
      if errors.isEmpty, difference == nil { continue }
      failures += 1
      Issue.record(
        """
        seed \(seed), sentence \(number): \(sentence.debugDescription)
        \(errors.map { "\($0.span.start)..<\($0.span.end): \($0.message)" })
        written: \(written.debugDescription)
        difference: \(difference ?? "none")
        """)
      if failures == 5 { break }
    }
    guard failures == 0 else { return }
    let missed = SentenceGenerator.allDecisions(of: grammar).filter { !generator.decisions.contains($0.key) }
    #expect(missed.isEmpty, "never generated: \(missed.values.sorted())")
    // The exceptions of other tokens are compared with and not generated.
    let unreached = grammar.productions.map(\.name).filter {
      !generator.productions.contains($0) && $0 != "RESERVED" && $0 != "KEYWORD"
    }
    #expect(unreached.isEmpty, "never reached: \(unreached)")
  }

  @Test("a token dropped from the grammar's sentences neither crashes nor makes the parser silent about its own tree")
  func damagedSentences() throws {
    let grammar = try Self.grammar()
    let seed: UInt64 = 7
    var generator = SentenceGenerator(grammar, seed: seed)
    for number in 0..<500 {
      let sentence = generator.sentence(of: "Condition", depth: 20)
      let words = sentence.split(separator: " ", omittingEmptySubsequences: false)
      let damaged = words.enumerated().filter { $0.offset != number % words.count }.map(\.element).joined(
        separator: " ")
      let (tree, diagnostics) = parseExpression(damaged, options: .policy)
      // Only a tree without errors can be written so that it reads back.
      guard diagnostics.allSatisfy({ $0.severity != .error }) else { continue }
      let reread = parseExpression(unparse(tree), options: .policy)
      let difference = difference(tree, reread.tree)
      #expect(difference == nil, "seed \(seed), sentence \(number): \(damaged.debugDescription)")
    }
  }

  @Test("reserved words are names of fields and of nothing else")
  func reservedWords() throws {
    let grammar = try Self.grammar()
    guard case .choice(let words, _) = grammar["RESERVED"] else {
      Issue.record("RESERVED is no list of words")
      return
    }
    #expect(words.count == 17)
    for case .text(let word) in words {
      #expect(parseExpression("a.\(word)").diagnostics.isEmpty, "\(word)")
      #expect(!parseExpression(word).diagnostics.isEmpty, "\(word)")
    }
  }

  @Test(
    "a grammar that cannot be read says where",
    arguments: ["A = 'b'", "A ::= B", "A ::= ( 'b'", "A ::=", "A ::= [z-a]"])
  func unreadableGrammar(_ text: String) {
    #expect(throws: EBNFGrammar.Failure.self) { try EBNFGrammar(text) }
  }
}

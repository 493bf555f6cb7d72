/// Which language a parser reads.
package struct ParserOptions: Hashable, Sendable {
  /// Whether `and`, `or` and `not` are operators where one may stand; elsewhere they stay identifiers.
  package var wordOperators: Bool
  /// Whether macro calls are expanded.
  package var macros: Bool

  package init(wordOperators: Bool, macros: Bool = true) {
    self.wordOperators = wordOperators
    self.macros = macros
  }

  /// CEL as cel-spec has it.
  package static let cel = ParserOptions(wordOperators: false)
  /// The language of policies.
  package static let policy = ParserOptions(wordOperators: true)
}

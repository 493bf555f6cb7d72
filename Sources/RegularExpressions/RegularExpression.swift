/// A regular expression of RE2's syntax, which CEL's `matches` takes.
///
/// Making one reads the pattern and no more. What runs it is prepared at the first match; from then on it is only read, so
/// that one may be used by many threads at once.
package final class RegularExpression: Sendable {
  /// The pattern's UTF-8.
  package let pattern: [UInt8]
  /// The pattern as RE2 understands it.
  package let tree: RE2Pattern
  private let engine = LazyReference<MatchingEngine>()

  /// Reads a pattern.
  ///
  /// - Parameter pattern: UTF-8.
  /// - Throws: The pattern's first fault.
  package init(_ pattern: [UInt8]) throws(RE2Fault) {
    self.pattern = pattern
    tree = try RE2Parser.parse(pattern)
  }

  /// Reads a pattern.
  ///
  /// - Parameter pattern: UTF-8.
  /// - Throws: The pattern's first fault.
  package convenience init(_ pattern: some Collection<UInt8>) throws(RE2Fault) {
    try self.init(Array(pattern))
  }

  /// How many groups capture; the whole match is not among them.
  package var captureCount: Int { tree.captureCount }

  /// The names of the groups that have one, by number.
  ///
  /// RE2 lets a name stand twice; the first group has it then.
  package var captureNames: [Int: String] { tree.captureNames }

  /// Whether the pattern matches somewhere in a text.
  ///
  /// - Parameter subject: UTF-8; that is not checked.
  /// - Returns: Whether it does.
  /// - Throws: `tooComplex` when a limit was reached first.
  package func matches(_ subject: UnsafeBufferPointer<UInt8>) throws(RegularExpressionError) -> Bool {
    guard let answer = engine.with({ MatchingEngine(tree) }, { engine in unsafe engine.matches(subject) }) else {
      throw .tooComplex
    }
    return answer
  }

  /// The leftmost match, and of those there the one that RE2 and Perl prefer.
  ///
  /// - Parameters:
  ///   - subject: UTF-8; that is not checked.
  ///   - start: The byte from which to search, where a code point begins. What is before it is still seen by `^` and `\b`.
  /// - Returns: Where it is, `nil` when there is none.
  /// - Throws: `tooComplex` when a limit was reached first.
  package func firstMatch(
    in subject: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(RegularExpressionError) -> RegularExpressionMatch? {
    switch engine.with({ MatchingEngine(tree) }, { engine in unsafe engine.firstMatch(in: subject, from: start) }) {
    case .match(let captures): return RegularExpressionMatch(captures: captures)
    case .noMatch: return nil
    case .gaveUp: throw .tooComplex
    }
  }
}

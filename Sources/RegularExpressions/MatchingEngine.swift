/// What runs a pattern, chosen at its first match.
///
/// PCRE2 runs what it provably backtracks through in linear time; the linear matcher runs the rest, and whatever PCRE2 gives
/// up on: a pattern too large for it, a text too long for its stack. So a limit is an error only where both have met theirs.
final class MatchingEngine: Sendable {
  private enum Kind: Sendable {
    case literal(LiteralSearch)
    case backtracking(PCRE2Regex)
    case linear
  }

  private let kind: Kind
  /// Whether PCRE2 would find RE2's groups, too: it leaves a loop at the first empty round, and RE2 does not.
  private let capturesAlike: Bool
  private let linear: LinearSearch

  init(_ pattern: RE2Pattern) {
    linear = LinearSearch(pattern)
    if let search = LiteralSearch(pattern) {
      kind = .literal(search)
      capturesAlike = true
    } else if isBacktrackingLinear(pattern), let regex = PCRE2Regex(pattern) {
      kind = .backtracking(regex)
      capturesAlike = !pattern.hasLoopOverEmpty
    } else {
      kind = .linear
      capturesAlike = false
    }
  }

  func matches(_ subject: UnsafeBufferPointer<UInt8>) throws(RegularExpressionError) -> Bool {
    switch kind {
    case .literal(let search): return unsafe search.matches(subject)
    case .backtracking(let regex):
      if let answer = unsafe regex.matches(subject) { return answer }
      return unsafe try linear.matcher.matches(subject)
    case .linear: return unsafe try linear.matcher.matches(subject)
    }
  }

  func firstMatch(
    in subject: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(RegularExpressionError) -> [Range<Int>?]? {
    switch kind {
    case .literal(let search): return unsafe search.firstMatch(in: subject, from: start).map { [$0] }
    case .backtracking(let regex) where capturesAlike:
      switch unsafe regex.firstMatch(in: subject, from: start) {
      case .match(let captures): return captures
      case .noMatch: return nil
      case .gaveUp: return unsafe try linear.matcher.firstMatch(in: subject, from: start)
      }
    case .backtracking, .linear: return unsafe try linear.matcher.firstMatch(in: subject, from: start)
    }
  }
}

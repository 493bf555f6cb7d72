/// What runs a pattern, chosen at its first match.
///
/// PCRE2 runs what it provably backtracks through in linear time; the linear matcher runs the rest, and whatever PCRE2 gives
/// up on: a pattern too large for it, a text too long for its stack. So a limit is an error only where both have met theirs.
final class MatchingEngine: Sendable {
  /// At most one of these; neither for a pattern of the linear matcher's.
  private let literal: LiteralSearch?
  private let backtracking: PCRE2Regex?
  /// Whether PCRE2 finds RE2's groups, too: it leaves a loop at the first empty round, and RE2 does not.
  private let capturesAlike: Bool
  private let linear: LinearSearch

  init(_ pattern: RE2Pattern) {
    linear = LinearSearch(pattern)
    literal = LiteralSearch(pattern)
    backtracking = literal == nil && isBacktrackingLinear(pattern) ? PCRE2Regex(pattern) : nil
    capturesAlike = backtracking != nil && !pattern.hasLoopOverEmpty
  }

  /// Whether the pattern matches; `nil` when every limit was met.
  func matches(_ subject: UnsafeBufferPointer<UInt8>) -> Bool? {
    if let literal { return unsafe literal.matches(subject) }
    if let backtracking {
      do throws(RegularExpressionError) {
        return try unsafe backtracking.matches(subject)
      } catch {
        // What PCRE2 gives up on is not too complex yet.
      }
    }
    return unsafe linear.matches(subject)
  }

  func firstMatch(in subject: UnsafeBufferPointer<UInt8>, from start: Int) -> SearchOutcome {
    if let literal { return SearchOutcome(unsafe literal.firstMatch(in: subject, from: start).map { [$0] }) }
    if let backtracking, capturesAlike {
      do throws(RegularExpressionError) {
        return SearchOutcome(try unsafe backtracking.firstMatch(in: subject, from: start))
      } catch {
        // As above.
      }
    }
    return unsafe linear.firstMatch(in: subject, from: start)
  }
}

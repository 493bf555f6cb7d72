/// What runs a pattern, chosen at its first match.
final class MatchingEngine: Sendable {
  enum Kind: Sendable {
    case literal(LiteralSearch)
    case backtracking(PCRE2Regex)
  }

  let kind: Kind?

  init(_ pattern: RE2Pattern) {
    if let search = LiteralSearch(pattern) {
      kind = .literal(search)
    } else {
      kind = PCRE2Regex(pattern).map { .backtracking($0) }
    }
  }

  func matches(_ subject: UnsafeBufferPointer<UInt8>) throws(RegularExpressionError) -> Bool {
    switch kind {
    case .literal(let search): return unsafe search.matches(subject)
    case .backtracking(let regex): return unsafe try regex.matches(subject)
    case nil: throw .tooComplex
    }
  }

  func firstMatch(
    in subject: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(RegularExpressionError) -> [Range<Int>?]? {
    switch kind {
    case .literal(let search): return unsafe search.firstMatch(in: subject, from: start).map { [$0] }
    case .backtracking(let regex): return unsafe try regex.firstMatch(in: subject, from: start)
    case nil: throw .tooComplex
    }
  }
}

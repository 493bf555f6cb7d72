/// The linear matcher of a pattern, made when it is first needed.
final class LinearSearch: Sendable {
  /// A matcher, or that there is none.
  private final class Outcome: Sendable {
    let matcher: LinearMatcher?

    init(_ matcher: LinearMatcher?) { self.matcher = matcher }
  }

  private let pattern: RE2Pattern
  private let outcome = LazyReference<Outcome>()

  init(_ pattern: RE2Pattern) { self.pattern = pattern }

  /// Whether the pattern matches; `nil` for a pattern beyond the matcher's limits.
  func matches(_ subject: UnsafeBufferPointer<UInt8>) -> Bool? {
    outcome.with({ Outcome(LinearMatcher(pattern)) }) { outcome in unsafe outcome.matcher?.matches(subject) }
  }

  /// The first match at or behind an offset.
  func firstMatch(in subject: UnsafeBufferPointer<UInt8>, from start: Int) -> SearchOutcome {
    outcome.with({ Outcome(LinearMatcher(pattern)) }) { outcome in
      guard let matcher = outcome.matcher else { return .gaveUp }
      return SearchOutcome(unsafe matcher.firstMatch(in: subject, from: start))
    }
  }
}

extension RE2Pattern {
  /// Whether a part that may match nothing is repeated without bound, as in `(a*)*`.
  var hasLoopOverEmpty: Bool {
    let facts = NodeFacts(self)
    return nodes.contains { node in
      guard case .repetition(let part, _, nil, _) = node else { return false }
      return facts.isNullable[part]
    }
  }
}

internal import Synchronization

/// The linear matcher of a pattern, made when it is first needed.
final class LinearSearch: Sendable {
  /// A matcher, or that there is none.
  private final class Outcome: Sendable {
    let matcher: LinearMatcher?

    init(_ matcher: LinearMatcher?) { self.matcher = matcher }
  }

  private let pattern: RE2Pattern
  private let outcome = AtomicLazyReference<Outcome>()

  init(_ pattern: RE2Pattern) { self.pattern = pattern }

  /// The matcher.
  ///
  /// Two threads that come first at once may both make one; the first to be done is kept.
  var matcher: LinearMatcher {
    get throws(RegularExpressionError) {
      let outcome = outcome.load() ?? outcome.storeIfNil(Outcome(LinearMatcher(pattern)))
      guard let matcher = outcome.matcher else { throw .tooComplex }
      return matcher
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

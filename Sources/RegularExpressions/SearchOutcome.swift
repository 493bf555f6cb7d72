/// What came of a search for a match.
enum SearchOutcome: Sendable {
  /// The range of the whole match and those of the groups, `nil` for one that took no part.
  case match([Range<Int>?])
  case noMatch
  /// Every limit was met.
  case gaveUp

  init(_ captures: [Range<Int>?]?) { self = captures.map { .match($0) } ?? .noMatch }
}

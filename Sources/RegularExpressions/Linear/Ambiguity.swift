/// Whether a backtracking matcher searches for a pattern in time linear in the text, and what keeps it from it if not.
///
/// A backtracking search follows one path after another, from each start. What it costs is how many paths read the same
/// code point, in the worst text and when all of them fail. Here all paths are followed at once as in `CaptureSearch`, but none
/// is dropped for being where another one is, so that a place in a text becomes a list of positions: one for each path, in order of
/// preference, the start of the search (which reads anything and comes last) among them. If the lists that any text can lead
/// to are few, and no step from one tries more than `pathLimit` instructions, then so is the search's work at each code point.
/// Where paths compound, lists grow without end: by multiplying if two ways lead round one loop (exponential time), by one
/// at a time if a loop leads into another one that reads the same (polynomial), which the search's start also does.
package struct Ambiguity: Sendable {
  /// How the number of paths grows with the text.
  package enum Growth: Sendable {
    case exponential, polynomial
    /// Not for ever, since repetitions are counted, but beyond what is taken as a constant.
    case bounded
  }

  /// What makes paths compound, on a text on which that has been seen.
  package struct Finding: Sendable, Equatable {
    package var growth: Growth
    /// The repetitions that read the same text in more than one way: nodes of the pattern, ascending.
    ///
    /// For exponential growth the innermost one that two ways lead round.
    package var repetitions: [Int]
    /// Whether one of the ways is to start the search later: the pattern would be linear if anchored.
    package var involvesSearch: Bool
    package var attack: AttackRecipe
  }

  /// How many instructions a backtracking search may try at one code point, over all its paths.
  ///
  /// This is the constant behind "linear": at about a nanosecond each, 10,000 code points take 5 ms.
  static let pathLimit = 512
  /// How many instructions a pattern may have to be looked at, and how much work may go into it.
  static let sizeLimit = 8_000
  static let listLimit = 4_000
  static let workLimit = 400_000

  /// Whether backtracking is proved to be linear; if not, it is safe to assume that it is not.
  package let isLinear: Bool
  /// What was found; `nil` for a linear pattern, and where no text was found on which the search is superlinear.
  package let finding: Finding?

  package init(_ pattern: RE2Pattern) {
    guard var exploration = PathExploration(pattern) else {
      isLinear = false
      finding = nil
      return
    }
    let outcome = exploration.explore()
    isLinear = outcome == .bounded
    if isLinear {
      finding = nil
    } else {
      var search = SuperlinearSearch(exploration, outcome, pattern)
      finding = search.finding()
    }
  }
}

/// Whether PCRE2 may search for a pattern: backtracking is proved to be linear.
package func isBacktrackingLinear(_ pattern: RE2Pattern) -> Bool {
  guard var exploration = PathExploration(pattern) else { return false }
  return exploration.explore() == .bounded
}

/// Matches a pattern in time linear in the text, whatever the pattern.
///
/// Whether there is a match is found by an automaton that is made as texts ask for it (`LazyAutomaton`); where it is and what
/// its groups are, by following all paths at once (`CaptureSearch`). Both give what RE2 gives: the leftmost match, and of
/// those the one that a backtracking search finds first. Safe from any thread.
package final class LinearMatcher: Sendable {
  private let program: PatternProgram
  /// `nil` over the limits of `PositionGroups`; `CaptureSearch` says then whether there is a match.
  private let groups: PositionGroups?
  private let shelf = AutomatonShelf()

  /// `nil` when the pattern is over the limits of `PatternProgram`.
  package init?(_ pattern: RE2Pattern) {
    guard let program = PatternProgram(pattern) else { return nil }
    self.program = program
    groups = PositionGroups(program)
  }

  /// Whether the pattern matches anywhere in a text, which is UTF-8.
  package func matches(_ subject: UnsafeBufferPointer<UInt8>) -> Bool {
    matches(unsafe Span(_unsafeElements: subject), from: 0)
  }

  /// The first match at or behind a byte offset: its range, and those of its groups, in bytes.
  ///
  /// - Parameters:
  ///   - subject: UTF-8.
  ///   - start: Where to begin, between two code points; `^` and `\b` see the text before it.
  /// - Returns: The whole match, then each group, `nil` if it took no part; `nil` if there is no match.
  package func firstMatch(in subject: UnsafeBufferPointer<UInt8>, from start: Int) -> [Range<Int>?]? {
    let text = unsafe Span(_unsafeElements: subject)
    guard start >= 0, start <= text.count, matches(text, from: start) else { return nil }
    var search = CaptureSearch(program)
    return search.firstMatch(in: text, from: start)
  }

  private func matches(_ text: Span<UInt8>, from start: Int) -> Bool {
    guard let groups else {
      var search = CaptureSearch(program, seeksAny: true)
      return search.firstMatch(in: text, from: start) != nil
    }
    let held = shelf.take() ?? HeldAutomaton(LazyAutomaton(program, groups))
    let result = held.automaton.matches(text, from: start)
    shelf.put(held)
    return result
  }
}

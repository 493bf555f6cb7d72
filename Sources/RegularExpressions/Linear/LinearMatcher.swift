internal import Synchronization

/// Matches a pattern in time linear in the text, whatever the pattern.
///
/// Whether there is a match is found by an automaton that is made as texts ask for it (`LazyAutomaton`); where it is and what
/// its groups are, by following all paths at once (`CaptureSearch`). Both give what RE2 gives: the leftmost match, and of
/// those the one that a backtracking search finds first. Safe from any thread.
package final class LinearMatcher: Sendable {
  /// How many automata are kept for later calls; each serves one call at a time.
  static let keptAutomata = 8

  private let program: PatternProgram
  /// `nil` when a step by them would look at more than the program has instructions.
  private let groups: PositionGroups?
  private let automata = Mutex<[HeldAutomaton]>([])

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
    let held = automata.withLock { $0.popLast() } ?? HeldAutomaton(LazyAutomaton(program, groups))
    let result = held.automaton.matches(text, from: start)
    automata.withLock { if $0.count < Self.keptAutomata { $0.append(held) } }
    return result
  }
}

/// An automaton between two calls.
///
/// INVARIANT: one call has it at a time, since it is taken out of the list for that.
private final class HeldAutomaton: @unchecked Sendable {
  var automaton: LazyAutomaton

  init(_ automaton: LazyAutomaton) { self.automaton = automaton }
}

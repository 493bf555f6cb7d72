/// A pattern as RE2 understands it: one flat array of nodes, each behind its parts.
///
/// All that means different things in different engines is resolved here: `\d`, `\s`, `\w`, `\pL`, `.` and the flags are
/// code point sets, `^` and `$` are the assertion that their flags make of them, and a letter that matches in either case
/// is the set of its case foldings. Both matchers read this form, so they cannot differ in what a pattern means.
///
/// INVARIANT: a node's parts have smaller indices than the node, and `root` is the last node. Nesting is bounded by
/// `RE2Pattern.nestingLimit`.
package struct RE2Pattern: Sendable {
  package enum Node: Sendable, Equatable {
    /// Matches the empty string.
    case empty
    /// Matches nothing: an empty set.
    case nothing
    /// One code point, as it stands.
    case literal(UInt32)
    /// One code point of a set; an index into `sets`.
    case set(Int)
    case assertion(Assertion)
    /// The parts one after the other; indices of nodes, from `start` of `parts`.
    case concatenation(start: Int, count: Int)
    /// The first part that leads to a match; as above.
    case alternation(start: Int, count: Int)
    /// A capturing group, numbered from 1.
    case capture(number: Int, Int)
    /// A part repeated; `maximum` is `nil` for no bound. `isLazy` prefers fewer.
    case repetition(Int, minimum: Int, maximum: Int?, isLazy: Bool)
  }

  /// What holds at a place between two code points.
  package enum Assertion: UInt8, Sendable {
    /// `\A`, and `^` outside multi-line mode.
    case textStart
    /// `\z`, and `$` outside multi-line mode.
    case textEnd
    /// `^` in multi-line mode: at the start, and behind each LF.
    case lineStart
    /// `$` in multi-line mode: at the end, and before each LF.
    case lineEnd
    /// `\b` and `\B`, of ASCII words.
    case wordBoundary, notWordBoundary
  }

  /// Code points, as sorted ranges that neither touch nor overlap, ends included, without surrogates.
  package struct CodePointSet: Sendable, Equatable {
    package var ranges: [ClosedRange<UInt32>]

    package init(ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }
  }

  package var nodes: [Node] = []
  /// Each set once.
  package var sets: [CodePointSet] = []
  /// The indices of the parts of concatenations and alternations.
  package var parts: [Int] = []
  /// How many capturing groups there are.
  package var captureCount = 0
  /// The names of the groups that have one, by number.
  package var captureNames: [Int: String] = [:]
  /// Where repetitions stand in the pattern's text, what they repeat included; of two places of a node the last holds.
  package var repetitionPlaces: [(node: Int, bytes: Range<Int>)] = []
  /// Where each `.` that matches any character stands in the pattern's text.
  package var dotPlaces: [Int] = []

  /// How deep brackets may nest.
  ///
  /// RE2 in C++ has no limit, and its peer in Go has this one.
  package static let nestingLimit = 1_000

  package init() {}

  /// Where a repetition stands in the pattern's text.
  package func place(ofRepetition node: Int) -> Range<Int>? { repetitionPlaces.last { $0.node == node }?.bytes }

  /// The whole pattern.
  package var root: Int { nodes.count - 1 }
}

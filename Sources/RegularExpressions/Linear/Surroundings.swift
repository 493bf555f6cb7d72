/// The pairs of neighbours under which an assertion holds, or several do that stand at one place.
///
/// A neighbour is one of four kinds, so a place between two of them is one of sixteen, and a set of such places is a word.
/// Assertions that a path passes without reading all look at the same place: together they hold in the intersection.
struct Surroundings: Sendable, Hashable {
  /// What stands beside a place.
  enum Neighbour: UInt8, Sendable, CaseIterable {
    case other, word, lineFeed
    /// The start of the text before a place, its end behind it.
    case edge
  }

  var bits: UInt16

  static let everywhere = Surroundings(bits: .max)

  init(bits: UInt16) { self.bits = bits }

  /// One place.
  init(before: Neighbour, after: Neighbour) { bits = 1 << UInt16(before.rawValue &* 4 &+ after.rawValue) }

  /// Where an assertion holds, as `RE2Pattern.Assertion` says.
  init(of assertion: RE2Pattern.Assertion) {
    bits = 0
    for before in Neighbour.allCases {
      for after in Neighbour.allCases {
        let holds =
          switch assertion {
          case .textStart: before == .edge
          case .textEnd: after == .edge
          case .lineStart: before == .edge || before == .lineFeed
          case .lineEnd: after == .edge || after == .lineFeed
          case .wordBoundary: (before == .word) != (after == .word)
          case .notWordBoundary: (before == .word) == (after == .word)
          }
        if holds { bits |= Surroundings(before: before, after: after).bits }
      }
    }
  }

  var isEmpty: Bool { bits == 0 }

  func intersection(_ other: Surroundings) -> Surroundings { Surroundings(bits: bits & other.bits) }

  func meets(_ other: Surroundings) -> Bool { bits & other.bits != 0 }
}

extension Surroundings {
  /// All places with something before them.
  static var inside: Surroundings { Surroundings(bits: 0x0FFF) }
}

/// Which positions of a program may follow which, told for whole groups at once.
///
/// In `x{1,1000}` each position leads to the next one and all lead to what follows the repetition. So steps are taken with
/// words: one shift for all that lead to their neighbour, and for each group of positions with the same other successors
/// one look whether any of them is there. Order of preference and paths are lost, and whether there is a match is not.
struct PositionGroups: Sendable {
  /// Positions that lead to the same ones under the same surroundings; both sets are spans of `sets`.
  struct Group: Sendable {
    var surroundings: Surroundings
    var members: WordSpan
    var successors: WordSpan
  }

  /// Words of a set of positions, from word `first` of it, without the empty ones at both ends; an offset into `sets`.
  struct WordSpan: Sendable {
    var first: Int
    var offset: Int
    var count: Int
  }

  /// How many instructions may be visited to find all successors.
  static let workLimit = 8_000_000
  /// How many words a step may look at: 10,000 steps stay well under 50 ms.
  static let stepLimit = 10_000

  private(set) var groups: [Group] = []
  /// What the start leads to.
  private(set) var starts: [(surroundings: Surroundings, positions: WordSpan)] = []
  /// The positions that a match may end at, and where the empty text at the start matches.
  private(set) var ends: [(surroundings: Surroundings, positions: WordSpan)] = []
  private(set) var emptyMatch = Surroundings(bits: 0)
  private(set) var sets: [UInt64] = []
  /// The positions that their neighbour before them leads to, everywhere.
  private(set) var chain: [UInt64]

  /// - Returns: `nil` over the limits.
  init?(_ program: PatternProgram) {
    let wordCount = program.wordCount
    chain = Array(repeating: 0, count: wordCount)
    var reach = PlainReach(program)
    var work = 0
    var cost = 0

    /// Positions by what else they lead to, under each of the surroundings.
    var groupNumbers: [Successors: Int] = [:]
    var members: [[Int]] = []
    var groupSuccessors: [Successors] = []
    var endings: [Surroundings: [Int]] = [:]
    // Positions behind which the program goes on at one place share what they reach.
    var reached: [Int32: [(position: Int, surroundings: Surroundings)]] = [:]

    for position in 0..<program.positionCount {
      let next = program.positionNexts[position]
      if reached[next] == nil {
        reach.visit(from: next)
        reached[next] = reach.positions
        if !reach.match.isEmpty { reached[next]?.append((-1, reach.match)) }
        work &+= reach.work
      }
      var bySurroundings: [Surroundings: [Int]] = [:]
      for (successor, surroundings) in reached[next] ?? [] {
        work &+= 1
        if successor < 0 {
          endings[surroundings, default: []].append(position)
        } else if successor == position &+ 1, surroundings == .everywhere {
          chain[successor >> 6] |= 1 << UInt64(successor & 63)
        } else {
          bySurroundings[surroundings, default: []].append(successor)
        }
      }
      for (surroundings, positions) in bySurroundings {
        let key = Successors(surroundings: surroundings, positions: positions)
        let number = groupNumbers[key] ?? members.count
        if number == members.count {
          groupNumbers[key] = number
          members.append([])
          groupSuccessors.append(key)
        }
        members[number].append(position)
      }
      guard work <= Self.workLimit else { return nil }
    }
    for (members, successors) in zip(members, groupSuccessors) {
      let group = Group(
        surroundings: successors.surroundings, members: store(members), successors: store(successors.positions.sorted())
      )
      cost &+= group.members.count &+ group.successors.count
      groups.append(group)
      guard cost <= Self.stepLimit else { return nil }
    }
    for (surroundings, positions) in endings { ends.append((surroundings, store(positions))) }
    reach.visit(from: program.entry)
    emptyMatch = reach.match
    for (surroundings, positions) in Dictionary(grouping: reach.positions, by: \.surroundings) {
      starts.append((surroundings, store(positions.map(\.position).sorted())))
    }
  }

  /// Whether a match can start behind the text's start only.
  var isAnchored: Bool {
    let inside = Surroundings.inside
    return !emptyMatch.meets(inside) && starts.allSatisfy { !$0.surroundings.meets(inside) }
  }

  /// Keeps a set, given in ascending order.
  private mutating func store(_ positions: [Int]) -> WordSpan {
    guard let first = positions.first, let last = positions.last else { return WordSpan(first: 0, offset: 0, count: 0) }
    let span = WordSpan(first: first >> 6, offset: sets.count, count: last >> 6 &- first >> 6 &+ 1)
    sets.append(contentsOf: repeatElement(0, count: span.count))
    for position in positions { sets[span.offset &+ position >> 6 &- span.first] |= 1 << UInt64(position & 63) }
    return span
  }

  private struct Successors: Hashable {
    var surroundings: Surroundings
    var positions: [Int]
  }
}

/// What a program reaches without reading, and where.
private struct PlainReach {
  private let instructions: [PatternProgram.Instruction]
  /// Where each instruction was reached by the walk under way.
  private var reached: [Surroundings]
  private var touched: [Int32] = []
  private var pending: [(Int32, Surroundings)] = []

  private(set) var positions: [(position: Int, surroundings: Surroundings)] = []
  private(set) var match = Surroundings(bits: 0)
  private(set) var work = 0

  init(_ program: PatternProgram) {
    instructions = program.instructions
    reached = Array(repeating: Surroundings(bits: 0), count: instructions.count)
  }

  mutating func visit(from start: Int32) {
    work = 0
    positions.removeAll(keepingCapacity: true)
    match = Surroundings(bits: 0)
    pending.append((start, .everywhere))
    while let (index, arriving) = pending.popLast() {
      work &+= 1
      // Each walk over an instruction brings surroundings that it was not reached under yet, of which there are sixteen.
      let new = Surroundings(bits: arriving.bits & ~reached[Int(index)].bits)
      guard !new.isEmpty else { continue }
      if reached[Int(index)].isEmpty { touched.append(index) }
      reached[Int(index)].bits |= new.bits
      switch instructions[Int(index)] {
      case .read, .fail: break
      case .split(let first, let second):
        pending.append((second, new))
        pending.append((first, new))
      case .loop(let again, let exit, _):
        pending.append((exit, new))
        pending.append((again, new))
      case .check(let surroundings, let next): pending.append((next, new.intersection(surroundings)))
      case .note(_, let next): pending.append((next, new))
      case .match: match.bits |= new.bits
      }
    }
    for index in touched {
      if case .read(let position, _) = instructions[Int(index)] {
        positions.append((Int(position), reached[Int(index)]))
      }
      reached[Int(index)] = Surroundings(bits: 0)
    }
    touched.removeAll(keepingCapacity: true)
  }
}

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
  /// How many words a step may look at, and `sets` take: 512 KB.
  static let stepLimit = 65_536

  private(set) var groups: [Group] = []
  /// What the start leads to.
  private(set) var starts: [(surroundings: Surroundings, positions: WordSpan)] = []
  /// The positions that a match may end at, and where the empty text at the start matches.
  private(set) var ends: [(surroundings: Surroundings, positions: WordSpan)] = []
  private(set) var emptyMatch = Surroundings(bits: 0)
  private(set) var sets: [UInt64] = []
  /// The positions that their neighbour before them leads to, everywhere.
  private(set) var chain: [UInt64]

  /// `nil` over the limits.
  init?(_ program: PatternProgram) {
    let wordCount = program.wordCount
    chain = Array(repeating: 0, count: wordCount)
    var reach = PlainReach(program)
    var cost = 0

    /// Positions by what else they lead to, under each of the surroundings.
    var groupNumbers: [Successors: Int] = [:]
    var members: [[Int]] = []
    var groupSuccessors: [Successors] = []
    var endings: [Surroundings: [Int]] = [:]
    // Positions behind which the program goes on at one place share all that they reach.
    var lastSharing = [Int32](repeating: -1, count: program.instructions.count)
    var sharingBefore = [Int32](repeating: -1, count: program.positionCount)
    for (position, next) in program.positionNexts.enumerated() {
      sharingBefore[position] = lastSharing[Int(next)]
      lastSharing[Int(next)] = Int32(position)
    }
    for (position, next) in program.positionNexts.enumerated() where lastSharing[Int(next)] == position {
      var positions = [position]
      while let last = positions.last, sharingBefore[last] >= 0 { positions.append(Int(sharingBefore[last])) }
      reach.visit(from: next)
      if !reach.match.isEmpty { endings[reach.match, default: []] += positions }
      for (surroundings, reached) in reach.positions {
        var successors = Successors(surroundings: surroundings, positions: reached)
        if positions.count == 1, surroundings == .everywhere, successors.remove(positions[0] &+ 1) {
          let neighbour = positions[0] &+ 1
          chain[neighbour >> 6] |= 1 << UInt64(neighbour & 63)
          guard !successors.positions.isEmpty else { continue }
        }
        let number = groupNumbers[successors] ?? members.count
        if number == members.count {
          groupNumbers[successors] = number
          members.append([])
          groupSuccessors.append(successors)
        }
        members[number] += positions
      }
      guard reach.work <= Self.workLimit else { return nil }
    }
    for (members, successors) in zip(members, groupSuccessors) {
      let group = Group(
        surroundings: successors.surroundings, members: store(members.sorted()), successors: store(successors.positions)
      )
      cost &+= group.members.count &+ group.successors.count
      groups.append(group)
      guard cost <= Self.stepLimit else { return nil }
    }
    for (surroundings, positions) in endings { ends.append((surroundings, store(positions.sorted()))) }
    reach.visit(from: program.entry)
    emptyMatch = reach.match
    for (surroundings, positions) in reach.positions { starts.append((surroundings, store(positions))) }
  }

  /// Whether a match can start behind the text's start only.
  var isAnchored: Bool {
    let inside = Surroundings.inside
    return !emptyMatch.meets(inside) && starts.allSatisfy { !$0.surroundings.meets(inside) }
  }

  /// Finds the positions that may read next, whatever comes: those that `positions` and the start lead to.
  ///
  /// Both sets are as long as `chain`, and every span lies inside them (`store`), so the loops check nothing.
  func advance(_ positions: [UInt64], to next: inout [UInt64], at place: Surroundings) {
    precondition(positions.count == chain.count && next.count == chain.count)
    unsafe sets.withUnsafeBufferPointer { sets in
      unsafe chain.withUnsafeBufferPointer { chain in
        unsafe positions.withUnsafeBufferPointer { positions in
          unsafe next.withUnsafeMutableBufferPointer { next in
            var carry: UInt64 = 0
            for index in chain.indices {
              let word = unsafe positions[index]
              unsafe next[index] = (word &<< 1 | carry) & chain[index]
              carry = word &>> 63
            }
            for group in groups where group.surroundings.meets(place) {
              if unsafe Self.meets(positions, group.members, of: sets) {
                unsafe Self.add(group.successors, of: sets, to: next)
              }
            }
            for (surroundings, started) in starts where surroundings.meets(place) {
              unsafe Self.add(started, of: sets, to: next)
            }
          }
        }
      }
    }
  }

  private static func meets(
    _ positions: UnsafeBufferPointer<UInt64>, _ span: WordSpan, of sets: UnsafeBufferPointer<UInt64>
  ) -> Bool {
    for index in 0..<span.count where unsafe positions[span.first &+ index] & sets[span.offset &+ index] != 0 {
      return true
    }
    return false
  }

  private static func add(
    _ span: WordSpan, of sets: UnsafeBufferPointer<UInt64>, to positions: UnsafeMutableBufferPointer<UInt64>
  ) {
    for index in 0..<span.count { unsafe positions[span.first &+ index] |= sets[span.offset &+ index] }
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
    /// Ascending.
    var positions: [Int]

    /// Takes a position out if it is there.
    mutating func remove(_ position: Int) -> Bool {
      guard let index = positions.firstIndex(of: position) else { return false }
      positions.remove(at: index)
      return true
    }

    /// Sets are many and long, and mostly differ here already.
    func hash(into hasher: inout Hasher) {
      hasher.combine(surroundings)
      hasher.combine(positions.count)
      hasher.combine(positions.first)
      hasher.combine(positions.reduce(0, &+))
    }
  }
}

/// What a program reaches without reading, and where.
private struct PlainReach {
  private let instructions: [PatternProgram.Instruction]
  /// Where each instruction was reached by the walk under way.
  private var reached: [Surroundings]
  private var touched: [Int32] = []
  private var pending: [(Int32, Surroundings)] = []

  /// The positions reached, ascending, by where they are; there is no other order in them.
  private(set) var positions: [(surroundings: Surroundings, positions: [Int])] = []
  private(set) var match = Surroundings(bits: 0)
  /// How many instructions all walks have visited.
  private(set) var work = 0

  init(_ program: PatternProgram) {
    instructions = program.instructions
    reached = Array(repeating: Surroundings(bits: 0), count: instructions.count)
  }

  mutating func visit(from start: Int32) {
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
        let surroundings = reached[Int(index)]
        // Few kinds of surroundings occur, and mostly one.
        if let known = positions.firstIndex(where: { $0.surroundings == surroundings }) {
          positions[known].positions.append(Int(position))
        } else {
          positions.append((surroundings, [Int(position)]))
        }
      }
      reached[Int(index)] = Surroundings(bits: 0)
    }
    for index in positions.indices { positions[index].positions.sort() }
    touched.removeAll(keepingCapacity: true)
  }
}

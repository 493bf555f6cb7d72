/// Finds out which repetitions make a backtracking search's paths compound, and how.
///
/// The criteria are those of finite automata (Weber and Seidl 1991): exponentially many paths if two different ones
/// lead from a position back to it over the same text; polynomially many if over the same text one position leads back to itself and also to
/// another that leads back to itself.
struct CompoundingCause {
  /// How many sets of positions may be visited altogether.
  static let workLimit = 50_000
  /// How many ways from one position over one code point are looked at.
  static let wayLimit = 16

  private var steps: PathSteps
  private let pattern: RE2Pattern
  /// The node that each node is part of, -1 for the root.
  private let parents: [Int]
  private var work = 0
  private var knownWays: [Step: [Int32]] = [:]

  init(_ steps: PathSteps, _ pattern: RE2Pattern) {
    self.steps = steps
    self.pattern = pattern
    var parents = Array(repeating: -1, count: pattern.nodes.count)
    for (index, node) in pattern.nodes.enumerated() {
      switch node {
      case .empty, .nothing, .literal, .set, .assertion: break
      case .concatenation(let start, let count), .alternation(let start, let count):
        for part in pattern.parts[start..<(start &+ count)] { parents[part] = index }
      case .capture(_, let part), .repetition(let part, _, _, _): parents[part] = index
      }
    }
    self.parents = parents
  }

  /// What made an exploration stop; `nil` if that is not known.
  static func find(
    in exploration: PathExploration, _ outcome: PathExploration.Outcome, _ pattern: RE2Pattern
  ) -> Ambiguity.Finding? {
    var cause = CompoundingCause(exploration.steps, pattern)
    let crowded = exploration.crowded
    if let finding = cause.find(among: crowded) { return finding }
    guard outcome == .compounding else { return nil }
    let involved = crowded.prefix(8).compactMap { cause.repetitions(around: $0, orOptions: true).first }
    return Ambiguity.Finding(growth: .bounded, repetitions: Set(involved).sorted(), involvesSearch: false)
  }

  /// What makes paths compound at some positions, the most crowded first.
  private mutating func find(among crowded: [Int32]) -> Ambiguity.Finding? {
    let crowded = crowded.filter(isInLoop)
    for position in crowded.prefix(16) where goesRoundTwice(position) {
      return Ambiguity.Finding(
        growth: .exponential, repetitions: Set(repetitions(around: position)).sorted(), involvesSearch: false)
    }
    for position in crowded.prefix(16) {
      for source in [steps.searchStart] + crowded where source != position && feeds(source, position) {
        let isSearch = source == steps.searchStart
        let sources = isSearch ? [] : repetitions(around: source).prefix(1)
        return Ambiguity.Finding(
          growth: .polynomial, repetitions: Set(sources + repetitions(around: position).prefix(1)).sorted(),
          involvesSearch: isSearch)
      }
    }
    return nil
  }

  /// The repetitions that a position is in, the innermost first; those that match once at most are left out, unless asked for.
  private func repetitions(around position: Int32, orOptions: Bool = false) -> [Int] {
    var found: [Int] = []
    var node = Int(steps.program.positionNodes[Int(position)])
    while node >= 0 {
      if case .repetition(_, _, let maximum, _) = pattern.nodes[node], orOptions || maximum ?? 2 > 1 {
        found.append(node)
      }
      node = parents[node]
    }
    return found
  }

  /// Whether a position may come to itself again.
  private func isInLoop(_ position: Int32) -> Bool {
    repetitions(around: position).contains {
      if case .repetition(_, _, nil, _) = pattern.nodes[$0] { true } else { false }
    }
  }

  /// Whether two paths that differ lead from a position to itself over one text.
  private mutating func goesRoundTwice(_ position: Int32) -> Bool {
    reaches(from: [position, position], to: [position, position], mustDiffer: true)
  }

  /// Whether over one text `source` leads to itself and to `target`, and `target` to itself.
  private mutating func feeds(_ source: Int32, _ target: Int32) -> Bool {
    // The search's start leads to itself over any text.
    source == steps.searchStart
      ? reaches(from: [source, target], to: [target, target], mustDiffer: false)
      : reaches(from: [source, source, target], to: [source, target, target], mustDiffer: false)
  }

  private struct Walk: Hashable {
    var before: Surroundings.Neighbour
    var positions: [Int32]
    /// Whether the first two have taken different ways.
    var differs: Bool
  }

  /// Whether paths from some positions lead to others over one text.
  private mutating func reaches(from start: [Int32], to end: [Int32], mustDiffer: Bool) -> Bool {
    var pending = Surroundings.Neighbour.allCases.dropLast().map {
      Walk(before: $0, positions: start, differs: !mustDiffer)
    }
    var seen = Set(pending)
    while work <= Self.workLimit, let walk = pending.popLast() {
      for column in 0..<steps.program.alphabet.classCount {
        let after = steps.program.alphabet.kinds[column]
        work &+= 1
        var ways: [[Int32]] = []
        for position in walk.positions {
          ways.append(self.ways(from: position, walk.before, column, after))
          if ways.last?.isEmpty == true { break }
        }
        guard ways.count == walk.positions.count else { continue }
        var combined: [[Int]] = [[]]
        for way in ways { combined = combined.flatMap { chosen in way.indices.map { chosen + [$0] } } }
        for chosen in combined {
          work &+= 1
          let positions = zip(ways, chosen).map { $0[$1] }
          let differs = walk.differs || walk.positions[0] != walk.positions[1] || chosen[0] != chosen[1]
          if differs, positions == end { return true }
          let next = Walk(before: after, positions: positions, differs: differs)
          if seen.insert(next).inserted { pending.append(next) }
        }
        guard work <= Self.workLimit else { return false }
      }
    }
    return false
  }

  /// Where a position leads over one code point, once for each path but no more than twice, and no more than so many.
  private mutating func ways(
    from position: Int32, _ before: Surroundings.Neighbour, _ column: Int, _ after: Surroundings.Neighbour
  ) -> [Int32] {
    let key = Step(position: position, before: before, column: column)
    if let known = knownWays[key] { return known }
    var found: [Int32] = []
    var counts: [Int32: Int] = [:]
    for next in steps.fan(from: position, between: before, and: after).positions
    where steps.program.reads(Int(next), column) && counts[next, default: 0] < 2 && found.count < Self.wayLimit {
      counts[next, default: 0] &+= 1
      found.append(next)
    }
    if position == steps.searchStart { found.append(position) }
    knownWays[key] = found
    return found
  }

  private struct Step: Hashable {
    var position: Int32
    var before: Surroundings.Neighbour
    var column: Int
  }
}

/// Follows all paths of a backtracking search through all texts, until it has seen every list of positions they make.
struct PathExploration {
  enum Outcome {
    /// Every list has been seen, and no step is over the limit.
    case bounded
    /// A step is over the limit.
    case compounding
    /// There are too many lists.
    case beyondLimits
  }

  /// The paths at one place in a text.
  private struct Paths: Hashable {
    var before: Surroundings.Neighbour
    /// In order of preference; the search's start is last, unless a match is certain.
    var positions: [Int32]
  }

  private(set) var steps: PathSteps
  private var seen: Set<Paths> = []
  private var pending: [Paths] = []
  /// The list before each, and the class between them.
  private var origins: [(list: Int, column: Int)] = []
  /// The list that is looked at.
  private var done = 0
  private var work = 0

  /// `nil` for a pattern that is too large to be looked at, or repeats an assertion, which is written out for PCRE2 only.
  init?(_ pattern: RE2Pattern) {
    guard !NodeFacts(pattern).repeatsAssertions, let program = PatternProgram(pattern, sizeLimit: Ambiguity.sizeLimit)
    else { return nil }
    steps = PathSteps(program, pattern)
  }

  mutating func explore() -> Outcome {
    // A search may begin within a text, so anything may stand before it.
    for before in Surroundings.Neighbour.allCases {
      add(Paths(before: before, positions: [steps.searchStart]), from: -1, -1)
    }
    while done < pending.count {
      let paths = pending[done]
      if cost(of: paths, before: .edge) > Ambiguity.pathLimit { return .compounding }
      for column in 0..<steps.program.alphabet.classCount {
        let after = steps.program.alphabet.kinds[column]
        if cost(of: paths, before: after) > Ambiguity.pathLimit { return .compounding }
        add(step(paths, column), from: done, column)
        guard work <= Ambiguity.workLimit, pending.count <= Ambiguity.listLimit else { return .beyondLimits }
      }
      done &+= 1
    }
    return .bounded
  }

  /// The positions in the lists seen last but the search's start, those that most paths are at first.
  var crowded: [Int32] {
    var greatest: [Int32: Int] = [:]
    for paths in pending.suffix(256) {
      let counts = Dictionary(paths.positions.map { ($0, 1) }, uniquingKeysWith: &+)
      greatest.merge(counts, uniquingKeysWith: max)
    }
    greatest[steps.searchStart] = nil
    return greatest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// A text that leads to the list at which exploring stopped, as classes of the alphabet.
  var text: [Int] {
    var text: [Int] = []
    var list = done
    while origins.indices.contains(list), origins[list].list >= 0 {
      text.append(origins[list].column)
      list = origins[list].list
    }
    return text.reversed()
  }

  private mutating func add(_ paths: Paths, from list: Int, _ column: Int) {
    guard seen.insert(paths).inserted else { return }
    pending.append(paths)
    origins.append((list, column))
  }

  /// How many instructions are tried where `after` comes next.
  private mutating func cost(of paths: Paths, before after: Surroundings.Neighbour) -> Int {
    var cost = 0
    for position in paths.positions {
      let fan = steps.fan(from: position, between: paths.before, and: after)
      cost &+= fan.cost
      work &+= 1
      if fan.matches || cost > Ambiguity.pathLimit { break }
    }
    return cost
  }

  private mutating func step(_ paths: Paths, _ column: Int) -> Paths {
    let after = steps.program.alphabet.kinds[column]
    var following = Paths(before: after, positions: [])
    for position in paths.positions {
      let fan = steps.fan(from: position, between: paths.before, and: after)
      work &+= 1 &+ fan.positions.count
      for next in fan.positions where steps.program.reads(Int(next), column) { following.positions.append(next) }
      // A match ends the search, and what is preferred less is never tried.
      if fan.matches { return following }
      if position == steps.searchStart { following.positions.append(position) }
    }
    return following
  }
}

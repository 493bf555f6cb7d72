/// Where the paths of a backtracking search lead from one code point to the next, each counted.
struct PathSteps {
  /// All paths from one position up to the next code point, in order of preference.
  struct Fan {
    /// The positions that would read it; one as often as paths lead to it.
    var positions: [Int32] = []
    /// Whether a path ends the search with a match; those it is preferred to are left out.
    var matches = false
    /// How many instructions are tried.
    var cost = 0
  }

  let program: PatternProgram
  /// How much trying a position costs: PCRE2 looks through the ranges of a set that are not Latin 1 one by one.
  private let readCosts: [Int]
  /// The index into `fans`, by position and place; -1 until it is known.
  private var fanNumbers: [Int32]
  private var fans: [Fan] = []

  /// The start of the search, as a position.
  var searchStart: Int32 { Int32(program.positionCount) }

  init(_ program: PatternProgram, _ pattern: RE2Pattern) {
    self.program = program
    fanNumbers = Array(repeating: -1, count: (program.positionCount &+ 1) &* 16)
    readCosts = program.positionNodes.map { node in
      guard case .set(let set) = pattern.nodes[Int(node)] else { return 1 }
      return 1 &+ pattern.sets[set].ranges.count { $0.upperBound > 0xFF } / 16
    }
  }

  /// The paths from behind a position, or from the search's start.
  mutating func fan(
    from position: Int32, between before: Surroundings.Neighbour, and after: Surroundings.Neighbour
  ) -> Fan {
    let key = Int(position) &* 16 &+ Int(before.rawValue) &* 4 &+ Int(after.rawValue)
    if fanNumbers[key] < 0 {
      fanNumbers[key] = Int32(fans.count)
      let start = position == searchStart ? program.entry : program.positionNexts[Int(position)]
      fans.append(fan(from: start, at: Surroundings(before: before, after: after)))
    }
    return fans[Int(fanNumbers[key])]
  }

  private enum Task {
    case visit(Int32)
    case leave
  }

  private func fan(from start: Int32, at place: Surroundings) -> Fan {
    var fan = Fan()
    var tasks = [Task.visit(start)]
    /// The loops that the path under way has passed: one that comes round without having read goes on behind, as in PCRE2.
    var passed: [Int32] = []
    while let task = tasks.popLast(), fan.cost <= Ambiguity.pathLimit {
      guard case .visit(let index) = task else {
        passed.removeLast()
        continue
      }
      fan.cost &+= 1
      switch program.instructions[Int(index)] {
      case .read(let position, _):
        fan.positions.append(position)
        fan.cost &+= readCosts[Int(position)] &- 1
      case .split(let first, let second):
        tasks.append(.visit(second))
        tasks.append(.visit(first))
      case .loop(let again, let exit, let isLazy):
        guard !passed.contains(index) else {
          tasks.append(.visit(exit))
          continue
        }
        passed.append(index)
        tasks.append(.leave)
        tasks.append(.visit(isLazy ? again : exit))
        tasks.append(.visit(isLazy ? exit : again))
      case .check(let required, let next):
        if required.meets(place) { tasks.append(.visit(next)) }
      case .note(_, let next): tasks.append(.visit(next))
      case .match:
        fan.matches = true
        return fan
      case .fail: break
      }
    }
    return fan
  }
}

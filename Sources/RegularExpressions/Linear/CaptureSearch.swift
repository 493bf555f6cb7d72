/// Finds the leftmost match that a backtracking search would prefer, and its groups, in time linear in the text.
///
/// All paths are followed at once, in order of preference; one that reaches an instruction which a preferred one is at
/// already is dropped, since from there on it could do no better (Pike's method, as in `re2/nfa.cc`).
struct CaptureSearch: ~Copyable {
  /// Instructions in the order they were reached, with the groups noted on the way.
  private struct Threads {
    var positions: [Int32] = []
    /// The slots of each thread, one behind the other.
    var slots: [Int] = []
  }

  private enum Task {
    case visit(Int32)
    case restore(slot: Int, Int)
  }

  private let program: PatternProgram
  private let seeksAny: Bool
  private let slotCount: Int
  private var threads = Threads()
  private var next = Threads()
  /// For each instruction the last step it was reached in.
  private var reached: [Int]
  private var step = 0
  private var tasks: [Task] = []
  private var slots: [Int]
  private var best: [Int]?

  /// - Parameters:
  ///   - program: The pattern.
  ///   - seeksAny: Whether to stop at any match, and note no groups.
  init(_ program: PatternProgram, seeksAny: Bool = false) {
    self.program = program
    self.seeksAny = seeksAny
    slotCount = seeksAny ? 2 : (program.captureCount &+ 1) &* 2
    reached = Array(repeating: 0, count: program.instructions.count)
    slots = Array(repeating: -1, count: slotCount)
  }

  /// The byte ranges of the first match from `start` on and of each group; `nil` for groups that took no part.
  ///
  /// Assertions see the text before `start`.
  mutating func firstMatch(in text: Span<UInt8>, from start: Int) -> [Range<Int>?]? {
    var place = start
    var before = program.neighbour(before: start, in: text)
    while true {
      let codePoint = place < text.count ? text.codePoint(at: place) : nil
      let column = codePoint.map { program.alphabet.classOf($0.value) }
      let after = column.map { program.alphabet.kinds[$0] } ?? .edge
      advance(column, place, at: Surroundings(before: before, after: after))
      guard let codePoint, best == nil || !seeksAny && !threads.positions.isEmpty else { break }
      before = after
      place &+= codePoint.length
    }
    return best.map { slots in
      stride(from: 0, to: slotCount, by: 2).map { slot in
        slots[slot] >= 0 && slots[slot &+ 1] >= slots[slot] ? slots[slot]..<slots[slot &+ 1] : nil
      }
    }
  }

  /// Takes all threads, which stand before `place`, over it, and those that read on over the code point behind it.
  private mutating func advance(_ column: Int?, _ place: Int, at surroundings: Surroundings) {
    step &+= 1
    next.positions.removeAll(keepingCapacity: true)
    next.slots.removeAll(keepingCapacity: true)
    var hasMatched = false
    for index in threads.positions.indices {
      for slot in 0..<slotCount { slots[slot] = threads.slots[index &* slotCount &+ slot] }
      let instruction = program.positionNexts[Int(threads.positions[index])]
      if follow(instruction, column, place, surroundings) {
        hasMatched = true
        break
      }
    }
    if !hasMatched, best == nil {
      for slot in 1..<slotCount { slots[slot] = -1 }
      slots[0] = place
      _ = follow(program.entry, column, place, surroundings)
    }
    swap(&threads, &next)
  }

  /// Follows all paths from an instruction to where they read or match.
  ///
  /// - Returns: Whether one matched, so that what is preferred less need not be followed.
  private mutating func follow(_ start: Int32, _ column: Int?, _ place: Int, _ surroundings: Surroundings) -> Bool {
    tasks.removeAll(keepingCapacity: true)
    tasks.append(.visit(start))
    while let task = tasks.popLast() {
      guard case .visit(let index) = task else {
        if case .restore(let slot, let value) = task { slots[slot] = value }
        continue
      }
      guard reached[Int(index)] != step else { continue }
      reached[Int(index)] = step
      switch program.instructions[Int(index)] {
      case .read(let position, _):
        if let column, program.reads(Int(position), column) {
          next.positions.append(position)
          next.slots.append(contentsOf: slots)
        }
      case .split(let first, let second):
        tasks.append(.visit(second))
        tasks.append(.visit(first))
      case .loop(let again, let exit, let isLazy):
        tasks.append(.visit(isLazy ? again : exit))
        tasks.append(.visit(isLazy ? exit : again))
      case .check(let required, let next):
        if required.meets(surroundings) { tasks.append(.visit(next)) }
      case .note(_, let next) where seeksAny: tasks.append(.visit(next))
      case .note(let slot, let next):
        tasks.append(.restore(slot: Int(slot), slots[Int(slot)]))
        slots[Int(slot)] = place
        tasks.append(.visit(next))
      case .match:
        slots[1] = place
        best = slots
        return true
      case .fail: break
      }
    }
    return false
  }
}

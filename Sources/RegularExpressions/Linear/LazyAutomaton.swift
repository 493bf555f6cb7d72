/// A deterministic automaton that is made as texts ask for it, in bounded memory.
///
/// A state is a set of positions and what stands before the place. When the memory is full all states are dropped; when
/// that happens again before the states have paid for themselves, the rest of the text is read with sets of positions
/// and no states, as RE2 does (`re2/dfa.cc`).
struct LazyAutomaton: Sendable {
  /// How many bytes the states of one automaton may take.
  static let memoryLimit = 1 << 20
  /// How many states there may be however large each is.
  static let fewestStates = 16
  /// How many code points per state make the states worth their memory.
  static let worthwhileReads = 10

  /// What stands in `transitions` instead of a state.
  private enum Mark {
    static let unknown: Int32 = -1
    static let match: Int32 = -2
    static let dead: Int32 = -3
    /// There is no more room for states.
    static let full: Int32 = -4
  }

  private let program: PatternProgram
  private let groups: PositionGroups
  private let isAnchored: Bool
  /// How many columns a state has: one for each class, and one for the end.
  private let stride: Int
  private let stateLimit: Int

  /// For each state and class the next state's first index here.
  private var transitions: [Int32] = []
  /// For each state its positions.
  private var stateSets: [UInt64] = []
  private var stateNeighbours: [Surroundings.Neighbour] = []
  /// Numbers of states by hash, open addressing; -1 is free.
  private var table: [Int32]
  /// The states that have no positions yet, by what stands before the start.
  private var startStates: [Int32]
  private var current: [UInt64]
  private var next: [UInt64]

  init(_ program: PatternProgram, _ groups: PositionGroups) {
    self.program = program
    self.groups = groups
    isAnchored = groups.isAnchored
    stride = program.alphabet.classCount &+ 1
    let stateBytes = stride &* 4 &+ program.wordCount &* 8 &+ 9
    stateLimit = min(max(Self.memoryLimit / stateBytes, Self.fewestStates), 1 << 14)
    table = Array(repeating: -1, count: 64)
    startStates = Array(repeating: Mark.unknown, count: Surroundings.Neighbour.allCases.count)
    current = Array(repeating: 0, count: program.wordCount)
    next = current
  }

  /// Whether the pattern matches anywhere in `text`, from a byte offset on.
  mutating func matches(_ text: Span<UInt8>, from start: Int) -> Bool {
    let asciiClasses = program.alphabet.asciiClasses
    let ascii = asciiClasses.span
    var place = start
    var lastFlush = start
    let before = program.neighbour(before: start, in: text)
    var state = startStates[Int(before.rawValue)]
    if state == Mark.unknown {
      for index in current.indices { current[index] = 0 }
      state = stateNumber(before)
      if state == Mark.full {
        flush()
        state = stateNumber(before)
      }
      startStates[Int(before.rawValue)] = state
    }
    while place < text.count {
      let byte = text[place]
      var length = 1
      let column: Int
      if byte < 128 {
        column = Int(ascii[Int(byte)])
      } else {
        let codePoint = text.codePoint(at: place)
        column = program.alphabet.classOf(codePoint.value)
        length = codePoint.length
      }
      var following = transitions[Int(state) &+ column]
      if following < 0 {
        if following == Mark.unknown { following = follow(state, column) }
        if following == Mark.match { return true }
        if following == Mark.dead { return false }
        if following == Mark.full {
          let neighbour = stateNeighbours[Int(state) / stride]
          let isWorthwhile = place &- lastFlush >= Self.worthwhileReads &* stateNeighbours.count
          load(state)
          flush()
          guard isWorthwhile else { return simulate(text, from: place, neighbour) }
          lastFlush = place
          state = stateNumber(neighbour)
          continue
        }
      }
      state = following
      place &+= length
    }
    let column = stride &- 1
    let end = transitions[Int(state) &+ column]
    return (end == Mark.unknown ? follow(state, column) : end) == Mark.match
  }

  /// Finds where a state leads, and keeps it.
  private mutating func follow(_ state: Int32, _ column: Int) -> Int32 {
    let before = stateNeighbours[Int(state) / stride]
    load(state)
    let isEnd = column == stride &- 1
    let after = isEnd ? .edge : program.alphabet.kinds[column]
    let place = Surroundings(before: before, after: after)
    let following: Int32
    if endsMatch(at: place) {
      following = Mark.match
    } else if isEnd {
      following = Mark.dead
    } else {
      let isEmpty = step(column, at: place)
      if endsMatchAnywhere() {
        following = Mark.match
      } else if isEmpty, isAnchored {
        following = Mark.dead
      } else {
        following = stateNumber(after)
      }
    }
    if following != Mark.full { transitions[Int(state) &+ column] = following }
    return following
  }

  /// Reads the rest of a text without states, from the positions of `current`.
  private mutating func simulate(
    _ text: Span<UInt8>, from start: Int, _ before: Surroundings.Neighbour
  ) -> Bool {
    var place = start
    var before = before
    while place < text.count {
      let codePoint = text.codePoint(at: place)
      let column = program.alphabet.classOf(codePoint.value)
      let surroundings = Surroundings(before: before, after: program.alphabet.kinds[column])
      if endsMatch(at: surroundings) { return true }
      if step(column, at: surroundings), isAnchored { return false }
      before = program.alphabet.kinds[column]
      place &+= codePoint.length
    }
    return endsMatch(at: Surroundings(before: before, after: .edge))
  }

  /// Takes `current` over one code point.
  ///
  /// - Returns: Whether no position is left.
  private mutating func step(_ characterClass: Int, at place: Surroundings) -> Bool {
    let groups = groups
    groups.advance(current, to: &next, at: place)
    let wordCount = program.wordCount
    let readers = program.readers[(characterClass &* wordCount)..<((characterClass &+ 1) &* wordCount)]
    var union: UInt64 = 0
    // Slices of equal length: nothing to check in the loop, which becomes vector instructions.
    unsafe readers.withUnsafeBufferPointer { readers in
      unsafe next.withUnsafeBufferPointer { next in
        unsafe current.withUnsafeMutableBufferPointer { current in
          for index in 0..<wordCount {
            let word = unsafe next[index] & readers[index]
            unsafe current[index] = word
            union |= word
          }
        }
      }
    }
    return union == 0
  }

  /// Whether a match ends at a place, with the positions of `current` before it.
  private func endsMatch(at place: Surroundings) -> Bool {
    groups.emptyMatch.meets(place) || groups.ends.contains { $0.surroundings.meets(place) && meets($0.positions) }
  }

  /// Whether a match ends here whatever comes.
  private func endsMatchAnywhere() -> Bool {
    groups.ends.contains { $0.surroundings == .everywhere && meets($0.positions) }
  }

  private func meets(_ positions: PositionGroups.WordSpan) -> Bool {
    for index in 0..<positions.count
    where current[positions.first &+ index] & groups.sets[positions.offset &+ index] != 0 { return true }
    return false
  }

  private mutating func load(_ state: Int32) {
    let offset = Int(state) / stride &* program.wordCount
    for index in 0..<program.wordCount { current[index] = stateSets[offset &+ index] }
  }

  /// The state of `current`, as its first index into `transitions`.
  private mutating func stateNumber(_ before: Surroundings.Neighbour) -> Int32 {
    let wordCount = program.wordCount
    var hash = UInt64(before.rawValue)
    for word in current { hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15; hash ^= hash &>> 29 }
    var slot = Int(truncatingIfNeeded: hash) & (table.count &- 1)
    probing: while table[slot] >= 0 {
      let number = Int(table[slot])
      slot = (slot &+ 1) & (table.count &- 1)
      guard stateNeighbours[number] == before else { continue }
      let offset = number &* wordCount
      for index in 0..<wordCount where stateSets[offset &+ index] != current[index] { continue probing }
      return Int32(number &* stride)
    }
    let number = stateNeighbours.count
    guard number < stateLimit else { return Mark.full }
    table[slot] = Int32(number)
    stateNeighbours.append(before)
    stateSets.append(contentsOf: current)
    transitions.append(contentsOf: repeatElement(Mark.unknown, count: stride))
    if number &* 2 > table.count { growTable() }
    return Int32(number &* stride)
  }

  private mutating func growTable() {
    let wordCount = program.wordCount
    table = Array(repeating: -1, count: table.count &* 4)
    for number in stateNeighbours.indices {
      var hash = UInt64(stateNeighbours[number].rawValue)
      for word in stateSets[(number &* wordCount)..<((number &+ 1) &* wordCount)] {
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15; hash ^= hash &>> 29
      }
      var slot = Int(truncatingIfNeeded: hash) & (table.count &- 1)
      while table[slot] >= 0 { slot = (slot &+ 1) & (table.count &- 1) }
      table[slot] = Int32(number)
    }
  }

  private mutating func flush() {
    transitions.removeAll(keepingCapacity: true)
    stateSets.removeAll(keepingCapacity: true)
    stateNeighbours.removeAll(keepingCapacity: true)
    for index in table.indices { table[index] = -1 }
    for index in startStates.indices { startStates[index] = Mark.unknown }
  }
}

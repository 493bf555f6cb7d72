/// Writes the instructions of a `PatternProgram`, from the end of the pattern to its start.
///
/// Going backwards, what follows a part is known when the part is written. Work to do is kept on a stack of its own, since a
/// pattern may nest deeper than a thread's stack allows.
struct PatternCompiler {
  private enum Task {
    case write(Int)
    /// The same part so many times.
    case copies(Int, count: Int)
    /// The same part so many times, each within the one before it: `(x(x(x)?)?)?`.
    case optionalCopies(Int, count: Int, exit: Int32, isLazy: Bool)
    /// Makes optional what was written last.
    case option(exit: Int32, isLazy: Bool)
    /// Closes a loop around what was written last; entered at the loop, or at the part if it runs at least once.
    case closeLoop(at: Int32, exit: Int32, isLazy: Bool, entersPart: Bool, isNullable: Bool)
    /// Starts another alternative.
    case alternative(exit: Int32)
    /// Takes what was written last as an alternative.
    case endAlternative
    case joinAlternatives(count: Int)
    case note(slot: Int32)
  }

  private let pattern: RE2Pattern
  private let facts: NodeFacts
  private var tasks: [Task] = []
  private var alternatives: [Int32] = []
  private var symbolNumbers: [PatternAlphabet.Symbol: Int32] = [:]

  private(set) var instructions: [PatternProgram.Instruction] = [.match]
  /// Where what has been written so far begins.
  private(set) var current: Int32 = 0
  private(set) var symbols: [PatternAlphabet.Symbol] = []
  /// By position, the last of the text first.
  private(set) var positionNodes: [Int32] = []
  private(set) var positionNexts: [Int32] = []
  private(set) var positionSymbols: [Int32] = []
  /// Whether an assertion asks about words or lines.
  private(set) var seesNeighbours = false

  /// `nil` when the program would have `sizeLimit` instructions or more.
  init?(_ pattern: RE2Pattern, sizeLimit: Int) {
    facts = NodeFacts(pattern)
    guard let size = facts.sizes.last, size < min(sizeLimit, PatternProgram.sizeLimit) else { return nil }
    self.pattern = pattern
  }

  mutating func compile() {
    tasks = [.write(pattern.root)]
    while let task = tasks.popLast() {
      switch task {
      case .write(let node): write(node)
      case .copies(let node, let count):
        if count > 1 { tasks.append(.copies(node, count: count &- 1)) }
        tasks.append(.write(node))
      case .optionalCopies(let node, let count, let exit, let isLazy):
        if count > 1 { tasks.append(.optionalCopies(node, count: count &- 1, exit: exit, isLazy: isLazy)) }
        tasks.append(.option(exit: exit, isLazy: isLazy))
        tasks.append(.write(node))
      case .option(let exit, let isLazy):
        append(isLazy ? .split(first: exit, second: current) : .split(first: current, second: exit))
      case .closeLoop(let loop, let exit, let isLazy, let entersPart, let isNullable):
        instructions[Int(loop)] =
          if isNullable {
            .loop(again: current, exit: exit, isLazy: isLazy)
          } else {
            isLazy ? .split(first: exit, second: current) : .split(first: current, second: exit)
          }
        if !entersPart { current = loop }
      case .alternative(let exit): current = exit
      case .endAlternative: alternatives.append(current)
      case .joinAlternatives(let count): join(count)
      case .note(let slot): append(.note(slot: slot, next: current))
      }
    }
  }

  private mutating func write(_ node: Int) {
    switch pattern.nodes[node] {
    case .empty: break
    case .nothing: append(.fail)
    case .literal(let codePoint): read(.literal(codePoint), node)
    case .set(let set): read(.set(set), node)
    case .assertion(let assertion):
      switch assertion {
      case .textStart, .textEnd: break
      case .lineStart, .lineEnd, .wordBoundary, .notWordBoundary: seesNeighbours = true
      }
      append(.check(Surroundings(of: assertion), next: current))
    case .concatenation(let start, let count):
      for index in start..<(start &+ count) { tasks.append(.write(pattern.parts[index])) }
    case .alternation(let start, let count):
      tasks.append(.joinAlternatives(count: count))
      for index in start..<(start &+ count) {
        tasks.append(.endAlternative)
        tasks.append(.write(pattern.parts[index]))
        tasks.append(.alternative(exit: current))
      }
    case .capture(let number, let part):
      append(.note(slot: Int32(truncatingIfNeeded: number &* 2 &+ 1), next: current))
      tasks.append(.note(slot: Int32(truncatingIfNeeded: number &* 2)))
      tasks.append(.write(part))
    case .repetition(let part, let minimum, let maximum, let isLazy):
      writeRepetition(of: part, minimum, maximum, isLazy: isLazy)
    }
  }

  private mutating func writeRepetition(of part: Int, _ minimum: Int, _ maximum: Int?, isLazy: Bool) {
    var (minimum, maximum) = (minimum, maximum)
    // Where only assertions repeat, once says it all.
    if facts.isAssertionOnly[part] { (minimum, maximum) = (min(minimum, 1), min(maximum ?? 1, 1)) }
    let exit = current
    guard let maximum else {
      let runsOnce = minimum > 0
      if minimum > 1 { tasks.append(.copies(part, count: minimum &- 1)) }
      // One branch for a part that may be empty would order its paths wrongly: `x*` is `(x+)?` then, as in RE2.
      let isNullable = facts.isNullable[part]
      let isOption = !runsOnce && isNullable
      if isOption { tasks.append(.option(exit: exit, isLazy: isLazy)) }
      let loop = append(.fail)
      tasks.append(
        .closeLoop(at: loop, exit: exit, isLazy: isLazy, entersPart: runsOnce || isOption, isNullable: isNullable))
      tasks.append(.write(part))
      return
    }
    if minimum > 0 { tasks.append(.copies(part, count: minimum)) }
    if maximum > minimum {
      tasks.append(.optionalCopies(part, count: maximum &- minimum, exit: exit, isLazy: isLazy))
    }
  }

  private mutating func read(_ symbol: PatternAlphabet.Symbol, _ node: Int) {
    let number = symbolNumbers[symbol] ?? Int32(symbols.count)
    if number == symbols.count {
      symbols.append(symbol)
      symbolNumbers[symbol] = number
    }
    let position = Int32(positionNodes.count)
    positionNodes.append(Int32(node))
    positionNexts.append(current)
    positionSymbols.append(number)
    append(.read(position: position, next: current))
  }

  /// Joins the alternatives written last, the last of which stands first.
  private mutating func join(_ count: Int) {
    guard count > 0 else {
      append(.fail)
      return
    }
    // Written backwards, the last alternative was taken first.
    let entries = alternatives.suffix(count)
    current = entries.first ?? current
    for entry in entries.dropFirst() { append(.split(first: entry, second: current)) }
    alternatives.removeLast(count)
  }

  @discardableResult
  private mutating func append(_ instruction: PatternProgram.Instruction) -> Int32 {
    current = Int32(instructions.count)
    instructions.append(instruction)
    return current
  }
}

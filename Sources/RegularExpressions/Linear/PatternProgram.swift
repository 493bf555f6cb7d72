/// A pattern as a nondeterministic automaton: instructions that read one code point or none.
///
/// Counted repetitions are written out, and loops are built as RE2 builds them (`re2/compile.cc`), so that paths in their
/// order of preference are RE2's. A *position* is an instruction that reads; positions are numbered as they stand in the text.
struct PatternProgram: Sendable {
  enum Instruction: Sendable {
    /// Reads a code point that the position's symbol has.
    case read(position: Int32, next: Int32)
    /// Tries one way, then the other.
    case split(first: Int32, second: Int32)
    /// The end of a part that repeats and may be empty: once more, or on; on first if lazy.
    case loop(again: Int32, exit: Int32, isLazy: Bool)
    /// Goes on where the assertion holds.
    case check(Surroundings, next: Int32)
    /// Notes the place in a slot: twice the group's number, one more at its end.
    case note(slot: Int32, next: Int32)
    case match
    /// Leads nowhere.
    case fail
  }

  /// How many instructions a program may have.
  ///
  /// Nothing that RE2 takes has more: it stops at 699,000 of its own (`PatternSize`), and one of ours takes one of those or more.
  static let sizeLimit = 700_000
  /// How many words the table of what positions read may have: 8 MB.
  static let tableLimit = 1 << 20

  var instructions: [Instruction]
  var entry: Int32
  /// The node that each position came from, the instruction behind it, and its symbol, an index into the alphabet's.
  var positionNodes: [Int32]
  var positionNexts: [Int32]
  var positionSymbols: [Int32]
  var alphabet: PatternAlphabet
  /// How many words a set of positions takes.
  var wordCount: Int
  /// For each class, the set of positions that read it, one behind the other.
  var readers: [UInt64]
  var captureCount: Int

  var positionCount: Int { positionNodes.count }

  /// Whether a position reads a class.
  func reads(_ position: Int, _ characterClass: Int) -> Bool {
    readers[characterClass &* wordCount &+ position >> 6] & (1 << UInt64(position & 63)) != 0
  }

  /// `nil` when the program would be over its limits.
  init?(_ pattern: RE2Pattern, sizeLimit: Int = PatternProgram.sizeLimit) {
    guard var compiler = PatternCompiler(pattern, sizeLimit: sizeLimit) else { return nil }
    compiler.compile()
    guard
      let alphabet = PatternAlphabet(
        symbols: compiler.symbols, sets: pattern.sets, seesNeighbours: compiler.seesNeighbours)
    else { return nil }
    let count = compiler.positionNodes.count
    let wordCount = (count &+ 63) >> 6
    let (size, overflow) = wordCount.multipliedReportingOverflow(by: alphabet.classCount)
    guard !overflow, size <= Self.tableLimit else { return nil }
    // The compiler works from the end to the start.
    instructions = compiler.instructions.map { instruction in
      guard case .read(let position, let next) = instruction else { return instruction }
      return .read(position: Int32(count &- 1) &- position, next: next)
    }
    entry = compiler.current
    positionNodes = compiler.positionNodes.reversed()
    positionNexts = compiler.positionNexts.reversed()
    positionSymbols = compiler.positionSymbols.reversed()
    captureCount = pattern.captureCount
    self.alphabet = alphabet
    self.wordCount = wordCount
    readers = Array(repeating: 0, count: size)
    for (position, symbol) in positionSymbols.enumerated() {
      for member in alphabet.symbolClasses[Int(symbol)] {
        readers[Int(member) &* wordCount &+ position >> 6] |= 1 << UInt64(position & 63)
      }
    }
  }
}

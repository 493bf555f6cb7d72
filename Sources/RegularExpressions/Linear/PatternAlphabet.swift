/// Code points in classes whose members no part of a pattern tells apart.
///
/// Automata step by class, so that a pattern of `[a-z]` and `.` has a handful of columns and not a million.
struct PatternAlphabet: Sendable {
  /// What one position of a pattern reads.
  enum Symbol: Hashable, Sendable {
    case literal(UInt32)
    /// An index into `RE2Pattern.sets`.
    case set(Int)
  }

  /// How many steps the division may take, in intervals looked at; a pattern of thousands of sets is beyond it.
  static let workLimit = 8_000_000
  /// How many classes there may be.
  static let classLimit = 16_384

  /// The class of each ASCII code point.
  private(set) var asciiClasses: [UInt16] = []
  /// How many classes there are.
  private(set) var classCount = 0
  /// What the members of each class are to an assertion beside them; all are `other` where no assertion asks.
  private(set) var kinds: [Surroundings.Neighbour] = []
  /// The classes of each symbol.
  private(set) var symbolClasses: [[UInt16]] = []

  /// The first code points of the intervals, ascending from 0, and their classes.
  private var starts: [UInt32] = [0]
  private var classes: [UInt16] = []

  /// Divides the code points by `symbols`; `nil` over the limits.
  ///
  /// With `seesNeighbours`, where an assertion looks at words or lines, those are told apart as well.
  init?(symbols: [Symbol], sets: [RE2Pattern.CodePointSet], seesNeighbours: Bool) {
    var ranges = symbols.map { symbol in
      switch symbol {
      case .literal(let codePoint): [codePoint...codePoint]
      case .set(let index): sets.indices.contains(index) ? sets[index].ranges : []
      }
    }
    if seesNeighbours { ranges += [Self.word, [0x0A...0x0A]] }
    for range in ranges.joined() {
      starts.append(range.lowerBound)
      if range.upperBound < .max { starts.append(range.upperBound + 1) }
    }
    starts.sort()
    var kept = 0
    for start in starts where kept == 0 || starts[kept &- 1] != start {
      starts[kept] = start
      kept &+= 1
    }
    starts.removeLast(starts.count &- kept)
    guard var divided = divide(by: ranges) else { return nil }

    // Names left over from the division are taken out.
    var names: [Int: UInt16] = [:]
    for name in divided where names[name] == nil {
      guard names.count < Self.classLimit else { return nil }
      names[name] = UInt16(names.count)
    }
    classes = divided.map { names[$0] ?? 0 }
    divided = []
    classCount = names.count
    asciiClasses = (0..<128).map { classes[interval(of: $0)] }
    var seen = [Int](repeating: -1, count: classCount)
    for (number, ranges) in ranges.enumerated() {
      var members: [UInt16] = []
      forEachInterval(in: ranges) { index in
        let member = classes[index]
        if seen[Int(member)] != number {
          seen[Int(member)] = number
          members.append(member)
        }
      }
      symbolClasses.append(members)
    }
    kinds = Array(repeating: .other, count: classCount)
    if seesNeighbours {
      for member in symbolClasses.removeLast() { kinds[Int(member)] = .lineFeed }
      for member in symbolClasses.removeLast() { kinds[Int(member)] = .word }
    }
  }

  /// The class of a code point.
  func classOf(_ codePoint: UInt32) -> Int {
    codePoint < 128 ? Int(asciiClasses[Int(codePoint)]) : Int(classes[interval(of: codePoint)])
  }

  /// The first member of a class that is a character; none of the class of surrogates is.
  func firstMember(of column: Int) -> Unicode.Scalar? {
    for (index, name) in classes.enumerated() where Int(name) == column {
      let end = index + 1 < starts.count ? starts[index + 1] : .max
      if let scalar = Unicode.Scalar(starts[index]) { return scalar }
      if end > 0xE000, starts[index] < 0xE000 { return "\u{E000}" }
    }
    return nil
  }

  private static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

  /// A name for each interval; two have the same one when each symbol has both or neither.
  private func divide(by symbols: [[ClosedRange<UInt32>]]) -> [Int]? {
    var names = [Int](repeating: 0, count: starts.count)
    var nameCount = 1
    var work = 0
    for ranges in symbols {
      var renamed: [Int: Int] = [:]
      forEachInterval(in: ranges) { index in
        work &+= 1
        if let name = renamed[names[index]] {
          names[index] = name
        } else {
          renamed[names[index]] = nameCount
          names[index] = nameCount
          nameCount &+= 1
        }
      }
      guard work <= Self.workLimit else { return nil }
    }
    return names
  }

  /// Visits the intervals that make up some ranges.
  private func forEachInterval(in ranges: [ClosedRange<UInt32>], _ visit: (Int) -> Void) {
    for range in ranges {
      var index = interval(of: range.lowerBound)
      while index < starts.count, starts[index] <= range.upperBound {
        visit(index)
        index &+= 1
      }
    }
  }

  /// The last interval that starts at or before a code point.
  private func interval(of codePoint: UInt32) -> Int {
    var low = 0
    var high = starts.count
    while high &- low > 1 {
      let middle = (low &+ high) / 2
      if starts[middle] <= codePoint { low = middle } else { high = middle }
    }
    return low
  }
}

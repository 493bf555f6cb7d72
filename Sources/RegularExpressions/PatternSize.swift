/// How large a pattern is: about as many instructions as RE2 compiles it to (`re2/compile.cc`).
///
/// RE2 refuses what exceeds its memory budget of 8 MiB; so a pattern that is refused here is one that no engine of CEL takes.
struct PatternSize {
  /// The instructions that fit into two thirds of 8 MiB, a quarter of them kept for the program: 2/3 × 8 MiB / 8.
  static let limit = 698_992

  /// The instructions of all parts, each counted once.
  private var total = 0

  /// Whether even the parts, unrepeated, are too many.
  var isOverLimit: Bool { total > PatternSize.limit }

  mutating func add(_ instructions: Int) { total += instructions }

  /// The fault of a pattern that is too large.
  func fault(_ count: Int) -> RE2Fault {
    RE2Fault(
      .invalid, 0..<count, "pattern too large: its repetitions and classes make more than \(PatternSize.limit) steps")
  }

  /// The instructions of a repeated part: copies of it, as counted repetitions are written out.
  static func of(_ size: Int, repeated counts: RepetitionCounts) -> Int {
    let minimum = counts.minimum
    guard let maximum = counts.maximum else { return max(minimum, 1) * size + 1 }
    return maximum == 0 ? 1 : minimum * size + (maximum - minimum) * (size + 1)
  }

  /// The instructions of a set; see `UTF8SequenceCount`.
  static func of(_ ranges: [ClosedRange<UInt32>]) -> Int {
    // RE2 matches a letter in either case by one instruction.
    if ranges.count == 2, ranges[0].count == 1, ranges[1].count == 1, ranges[1].upperBound < 0x80,
      ranges[0].lowerBound ^ ranges[1].lowerBound == 0x20
    {
      return 1
    }
    guard let last = ranges.last, last.upperBound >= 0x80 else { return max(2 * ranges.count - 1, 1) }
    var count = UTF8SequenceCount()
    var pending: ClosedRange<UInt32>?
    for range in ranges {
      // RE2 leaves surrogates in.
      if let before = pending, before.upperBound == 0xD7FF, range.lowerBound == 0xE000 {
        pending = before.lowerBound...range.upperBound
      } else {
        if let before = pending { count.add(before) }
        pending = range
      }
    }
    if let before = pending { count.add(before) }
    return max(count.instructions - 1, 1)
  }
}

/// How large a pattern is: about as many instructions as RE2 compiles it to (`re2/compile.cc`).
///
/// RE2 refuses what exceeds its memory budget of 8 MiB; so a pattern that is refused here is one that no engine of CEL takes.
struct PatternSize {
  /// The instructions that fit into two thirds of 8 MiB, a quarter of them kept for the program: 2/3 × 8 MiB / 8.
  static let limit = 699_000

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

  /// The instructions of a set: for each run of byte sequences its bytes, less those that it shares with the run before,
  /// and a branch.
  static func of(_ ranges: [ClosedRange<UInt32>]) -> Int {
    var size = 0
    var runs = 0
    for range in ranges {
      runs += 1
      if range.upperBound < 0x80 {
        size += 1
        continue
      }
      var low = range.lowerBound
      for (last, length) in [(0x7F as UInt32, 1), (0x7FF, 2), (0xFFFF, 3), (0x10FFFF, 4)] where low <= last {
        let high = min(range.upperBound, last)
        // Sequences that agree but for their last byte are one run; those of whole blocks are one, too.
        let isWhole = high &- low >= 0xFFF
        size += low >> 6 == high >> 6 ? length : isWhole ? length * 2 : length + 2
        runs += low >> 6 == high >> 6 ? 0 : 1
        guard high < range.upperBound else { break }
        low = high + 1
        runs += 1
      }
    }
    return size + runs - 1
  }
}

/// Counts the instructions that a set of code points takes as sequences of UTF-8 (`re2/compile.cc`, `AddRuneRangeUTF8`).
///
/// A range is cut into sequences of byte ranges. Each takes a branch and an instruction for each byte, but for the first
/// bytes that it shares with the sequence before it, and for a last byte that any sequence had.
struct UTF8SequenceCount {
  private(set) var instructions = 0
  /// The last bytes so far: a bit for each pair of a first and a last value of their six bits.
  private var lastBytes: [UInt64] = []
  /// The first code point of the sequence before, its length, and how many of its bytes are single ones.
  private var previous: (first: UInt32, length: Int, singleBytes: Int) = (0, 0, 0)

  /// Adds a range; ranges come in ascending order.
  mutating func add(_ range: ClosedRange<UInt32>) {
    var low = range.lowerBound
    if low < 0x80 {
      instructions += 2
      guard range.upperBound >= 0x80 else { return }
      low = 0x80
    }
    if low == 0x80, range.upperBound == 0x10FFFF {
      // RE2 has one loose form for all that is not ASCII.
      instructions += 9
      return
    }
    while low <= range.upperBound {
      let length = low < 0x800 ? 2 : low < 0x10000 ? 3 : 4
      let lengthEnd: UInt32 = length == 2 ? 0x7FF : length == 3 ? 0xFFFF : 0x10FFFF
      low = addSequence(from: low, to: min(range.upperBound, lengthEnd), length) + 1
    }
  }

  /// Adds the longest sequence of ranges from a code point on.
  ///
  /// - Returns: The last code point of it.
  private mutating func addSequence(from low: UInt32, to high: UInt32, _ length: Int) -> UInt32 {
    // How many bytes at the end may be anything.
    var free = length - 1
    while free > 0, low & mask(free) != 0 || high - low < mask(free) { free -= 1 }
    let parentEnd = free == length - 1 ? high : low | mask(free + 1)
    let end = min(parentEnd, ((high + 1) & ~mask(free)) &- 1)
    let singleBytes = length - 1 - free
    var shared = 0
    if previous.length == length {
      let limit = min(singleBytes, previous.singleBytes)
      while shared < limit, low >> shift(length, shared) == previous.first >> shift(length, shared) { shared += 1 }
    }
    instructions += 1 + singleBytes - shared
    if free > 0 {
      instructions += 1 + (isNewLastByte(0, 63) ? free : 0)
    } else {
      instructions += isNewLastByte(low & 63, end & 63) ? 1 : 0
    }
    previous = (low, length, singleBytes)
    return end
  }

  private func mask(_ bytes: Int) -> UInt32 { (1 << UInt32(6 * bytes)) - 1 }

  private func shift(_ length: Int, _ position: Int) -> UInt32 { UInt32(6 * (length - 1 - position)) }

  private mutating func isNewLastByte(_ low: UInt32, _ high: UInt32) -> Bool {
    if lastBytes.isEmpty { lastBytes = [UInt64](repeating: 0, count: 64) }
    let bit: UInt64 = 1 << UInt64(high)
    defer { lastBytes[Int(low)] |= bit }
    return lastBytes[Int(low)] & bit == 0
  }
}

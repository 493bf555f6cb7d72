/// The offsets of a region's clocks from UTC: those of the past one by one, those of the future by rule.
struct RegionalRules: Sendable {
  /// The seconds east before the first change.
  let firstOffset: Int32
  /// When clocks were changed, in seconds since the epoch, ascending.
  let changes: [Int64]
  /// The seconds east from each change on.
  let offsets: [Int32]
  /// What holds from the last change on, or always if there is none.
  let future: DaylightRule?

  /// INVARIANT: each change has its offset.
  init(firstOffset: Int32, changes: [Int64], offsets: [Int32], future: DaylightRule?) {
    self.firstOffset = firstOffset
    self.changes = changes
    self.offsets = offsets
    self.future = future
  }

  /// The seconds east, at a time in seconds since the epoch within the range of timestamps.
  func offset(at seconds: Int64) -> Int32 {
    if changes.last.map({ seconds >= $0 }) ?? true, let future { return future.offset(at: seconds) }
    // The first change that is later.
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : offsets[low - 1]
  }
}

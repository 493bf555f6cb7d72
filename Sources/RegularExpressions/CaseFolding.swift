/// Which code points match each other under the flag `i`, as RE2 has it: Unicode's simple case folding.
enum CaseFolding {
  /// A code point and the next one of its orbit; the last is followed by the first.
  private struct Entry {
    var codePoint: UInt32
    var next: UInt32
  }

  /// All code points that match another one, sorted.
  ///
  /// Made once, when a pattern with other than ASCII needs it.
  private static let entries: [Entry] = {
    var entries: [Entry] = []
    var reader = UnicodeTableReader(UnicodeTableData.orbits)
    var first: UInt32 = 0
    while let count = reader.next(), let distance = reader.next() {
      first += distance
      let start = entries.count
      var member = first
      entries.append(Entry(codePoint: member, next: first))
      for _ in 1..<max(count, 1) {
        member += reader.next() ?? 0
        entries[entries.count - 1].next = member
        entries.append(Entry(codePoint: member, next: entries[start].codePoint))
      }
    }
    return entries.sorted { $0.codePoint < $1.codePoint }
  }()

  /// What a code point matches in either case; `nil` when that is only itself.
  static func orbit(of codePoint: UInt32) -> [ClosedRange<UInt32>]? {
    if codePoint < 0x80 {
      guard codePoint | 0x20 >= 0x61, codePoint | 0x20 <= 0x7A else { return nil }
      let upper = codePoint & ~0x20
      let both = [upper...upper, upper | 0x20...upper | 0x20]
      return beyondASCII(upper).map { both + [$0...$0] } ?? both
    }
    let index = firstEntry(from: codePoint)
    guard index < entries.count, entries[index].codePoint == codePoint else { return nil }
    return RE2Pattern.CodePointSet(unsorted: [codePoint...codePoint] + others(of: entries[index])).ranges
  }

  /// A set with all that its members match in either case.
  static func folded(_ set: RE2Pattern.CodePointSet) -> RE2Pattern.CodePointSet {
    var added: [ClosedRange<UInt32>] = []
    for range in set.ranges {
      if range.upperBound < 0x80 {
        addFolded(ascii: range, to: &added)
        continue
      }
      var index = firstEntry(from: range.lowerBound)
      while index < entries.count, entries[index].codePoint <= range.upperBound {
        added += others(of: entries[index])
        index += 1
      }
    }
    return added.isEmpty ? set : RE2Pattern.CodePointSet(unsorted: set.ranges + added)
  }

  private static func addFolded(ascii range: ClosedRange<UInt32>, to added: inout [ClosedRange<UInt32>]) {
    for (first, last) in [(0x41, 0x5A), (0x61, 0x7A)] as [(UInt32, UInt32)] {
      let low = max(range.lowerBound, first)
      let high = min(range.upperBound, last)
      guard low <= high else { continue }
      added.append(low ^ 0x20...high ^ 0x20)
      for letter in [0x4B, 0x53] as [UInt32] where letter | (first & 0x20) >= low && letter | (first & 0x20) <= high {
        if let other = beyondASCII(letter) { added.append(other...other) }
      }
    }
  }

  /// The one code point beyond ASCII that an upper case letter matches: the Kelvin sign, the long s.
  private static func beyondASCII(_ upper: UInt32) -> UInt32? {
    switch upper {
    case 0x4B: 0x212A
    case 0x53: 0x17F
    default: nil
    }
  }

  private static func others(of entry: Entry) -> [ClosedRange<UInt32>] {
    var others: [ClosedRange<UInt32>] = []
    var member = entry.next
    while member != entry.codePoint {
      others.append(member...member)
      let index = firstEntry(from: member)
      guard index < entries.count else { break }
      member = entries[index].next
    }
    return others
  }

  /// The index of the first entry that is not before a code point.
  private static func firstEntry(from codePoint: UInt32) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].codePoint < codePoint { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

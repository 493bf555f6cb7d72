// Making sets of sets
extension RE2Pattern.CodePointSet {
  static let lastCodePoint: UInt32 = 0x10FFFF

  /// A set of ranges that may be unsorted and overlap.
  init(unsorted ranges: [ClosedRange<UInt32>]) {
    guard ranges.count > 1 else {
      self.ranges = ranges
      return
    }
    let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
    var merged: [ClosedRange<UInt32>] = []
    merged.reserveCapacity(sorted.count)
    var current = sorted[0]
    for range in sorted[1...] {
      if range.lowerBound <= current.upperBound &+ 1 {
        current = current.lowerBound...max(current.upperBound, range.upperBound)
      } else {
        merged.append(current)
        current = range
      }
    }
    merged.append(current)
    self.ranges = merged
  }

  /// All code points that are not in the set, surrogates among them.
  var complement: Self {
    var outside: [ClosedRange<UInt32>] = []
    outside.reserveCapacity(ranges.count + 1)
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { outside.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.lastCodePoint { outside.append(next...Self.lastCodePoint) }
    return Self(ranges: outside)
  }

  /// The set without U+D800 to U+DFFF, which no UTF-8 holds.
  var withoutSurrogates: Self {
    guard let index = ranges.firstIndex(where: { $0.upperBound >= 0xD800 }), ranges[index].lowerBound <= 0xDFFF else {
      return self
    }
    var kept: [ClosedRange<UInt32>] = []
    kept.reserveCapacity(ranges.count + 1)
    for range in ranges {
      if range.lowerBound < 0xD800 { kept.append(range.lowerBound...min(range.upperBound, 0xD7FF)) }
      if range.upperBound > 0xDFFF { kept.append(max(range.lowerBound, 0xE000)...range.upperBound) }
    }
    return Self(ranges: kept)
  }

  /// What a class's name means where it may be negated, and under the flag `i`.
  ///
  /// The case is folded first, as in RE2: `(?i)\P{Lu}` is what matches no upper case letter in either case.
  func of(isNegated: Bool, foldingCase: Bool) -> Self {
    let folded = foldingCase ? CaseFolding.folded(self) : self
    return (isNegated ? folded.complement : folded).withoutSurrogates
  }
}

// The classes that need no tables
extension RE2Pattern.CodePointSet {
  /// All code points, without surrogates.
  static let all = Self(ranges: [0...0xD7FF, 0xE000...0x10FFFF])
  /// `.` without the flag `s`.
  static let notNewline = Self(ranges: [0...0x09, 0x0B...0xD7FF, 0xE000...0x10FFFF])

  private static let digits = Self(ranges: [0x30...0x39])
  /// RE2's `\s` has no vertical tab.
  private static let perlSpaces = Self(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  private static let wordCharacters = Self(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])

  /// The class of `\d`, `\s` or `\w`, by its letter in lower case.
  @inline(__always)
  static func perl(_ letter: UInt8) -> Self? {
    switch letter {
    case UInt8(ascii: "d"): digits
    case UInt8(ascii: "s"): perlSpaces
    case UInt8(ascii: "w"): wordCharacters
    default: nil
    }
  }

  /// The class of `[:alpha:]` and its like, by the name between the colons.
  static func posix(_ name: ArraySlice<UInt8>) -> Self? {
    switch String(decoding: name, as: UTF8.self) {
    case "alnum": Self(ranges: [0x30...0x39, 0x41...0x5A, 0x61...0x7A])
    case "alpha": Self(ranges: [0x41...0x5A, 0x61...0x7A])
    case "ascii": Self(ranges: [0x00...0x7F])
    case "blank": Self(ranges: [0x09...0x09, 0x20...0x20])
    case "cntrl": Self(ranges: [0x00...0x1F, 0x7F...0x7F])
    case "digit": digits
    case "graph": Self(ranges: [0x21...0x7E])
    case "lower": Self(ranges: [0x61...0x7A])
    case "print": Self(ranges: [0x20...0x7E])
    case "punct": Self(ranges: [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
    case "space": Self(ranges: [0x09...0x0D, 0x20...0x20])
    case "upper": Self(ranges: [0x41...0x5A])
    case "word": wordCharacters
    case "xdigit": Self(ranges: [0x30...0x39, 0x41...0x46, 0x61...0x66])
    default: nil
    }
  }
}

/// What the compiler wants to know of a pattern's nodes, found in one pass since parts stand before what they are part of.
struct NodeFacts {
  /// Whether a node may match without reading.
  private(set) var isNullable: [Bool] = []
  /// Whether a node is made of assertions only.
  private(set) var isAssertionOnly: [Bool] = []
  /// Whether a part made of assertions only is to match several times.
  private(set) var repeatsAssertions = false
  /// At least as many instructions as a node takes, at most `PatternProgram.sizeLimit`.
  private(set) var sizes: [Int] = []

  init(_ pattern: RE2Pattern) {
    for node in pattern.nodes {
      switch node {
      case .empty: append(isNullable: true, isAssertionOnly: true, size: 0)
      case .nothing, .literal, .set: append(isNullable: false, isAssertionOnly: false, size: 1)
      case .assertion: append(isNullable: true, isAssertionOnly: true, size: 1)
      case .concatenation(let start, let count):
        let parts = pattern.parts[start..<(start &+ count)]
        append(
          isNullable: parts.allSatisfy { isNullable[$0] },
          isAssertionOnly: parts.allSatisfy { isAssertionOnly[$0] }, size: size(of: parts))
      case .alternation(let start, let count):
        let parts = pattern.parts[start..<(start &+ count)]
        append(
          isNullable: parts.contains { isNullable[$0] },
          isAssertionOnly: count > 0 && parts.allSatisfy { isAssertionOnly[$0] }, size: size(of: parts) &+ max(count, 1)
        )
      case .capture(_, let part):
        append(isNullable: isNullable[part], isAssertionOnly: false, size: sizes[part] &+ 2)
      case .repetition(let part, let minimum, let maximum, _):
        let isNullable = minimum == 0 || isNullable[part]
        if isAssertionOnly[part] {
          if max(minimum, maximum ?? 1) > 1 { repeatsAssertions = true }
          append(isNullable: isNullable, isAssertionOnly: true, size: sizes[part] &+ 1)
        } else {
          // Its copies, a branch for each that is optional, and two for a loop.
          let copies = max(maximum ?? minimum, 1)
          let (size, overflow) = sizes[part].multipliedReportingOverflow(by: copies)
          let branches = maximum.map { max($0 &- minimum, 0) } ?? 2
          append(
            isNullable: isNullable, isAssertionOnly: false,
            size: overflow ? PatternProgram.sizeLimit : min(size, PatternProgram.sizeLimit) &+ branches)
        }
      }
    }
  }

  private mutating func append(isNullable: Bool, isAssertionOnly: Bool, size: Int) {
    self.isNullable.append(isNullable)
    self.isAssertionOnly.append(isAssertionOnly)
    sizes.append(min(size, PatternProgram.sizeLimit))
  }

  private func size(of parts: ArraySlice<Int>) -> Int {
    parts.reduce(0) { min($0 &+ sizes[$1], PatternProgram.sizeLimit) }
  }
}

/// A part of a pattern whose surroundings are not read yet.
struct RE2Operand {
  /// Its node.
  var node: Int
  /// Where it begins in the text.
  var start: Int
  /// The instructions that RE2 would compile it to, about; see `PatternSize`.
  var size: Int
  /// How often the innermost part is repeated at most by counted repetitions, `{2}` in `{3}` being 6.
  var repetitions = 1
  /// How many groups and repetitions are nested in it.
  var height = 0
}

/// An open group.
struct RE2Group {
  /// Where its `(` is.
  var start: Int
  /// `nil` for a group that captures nothing.
  var captureNumber: Int?
  /// The flags that hold again behind it.
  var outerFlags: RE2Flags
  /// Where its operands begin: those of the current branch, since each finished one is one operand of `branches`.
  var firstOperand: Int
  var firstBranch: Int
}

// Building nodes
extension RE2Parser {
  @discardableResult
  mutating func append(_ node: RE2Pattern.Node) -> Int {
    pattern.nodes.append(node)
    return pattern.nodes.count - 1
  }

  mutating func push(_ node: RE2Pattern.Node) {
    size.add(1)
    operands.append(RE2Operand(node: append(node), start: elementStart, size: 1))
  }

  /// Pushes a code point, in either case where the flag says so.
  mutating func pushLiteral(_ codePoint: UInt32) {
    if flags.contains(.foldsCase), let orbit = CaseFolding.orbit(of: codePoint) {
      return push(ranges: orbit)
    }
    if codePoint & ~0x7FF == 0xD800 { return push(.nothing) }
    let length = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4
    size.add(length)
    operands.append(RE2Operand(node: append(.literal(codePoint)), start: elementStart, size: length))
  }

  /// Pushes a set of code points: sorted ranges that do not touch.
  mutating func push(ranges: [ClosedRange<UInt32>]) {
    if ranges.isEmpty { return push(.nothing) }
    if ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound {
      let codePoint = ranges[0].lowerBound
      let length = PatternSize.of(ranges)
      size.add(length)
      operands.append(RE2Operand(node: append(.literal(codePoint)), start: elementStart, size: length))
      return
    }
    let instructions = PatternSize.of(ranges)
    size.add(instructions)
    operands.append(RE2Operand(node: append(.set(index(of: ranges))), start: elementStart, size: instructions))
  }

  /// The index of a set, which is kept once.
  private mutating func index(of ranges: [ClosedRange<UInt32>]) -> Int {
    let few = 8
    let set = CodePointSet(ranges: ranges)
    if pattern.sets.count < few {
      if let index = pattern.sets.firstIndex(of: set) { return index }
    } else {
      if setIndices.isEmpty {
        for (index, set) in pattern.sets.enumerated() { setIndices[CodePointSetKey(ranges: set.ranges)] = index }
      }
      let key = CodePointSetKey(ranges: ranges)
      if let index = setIndices[key] { return index }
      setIndices[key] = pattern.sets.count
    }
    pattern.sets.append(set)
    return pattern.sets.count - 1
  }

  /// Joins the operands of the innermost group's current branch into one, which becomes one of its branches.
  mutating func finishBranch() {
    let first = groups[groups.count - 1].firstOperand
    let count = operands.count - first
    var branch: RE2Operand
    if count == 0 {
      branch = RE2Operand(node: append(.empty), start: elementStart, size: 1)
    } else if count == 1 {
      branch = operands[first]
    } else {
      branch = join(operands[first...], into: .concatenation(start: pattern.parts.count, count: count))
    }
    operands.removeLast(count)
    branches.append(branch)
  }

  /// Joins the innermost group's branches into one operand, which is not on a stack.
  mutating func finishAlternation() -> RE2Operand {
    finishBranch()
    let first = groups[groups.count - 1].firstBranch
    let count = branches.count - first
    var whole = branches[first]
    if count > 1 {
      whole = join(branches[first...], into: .alternation(start: pattern.parts.count, count: count))
      whole.size += count - 1
      size.add(count - 1)
    }
    branches.removeLast(count)
    return whole
  }

  private mutating func join(_ parts: ArraySlice<RE2Operand>, into node: RE2Pattern.Node) -> RE2Operand {
    var joined = RE2Operand(node: 0, start: parts.first?.start ?? 0, size: 0)
    for part in parts {
      pattern.parts.append(part.node)
      joined.size += part.size
      joined.repetitions = max(joined.repetitions, part.repetitions)
      joined.height = max(joined.height, part.height)
    }
    joined.node = append(node)
    return joined
  }
}

/// The ranges of a set as a key of a dictionary.
struct CodePointSetKey: Hashable {
  var ranges: [ClosedRange<UInt32>]
}

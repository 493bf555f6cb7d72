/// How often a part may stand; no maximum for `{2,}` and its like.
struct RepetitionCounts {
  var minimum: Int
  var maximum: Int?
}

extension RE2Parser {
  /// The greatest count, also of nested repetitions multiplied (`re2/parse.cc`, `maximum_repeat_count`).
  static let repetitionLimit = 1_000

  /// Reads `*`, `+` or `?`.
  mutating func parseRepetition(after last: Int?) throws(RE2Fault) {
    let start = offset
    let counts =
      switch peek() {
      case UInt8(ascii: "*"): RepetitionCounts(minimum: 0, maximum: nil)
      case UInt8(ascii: "+"): RepetitionCounts(minimum: 1, maximum: nil)
      default: RepetitionCounts(minimum: 0, maximum: 1)
      }
    offset += 1
    try parseRepetition(of: counts, from: start, after: last)
  }

  /// Reads what may follow a repetition operator, and repeats the last operand.
  ///
  /// - Parameters:
  ///   - counts: What the operator says.
  ///   - start: Where it is; it ends at `offset`.
  ///   - last: Where the operator before it is, if it follows one directly.
  /// - Throws: Counts beyond the limits, and operators that have nothing to repeat.
  mutating func parseRepetition(
    of counts: RepetitionCounts, from start: Int, after last: Int?
  ) throws(RE2Fault) {
    var isLazy = flags.contains(.swapsLaziness)
    if peek() == UInt8(ascii: "?") {
      offset += 1
      isLazy.toggle()
    }
    if let last { throw stackedRepetition(from: start, after: last) }
    if counts.minimum > RE2Parser.repetitionLimit || counts.maximum ?? 0 > RE2Parser.repetitionLimit {
      throw RE2Fault(
        .invalid, start..<offset, "`\(text(start..<offset))` repeats more than \(RE2Parser.repetitionLimit) times")
    }
    if let maximum = counts.maximum, maximum < counts.minimum {
      throw RE2Fault(
        .invalid, start..<offset, "the maximum of `\(text(start..<offset))` is less than its minimum")
    }
    guard operands.count > groups[groups.count - 1].firstOperand, var operand = operands.popLast() else {
      throw RE2Fault(.invalid, start..<offset, "nothing to repeat before `\(text(start..<offset))`")
    }
    try `repeat`(&operand, counts, isLazy, at: start..<offset)
    operands.append(operand)
  }

  private mutating func `repeat`(
    _ operand: inout RE2Operand, _ counts: RepetitionCounts, _ isLazy: Bool, at range: Range<Int>
  ) throws(RE2Fault) {
    let times = max(counts.maximum ?? counts.minimum, 1)
    if times > 1 {
      operand.repetitions *= times
      if operand.repetitions > RE2Parser.repetitionLimit {
        throw RE2Fault(
          .invalid, range, "nested repetitions repeat more than \(RE2Parser.repetitionLimit) times in all")
      }
    }
    operand.size = PatternSize.of(operand.size, repeated: counts)
    if counts.minimum == 1, counts.maximum == 1 { return }
    // As RE2 does: `(?:a*)+` and the like are `a*`, so that no ambiguity arises that the author did not see.
    if case .repetition(let part, let minimum, let maximum, isLazy) = pattern.nodes[operand.node],
      isSimple(minimum, maximum), isSimple(counts.minimum, counts.maximum)
    {
      if minimum != counts.minimum || maximum != counts.maximum {
        pattern.nodes[operand.node] = .repetition(part, minimum: 0, maximum: nil, isLazy: isLazy)
      }
      pattern.repetitionPlaces.append((operand.node, operand.start..<range.upperBound))
      return
    }
    operand.height += 1
    if operand.height > RE2Parser.heightLimit { throw nestedTooDeep(range) }
    operand.node = append(
      .repetition(operand.node, minimum: counts.minimum, maximum: counts.maximum, isLazy: isLazy))
    pattern.repetitionPlaces.append((operand.node, operand.start..<range.upperBound))
  }

  /// Whether the counts are those of `*`, `+` or `?`.
  private func isSimple(_ minimum: Int, _ maximum: Int?) -> Bool {
    minimum <= 1 && maximum ?? 1 == 1
  }

  func nestedTooDeep(_ range: Range<Int>) -> RE2Fault {
    RE2Fault(.invalid, range, "pattern is nested more than \(RE2Pattern.nestingLimit) levels deep")
  }

  /// Reads `{2}`, `{2,}` or `{2,3}`; takes nothing when it is not that, for then `{` stands for itself.
  mutating func parseCounts() -> RepetitionCounts? {
    var index = offset + 1
    guard let minimum = parseCount(&index), index < bytes.count else { return nil }
    var maximum: Int? = minimum
    if bytes[index] == UInt8(ascii: ",") {
      index += 1
      guard index < bytes.count else { return nil }
      if bytes[index] == UInt8(ascii: "}") {
        maximum = nil
      } else {
        guard let count = parseCount(&index) else { return nil }
        maximum = count
      }
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else { return nil }
    offset = index + 1
    return RepetitionCounts(minimum: minimum, maximum: maximum)
  }

  /// A number without leading zeros and of no more than nine digits, as RE2 has it.
  private func parseCount(_ index: inout Int) -> Int? {
    var value = 0
    let start = index
    while index < bytes.count, case let digit = bytes[index], digit >= 0x30, digit <= 0x39 {
      guard value < 100_000_000 else { return nil }
      value = value * 10 + Int(digit - 0x30)
      index += 1
    }
    guard index > start, bytes[start] != 0x30 || index == start + 1 else { return nil }
    return value
  }

  private func stackedRepetition(from start: Int, after last: Int) -> RE2Fault {
    let isLazy = start > last + 1 && bytes[start - 1] == UInt8(ascii: "?")
    if offset == start + 1, bytes[start] == UInt8(ascii: "+"), !isLazy {
      return RE2Fault(
        .unsupported, last..<offset, "possessive repetition `\(text(last..<offset))` is not part of RE2",
        help: "write `\(text(last..<start))`; matching takes linear time without the last `+`")
    }
    return RE2Fault(.invalid, last..<offset, "repetition operators `\(text(last..<offset))` cannot follow each other")
  }
}

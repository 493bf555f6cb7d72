extension RE2Parser {
  /// The most groups and repetitions that are nested in each other: a repetition for each group.
  static let heightLimit = 2 * RE2Pattern.nestingLimit

  /// Reads `(`, and what follows it where that is `?`.
  mutating func parseGroupStart() throws(RE2Fault) {
    if peek(1) == UInt8(ascii: "?") { return try parseMarkedGroupStart() }
    if peek(1) == UInt8(ascii: "*"), let fault = verb() { throw fault }
    try openGroup(capturing: true)
    offset += 1
  }

  mutating func parseGroupEnd() throws(RE2Fault) {
    guard groups.count > 1 else {
      throw RE2Fault(.invalid, offset..<offset + 1, "`)` without a `(`")
    }
    var operand = finishAlternation()
    let group = groups.removeLast()
    flags = group.outerFlags
    offset += 1
    operand.start = group.start
    if let number = group.captureNumber {
      operand.node = append(.capture(number: number, operand.node))
      operand.height += 1
      operand.size += 2
      if operand.height > RE2Parser.heightLimit { throw nestedTooDeep(group.start..<group.start + 1) }
    }
    operands.append(operand)
  }

  /// Opens a group at `offset`, which stays there.
  private mutating func openGroup(capturing: Bool) throws(RE2Fault) {
    if groups.count > RE2Pattern.nestingLimit { throw nestedTooDeep(offset..<offset + 1) }
    if capturing {
      pattern.captureCount += 1
      size.add(2)
    }
    groups.append(
      RE2Group(
        start: offset, captureNumber: capturing ? pattern.captureCount : nil, outerFlags: flags,
        firstOperand: operands.count, firstBranch: branches.count))
  }

  /// Reads `(?` and what makes it a group: a name, flags, a colon.
  private mutating func parseMarkedGroupStart() throws(RE2Fault) {
    if let fault = foreignGroup() { throw fault }
    let nameStart = peek(2) == UInt8(ascii: "P") ? offset + 4 : offset + 3
    if bytes[..<min(nameStart, bytes.count)].last == UInt8(ascii: "<"), nameStart <= bytes.count {
      return try parseName(from: nameStart)
    }
    try parseFlags()
  }

  private mutating func parseName(from start: Int) throws(RE2Fault) {
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else {
      throw RE2Fault(.invalid, offset..<start, "missing `>` behind the name of this group")
    }
    if start == end { throw RE2Fault(.invalid, offset..<end + 1, "this group's name is empty") }
    var index = start
    while index < end {
      guard let (codePoint, length) = decodeCodePoint(at: index), index + length <= end else {
        throw RE2Fault(.invalid, index..<index + 1, "invalid UTF-8")
      }
      guard isNameCodePoint(codePoint) else {
        throw RE2Fault(
          .invalid, index..<index + length, "`\(text(index..<index + length))` cannot stand in a group's name",
          help: "names are made of letters, digits and `_`")
      }
      index += length
    }
    try openGroup(capturing: true)
    // RE2 takes a name twice, and finds the first group by it.
    pattern.captureNames[pattern.captureCount] = String(decoding: bytes[start..<end], as: UTF8.self)
    offset = end + 1
  }

  private func isNameCodePoint(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    case ..<0x80: false
    default: UnicodeClasses.isNameCodePoint(codePoint)
    }
  }

  /// Reads `(?i)`, `(?i-s:` and their like.
  private mutating func parseFlags() throws(RE2Fault) {
    let start = offset
    var index = start + 2
    var changed = flags
    var isNegated = false
    var isNegationEmpty = false
    while true {
      guard index < bytes.count else {
        throw RE2Fault(.invalid, start..<index, "unfinished group `\(text(start..<index))`")
      }
      let letter = bytes[index]
      if let flag = RE2Flags(letter: letter) {
        isNegationEmpty = false
        if isNegated { changed.remove(flag) } else { changed.insert(flag) }
      } else if letter == UInt8(ascii: "-"), !isNegated {
        isNegated = true
        isNegationEmpty = true
      } else if letter == UInt8(ascii: ":") || letter == UInt8(ascii: ")") {
        if isNegationEmpty { throw RE2Fault(.invalid, index - 1..<index, "no flag behind `-`") }
        if letter == UInt8(ascii: ":") { try openGroup(capturing: false) }
        flags = changed
        offset = index + 1
        return
      } else {
        throw unknownFlag(at: index)
      }
      index += 1
    }
  }
}

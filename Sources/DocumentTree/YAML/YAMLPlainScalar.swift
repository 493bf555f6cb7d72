internal import Source

/// Plain scalars (YAML 1.2.2, section 7.3.3).
extension YAMLReader {
  /// Where the text of a plain scalar ends on one line.
  private struct PlainLine {
    /// Behind the last character that is no blank.
    var end: Int
    /// Where reading stopped: a line end, a comment, a `:`, or a flow indicator.
    var stop: Int
  }

  /// Whether a plain scalar may start at an offset (ns-plain-first).
  func startsPlain(_ index: Int, isInFlow: Bool) -> Bool {
    switch byte(index) {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      !isSpaceOrEnd(index + 1) && !(isInFlow && Self.isFlowIndicator(byte(index + 1)))
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"),
      UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      false
    default: !isSpaceOrEnd(index)
    }
  }

  private var isAtFlowKey: Bool {
    guard let frame = frames.last else { return false }
    return frame.kind != .flowSequence && frame.state != .value
  }

  private func plainLine(from start: Int, isInFlow: Bool) -> PlainLine {
    var index = start
    while index < count {
      let byte = bytes[index]
      if byte > 0x3A, byte < 0x5B || byte == 0x5C || byte > 0x5D && byte != 0x7B && byte != 0x7D {
        index += 1
        continue
      }
      switch byte {
      case 0x20, 0x09:
        let next = skippingBlanks(index)
        if isLineEnd(next) || bytes[next] == UInt8(ascii: "#") { return PlainLine(end: index, stop: next) }
        index = next
      case 0x0A, 0x0D: return PlainLine(end: index, stop: index)
      case UInt8(ascii: ":"):
        if isSpaceOrEnd(index + 1) || isInFlow && Self.isFlowIndicator(self.byte(index + 1)) {
          return PlainLine(end: trimmedEnd(start, index), stop: index)
        }
        index += 1
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        if isInFlow { return PlainLine(end: trimmedEnd(start, index), stop: index) }
        index += 1
      default: index += 1
      }
    }
    return PlainLine(end: count, stop: count)
  }

  /// Reads the plain scalar at `position`.
  ///
  /// - Parameters:
  ///   - minimumColumn: How far its further lines must be indented.
  ///   - isInFlow: Whether it stands in a flow collection, where `,[]{}` end it.
  /// - Returns: Its node.
  mutating func readPlain(minimumColumn: Int, isInFlow: Bool) -> Int {
    let start = position
    var line = plainLine(from: start, isInFlow: isInFlow)
    // A first character that was reported need not be one that a plain scalar may have.
    if line.stop == start { line = PlainLine(end: characterEnd(start), stop: characterEnd(start)) }
    var end = line.end
    position = line.stop
    isFirstOnLine = false
    var isDecoded = false
    // Only the key of a flow mapping may have its `:` on a further line.
    let isFlowKey = isInFlow && isAtFlowKey
    while position < count, Self.isBreak(bytes[position]) {
      guard let next = continuation(minimumColumn: minimumColumn, isInFlow: isInFlow) else { break }
      let nextLine = plainLine(from: next.start, isInFlow: isInFlow)
      guard nextLine.end > next.start else { break }
      if byte(nextLine.stop) == UInt8(ascii: ":"), !isFlowKey, looksLikeKey(next.start) { break }
      if !isDecoded {
        isDecoded = true
        beginDecoding()
        decodeVerbatim(start, end)
      }
      decodeFold(end, next.start, breaks: next.breaks)
      decodeVerbatim(next.start, nextLine.end)
      if isInFlow { checkFlowIndentation(next.start - next.lineStart, minimumColumn, next.start) }
      end = nextLine.end
      position = nextLine.stop
      lineStart = next.lineStart
    }
    contentEnd = end
    var node = DocumentNode(span: SourceSpan(start, end), kind: .string, style: .plain, isInFlow: isInFlow)
    if isDecoded {
      node.link = endDecoding(content: SourceSpan(start, end))
    } else {
      node.kind = resolvedKind(ofPlain: bytes[start..<end])
    }
    return append(node)
  }

  /// The next line with text, if it can belong to the plain scalar whose line ends at `position`.
  private func continuation(minimumColumn: Int, isInFlow: Bool) -> (start: Int, lineStart: Int, breaks: Int)? {
    var index = position
    var breaks = 0
    while index < count, Self.isBreak(bytes[index]) {
      let lineStart = behindBreak(index)
      breaks += 1
      let indented = skippingSpaces(lineStart)
      index = skippingBlanks(indented)
      if isLineEnd(index) { continue }
      guard bytes[index] != UInt8(ascii: "#"), !(index == lineStart && isDocumentMarker(index)) else { return nil }
      if indented - lineStart < minimumColumn {
        // In a flow collection the line is meant to belong to it, unless it looks like the next entry of the block around.
        guard isInFlow, !looksLikeBlockEntry(index), !Self.isFlowIndicator(bytes[index]) else { return nil }
      }
      return (index, lineStart, breaks)
    }
    return nil
  }

  /// Whether a line looks like the start of a block entry: `- `, or a word or quoted text and a colon.
  func looksLikeBlockEntry(_ index: Int) -> Bool {
    isBlockIndicator(UInt8(ascii: "-"), at: index) || looksLikeKey(index)
  }

  /// Whether a word or a quoted text stands at an offset, and `:` with a blank behind it.
  ///
  /// Only for choosing between recoveries: text with blanks is no key here, as in `a ? b : c`.
  func looksLikeKey(_ start: Int) -> Bool {
    var index = start
    let limit = min(count, start + 256)
    let quote = byte(start)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      while index < limit, bytes[index] != quote, !Self.isBreak(bytes[index]) { index += 1 }
      guard byte(index) == quote, index < limit else { return false }
      index += 1
    } else {
      while index < limit {
        switch bytes[index] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "$"), UInt8(ascii: "/"):
          index += 1
          continue
        default: break
        }
        break
      }
      guard index > start else { return false }
    }
    return isBlockIndicator(UInt8(ascii: ":"), at: skippingBlanks(index))
  }
}

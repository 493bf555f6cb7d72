internal import Source

/// Literal and folded block scalars (YAML 1.2.2, section 8.1).
extension YAMLReader {
  private enum Chomping { case clip, strip, keep }

  private struct BlockScalarHeader {
    /// Behind the indicators.
    var end: Int
    /// The indentation indicator, 0 for none.
    var indentation = 0
    var chomping = Chomping.clip
    var isDamaged = false
  }

  /// Reads the block scalar at `position`.
  ///
  /// - Parameter parentIndent: The column of the collection around it, -1 for none.
  /// - Returns: Its node.
  mutating func readBlockScalar(parentIndent: Int) -> Int {
    let start = position
    let isFolded = bytes[start] == UInt8(ascii: ">")
    let header = readBlockScalarHeader()
    if position < count { skipBreak() }
    var isDamaged = header.isDamaged
    let indent: Int
    if header.indentation > 0 {
      indent = max(parentIndent, 0) + header.indentation
    } else {
      let detected = detectIndentation(parentIndent: parentIndent)
      indent = detected.indent
      isDamaged = isDamaged || detected.isDamaged
    }
    beginDecoding()
    pendingBreaks.removeAll(keepingCapacity: true)
    var spanEnd = header.end
    var textEnd = position
    var hasText = false
    var wasSpaced = false
    while position < count {
      let indented = skippingSpaces(position, limit: indent)
      if isLineEnd(indented) {
        guard indented < count || indented > position else { break }
        // A last line of blanks that nothing ends counts as a line; its blanks then stand for the line end.
        pendingBreaks.append(
          indented < count ? SourceSpan(indented, behindBreak(indented)) : SourceSpan(position, indented))
        skipLine(indented)
        continue
      }
      guard indented - position == indent, !(indented == lineStart && isDocumentMarker(indented)) else { break }
      let isSpaced = Self.isBlank(bytes[indented])
      if isFolded, hasText, !isSpaced, !wasSpaced {
        decodeFold(textEnd, indented, breaks: pendingBreaks.count)
      } else {
        for pending in pendingBreaks { decodeBreak(pending) }
      }
      pendingBreaks.removeAll(keepingCapacity: true)
      textEnd = lineEnd(from: indented)
      decodeVerbatim(indented, textEnd)
      if trimmedEnd(indented, textEnd) > indented { spanEnd = textEnd }
      hasText = true
      wasSpaced = isSpaced
      if textEnd < count { pendingBreaks.append(SourceSpan(textEnd, behindBreak(textEnd))) }
      skipLine(textEnd)
    }
    switch header.chomping {
    case .strip: break
    case .clip: if hasText, let first = pendingBreaks.first, !first.isEmpty { decodeBreak(first) }
    case .keep: for pending in pendingBreaks { decodeBreak(pending) }
    }
    reportTabIndentation(indent)
    contentEnd = spanEnd
    var content = SourceSpan(at: header.end)
    if document.segments.count > segmentsStart, let last = document.segments.last {
      content = SourceSpan(Int(document.segments[segmentsStart].sourceStart), Int(last.sourceEnd))
    }
    let link = endDecoding(content: content)
    return append(
      DocumentNode(
        span: SourceSpan(start, spanEnd), link: isDamaged ? DocumentNode.verbatim : link,
        kind: isDamaged ? .invalid : .string, style: isFolded ? .folded : .literal))
  }

  /// Reads `|` or `>`, the indicators, and the comment behind them.
  private mutating func readBlockScalarHeader() -> BlockScalarHeader {
    position += 1
    isFirstOnLine = false
    var header = BlockScalarHeader(end: position)
    var hasChomping = false
    loop: while position < count {
      switch bytes[position] {
      case UInt8(ascii: "1")...UInt8(ascii: "9") where header.indentation == 0:
        header.indentation = Int(bytes[position] - UInt8(ascii: "0"))
      case UInt8(ascii: "+") where !hasChomping:
        header.chomping = .keep
        hasChomping = true
      case UInt8(ascii: "-") where !hasChomping:
        header.chomping = .strip
        hasChomping = true
      default: break loop
      }
      position += 1
    }
    header.end = position
    let next = skippingBlanks(position)
    if !isLineEnd(next), bytes[next] != UInt8(ascii: "#") || next == position {
      if bytes[next] == UInt8(ascii: "#") {
        report("a blank must stand in front of a comment", next, next + 1)
      } else if bytes[next] >= UInt8(ascii: "0"), bytes[next] <= UInt8(ascii: "9"), next == position {
        report("an indentation indicator is one digit from 1 to 9", next, next + 1)
      } else {
        header.isDamaged = true
        report(
          "the text of a block scalar starts on the next line", next, textEnd(from: next),
          help: "quote the value if it is meant to start with `\(text(header.end - 1, header.end))`")
      }
    }
    position = lineEnd(from: next)
    if byte(next) == UInt8(ascii: "#") { keepDirective(next, position) }
    return header
  }

  /// The indentation of the first line with text; a line of blanks in front of it must not be longer.
  private mutating func detectIndentation(parentIndent: Int) -> (indent: Int, isDamaged: Bool) {
    var index = position
    var longest = 0
    var longestLine = position
    while index < count {
      let indented = skippingSpaces(index)
      if !isLineEnd(indented) {
        let indent = indented - index
        guard indent > parentIndent else { break }
        guard longest > indent else { return (indent, false) }
        report(
          "a blank line in front of the text is indented more than the text",
          SourceSpan(longestLine, longestLine + longest), help: "delete the blanks, or give an indentation indicator")
        return (indent, true)
      }
      if indented - index > longest {
        longest = indented - index
        longestLine = index
      }
      index = indented < count ? behindBreak(indented) : indented
    }
    return (max(parentIndent + 1, longest), false)
  }

  private func skippingSpaces(_ start: Int, limit: Int) -> Int {
    var index = start
    while index < count, index - start < limit, bytes[index] == 0x20 { index += 1 }
    return index
  }

  private mutating func skipLine(_ end: Int) {
    position = end
    if position < count { skipBreak() }
  }

  /// Reports a line that would belong to the scalar if its tab were spaces.
  private mutating func reportTabIndentation(_ indent: Int) {
    let indented = skippingSpaces(position, limit: indent)
    guard byte(indented) == 0x09, indented - position < indent, position == lineStart else { return }
    let end = skippingBlanks(indented)
    report("a tab cannot indent; use spaces", indented, end)
    // A line of blanks is skipped like any other; one with text was meant to belong to the scalar.
    if !isLineEnd(end) { skipBlock(deeperThan: Int.max) }
  }
}

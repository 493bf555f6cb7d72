internal import Diagnostics
internal import Source

/// Single-quoted and double-quoted scalars (YAML 1.2.2, sections 7.3.1 and 7.3.2).
extension YAMLReader {
  /// Reads the quoted scalar at `position`.
  ///
  /// - Parameters:
  ///   - minimumColumn: How far its further lines must be indented.
  ///   - isInFlow: Whether it stands in a flow collection.
  /// - Returns: Its node, and whether the quote was closed; if not, reading goes on at the end of its first line.
  mutating func readQuoted(minimumColumn: Int, isInFlow: Bool) -> (node: Int, isClosed: Bool) {
    let start = position
    let quote = bytes[start]
    let style: ScalarStyle = quote == UInt8(ascii: "'") ? .singleQuoted : .doubleQuoted
    var index = start + 1
    while index < count {
      let byte = bytes[index]
      if byte == quote || byte == UInt8(ascii: "\\") || byte == 0x0A || byte == 0x0D {
        guard byte == UInt8(ascii: "\\"), style == .singleQuoted else { break }
        index += 1
      } else {
        index += 1
      }
    }
    isFirstOnLine = false
    var node = DocumentNode(span: SourceSpan(start, index + 1), kind: .string, style: style, isInFlow: isInFlow)
    if byte(index) == quote, style == .doubleQuoted || byte(index + 1) != quote {
      position = index + 1
      contentEnd = position
      allowQuotedOnly(start, position)
      return (append(node), true)
    }
    let decodedCount = document.decodedBytes.count
    let segmentCount = document.segments.count
    let diagnosticCount = diagnostics.count
    let firstLine = lineStart
    beginDecoding()
    guard decodeQuoted(quote, from: start + 1, plainUntil: index, minimumColumn: minimumColumn, isInFlow: isInFlow)
    else {
      document.decodedBytes.removeSubrange(decodedCount...)
      document.segments.removeSubrange(segmentCount...)
      if !isStopped { diagnostics.removeSubrange(diagnosticCount...) }
      lineStart = firstLine
      position = lineEnd(from: start)
      contentEnd = trimmedEnd(start + 1, position)
      report("this quote is not closed", start, start + 1)
      return (appendInvalid(SourceSpan(start, contentEnd), isInFlow: isInFlow), false)
    }
    contentEnd = position
    allowQuotedOnly(start, position)
    node.span = SourceSpan(start, position)
    node.link = endDecoding(content: SourceSpan(start + 1, position - 1))
    return (append(node), true)
  }

  /// Decodes a quoted scalar's content and moves behind its closing quote.
  ///
  /// - Returns: Whether the closing quote was found before the text, the document or the block around ended.
  private mutating func decodeQuoted(
    _ quote: UInt8, from start: Int, plainUntil: Int, minimumColumn: Int, isInFlow: Bool
  ) -> Bool {
    // The bytes from `run` on are verbatim; blanks at a line's end are dropped from it, those of escapes are not in it.
    var run = start
    var index = plainUntil
    var hasReportedIndentation = false
    while index < count {
      let byte = bytes[index]
      switch byte {
      case quote:
        decodeVerbatim(run, index)
        guard quote == UInt8(ascii: "'"), self.byte(index + 1) == quote else {
          position = index + 1
          return true
        }
        decodeAtomic(quote, index, index + 2)
        index += 2
        run = index
      case 0x0A, 0x0D:
        let textEnd = trimmedEnd(run, index)
        decodeVerbatim(run, textEnd)
        guard let next = nextQuotedLine(index, quote, minimumColumn, isInFlow, &hasReportedIndentation) else {
          return false
        }
        decodeFold(textEnd, next.start, breaks: next.breaks)
        index = next.start
        run = index
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
        decodeVerbatim(run, index)
        if isLineEnd(index + 1) {
          guard index + 1 < count,
            let next = nextQuotedLine(index + 1, quote, minimumColumn, isInFlow, &hasReportedIndentation)
          else { return false }
          // An escaped line end is dropped, and empty lines behind it are kept (s-double-escaped).
          if next.breaks > 1 { decodeFold(index + 1, next.start, breaks: next.breaks) }
          index = next.start
        } else {
          index = decodeEscape(index)
        }
        run = index
      default: index += 1
      }
    }
    return false
  }

  /// The next line with text inside a quoted scalar, whose present line ends at an offset.
  ///
  /// A line that holds nothing but the closing quote counts as text.
  private mutating func nextQuotedLine(
    _ lineEnd: Int, _ quote: UInt8, _ minimumColumn: Int, _ isInFlow: Bool, _ hasReportedIndentation: inout Bool
  ) -> (start: Int, breaks: Int)? {
    var index = lineEnd
    var breaks = 0
    while index < count, Self.isBreak(bytes[index]) {
      let start = behindBreak(index)
      breaks += 1
      let indented = skippingSpaces(start)
      index = skippingBlanks(indented)
      if index >= count { return nil }
      if Self.isBreak(bytes[index]) { continue }
      if index == start, isDocumentMarker(start) { return nil }
      if indented - start < minimumColumn {
        if bytes[index] != quote, looksLikeBlockEntry(index) { return nil }
        if isInFlow {
          checkFlowIndentation(indented - start, minimumColumn, index)
        } else if !hasReportedIndentation {
          hasReportedIndentation = true
          report("the lines of a quoted value must be indented more than what holds it", index, characterEnd(index))
        }
      }
      lineStart = start
      return (index, breaks)
    }
    return nil
  }

  /// Decodes the escape at an offset (YAML 1.2.2, section 5.7).
  ///
  /// - Returns: The offset behind it.
  private mutating func decodeEscape(_ start: Int) -> Int {
    let simple: UInt8
    switch bytes[start + 1] {
    case UInt8(ascii: "0"): simple = 0x00
    case UInt8(ascii: "a"): simple = 0x07
    case UInt8(ascii: "b"): simple = 0x08
    case UInt8(ascii: "t"), 0x09: simple = 0x09
    case UInt8(ascii: "n"): simple = 0x0A
    case UInt8(ascii: "v"): simple = 0x0B
    case UInt8(ascii: "f"): simple = 0x0C
    case UInt8(ascii: "r"): simple = 0x0D
    case UInt8(ascii: "e"): simple = 0x1B
    case UInt8(ascii: " "): simple = 0x20
    case UInt8(ascii: "\""): simple = 0x22
    case UInt8(ascii: "/"): simple = 0x2F
    case UInt8(ascii: "\\"): simple = 0x5C
    case UInt8(ascii: "N"): return decodeScalar(0x85, start, start + 2)
    case UInt8(ascii: "_"): return decodeScalar(0xA0, start, start + 2)
    case UInt8(ascii: "L"): return decodeScalar(0x2028, start, start + 2)
    case UInt8(ascii: "P"): return decodeScalar(0x2029, start, start + 2)
    case UInt8(ascii: "x"): return decodeHexadecimal(start, digits: 2)
    case UInt8(ascii: "u"): return decodeHexadecimal(start, digits: 4)
    case UInt8(ascii: "U"): return decodeHexadecimal(start, digits: 8)
    default: return reportEscape(start)
    }
    decodeAtomic(simple, start, start + 2)
    return start + 2
  }

  private mutating func decodeScalar(_ value: UInt32, _ start: Int, _ end: Int) -> Int {
    decodeAtomic(Unicode.Scalar(value) ?? "\u{FFFD}", start, end)
    return end
  }

  /// An escape that YAML does not have; its character stands for itself.
  private mutating func reportEscape(_ start: Int) -> Int {
    let end = characterEnd(start + 1)
    report(
      "`\(text(start, end))` is no escape of a double-quoted string", start, end,
      help: "a backslash is written `\\\\`, or put the value between single quotes",
      fixIt: FixIt("double the backslash", replacement: "\\" + text(start, end), applicability: .unsafe))
    decodeVerbatim(start + 1, end)
    return end
  }

  private mutating func decodeHexadecimal(_ start: Int, digits: Int) -> Int {
    guard let value = hexadecimal(start + 2, digits: digits) else {
      var end = start + 2
      while end < start + 2 + digits, isHexadecimal(byte(end)) { end += 1 }
      report("`\(text(start, start + 2))` needs \(digits) hexadecimal digits", start, end)
      decodeAtomic("\u{FFFD}", start, end)
      return end
    }
    let end = start + 2 + digits
    if let scalar = Unicode.Scalar(value) {
      decodeAtomic(scalar, start, end)
      return end
    }
    guard value <= 0x10FFFF else {
      report("`\(text(start, end))` is no Unicode character; the last is `\\U0010FFFF`", start, end)
      decodeAtomic("\u{FFFD}", start, end)
      return end
    }
    // JSON writes a character beyond U+FFFF as two escapes, and JSON is meant to be YAML.
    if value < 0xDC00, byte(end) == UInt8(ascii: "\\"), byte(end + 1) == UInt8(ascii: "u"),
      let low = hexadecimal(end + 2, digits: 4), low >= 0xDC00, low <= 0xDFFF
    {
      return decodeScalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00), start, end + 6)
    }
    add(
      Diagnostic(
        InvalidEncoding("`\(text(start, end))` is half of a surrogate pair and no character"),
        at: SourceSpan(start, end)))
    decodeAtomic("\u{FFFD}", start, end)
    return end
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66
  }

  private func hexadecimal(_ start: Int, digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in start..<(start + digits) {
      let digit = byte(index)
      guard isHexadecimal(digit) else { return nil }
      value = value << 4 | UInt32(digit <= 0x39 ? digit & 0x0F : (digit & 0x0F) + 9)
    }
    return value
  }
}

internal import Diagnostics
internal import Source

// Where strings end (cel-spec, STRING_LIT and BYTES_LIT). What they contain is read in `StringLiteral`.
extension Lexer {
  mutating func lexString(
    _ source: Span<UInt8>, from start: Int, quoteAt quoteOffset: Int, _ kind: TokenKind, _ prefixFlags: TokenFlags
  ) -> Int {
    let quote = source[quoteOffset]
    var flags = prefixFlags
    if source[quoteOffset + 1] == quote, source[quoteOffset + 2] == quote {
      return lexTripleQuotedString(source, from: start, quoteAt: quoteOffset, kind, prefixFlags)
    }
    let isRaw = flags.contains(.isRaw)
    var offset = quoteOffset + 1
    var union: UInt8 = 0
    while true {
      while offset &+ ByteGroup.count <= source.count {
        let count = ByteGroup(source, offset).plainCount(quote)
        offset &+= count
        if count < ByteGroup.count { break }
      }
      let byte = source[offset]
      if byte == quote { break }
      union |= byte
      switch byte {
      case 0x5C where !isRaw:
        flags.insert(.hasEscapes)
        offset += 1
        // A backslash at the end of the line hides nothing.
        if offset < source.count - 1, source[offset] != 0x0A, source[offset] != 0x0D { offset += 1 }
      case 0x0A, 0x0D: return lexUnterminatedString(source, start, quoteOffset, offset)
      case 0x00 where offset == source.count - 1: return lexUnterminatedString(source, start, quoteOffset, offset)
      default: offset += 1
      }
    }
    if union >= 0x80 { reportHiddenCharacters(source, quoteOffset + 1, offset) }
    tokens.append(Token(kind, start, offset + 1, flags))
    return offset + 1
  }

  private mutating func lexTripleQuotedString(
    _ source: Span<UInt8>, from start: Int, quoteAt quoteOffset: Int, _ kind: TokenKind, _ prefixFlags: TokenFlags
  ) -> Int {
    let quote = source[quoteOffset]
    var flags = prefixFlags
    flags.insert(.isTripleQuoted)
    var offset = quoteOffset + 3
    while offset < source.count - 1 {
      let byte = source[offset]
      if byte == quote, source[offset + 1] == quote, source[offset + 2] == quote {
        reportHiddenCharacters(source, quoteOffset + 3, offset)
        tokens.append(Token(kind, start, offset + 3, flags))
        return offset + 3
      }
      offset += 1
      if byte == 0x5C, !flags.contains(.isRaw) {
        flags.insert(.hasEscapes)
        if offset < source.count - 1 { offset += 1 }
      }
    }
    let written = String(repeating: quote == 0x22 ? "\"" : "'", count: 3)
    report(
      InvalidConditionSyntax("unterminated string: expected a closing `\(written)`"), at: SourceSpan(start, offset))
    swallowClosers(source, quoteOffset, offset)
    tokens.append(Token(.malformedLiteral, start, offset))
    return offset
  }

  /// A string that its line ends before it is closed.
  ///
  /// The rest of the line belongs to it, but for two plain cases: a quote of the other kind closes it, or brackets at the
  /// very end of the line close brackets that are open.
  private mutating func lexUnterminatedString(
    _ source: Span<UInt8>, _ start: Int, _ quoteOffset: Int, _ lineEnd: Int
  ) -> Int {
    unterminatedCount &+= 1
    let quote: UInt8 = source[quoteOffset]
    let written = quote == 0x22 ? "\"" : "'"
    let other: UInt8 = quote == 0x22 ? 0x27 : 0x22
    var end = lineEnd
    while end > quoteOffset + 1, isSpace(source[end - 1]) { end -= 1 }
    // "prod' && …
    var otherQuotes = 0
    var firstOther = end
    for offset in (quoteOffset + 1)..<max(end, quoteOffset + 1) where source[offset] == other {
      if otherQuotes == 0 { firstOther = offset }
      otherQuotes += 1
    }
    if otherQuotes % 2 == 1 {
      let fixIt = FixIt(
        "close the string with `\(written)`",
        edits: [SourceEdit(span: SourceSpan(firstOther, firstOther + 1), text: written)], applicability: .unsafe)
      report(
        InvalidConditionSyntax("unterminated string: it starts with `\(written)` and must end so", fixIt: fixIt),
        at: SourceSpan(start, firstOther + 1))
      tokens.append(Token(.malformedLiteral, start, firstOther + 1))
      return firstOther + 1
    }
    if let stringEnd = endOnLaterLine(source, quoteOffset, lineEnd) {
      let triple = String(repeating: written, count: 3)
      let fixIt = FixIt(
        "write \(triple)",
        edits: [
          SourceEdit(span: SourceSpan(quoteOffset, quoteOffset + 1), text: triple),
          SourceEdit(span: SourceSpan(stringEnd - 1, stringEnd), text: triple),
        ], applicability: .safe)
      report(
        InvalidConditionSyntax("a string of several lines stands in `\(triple)`", fixIt: fixIt),
        at: SourceSpan(start, end))
      tokens.append(Token(.malformedLiteral, start, stringEnd))
      return stringEnd
    }
    let stringEnd = endBeforeClosers(source, quoteOffset, end)
    let fixIt = FixIt(
      "close the string", edits: [SourceEdit(span: SourceSpan(at: stringEnd), text: written)], applicability: .unsafe)
    report(
      InvalidConditionSyntax("unterminated string: expected a closing `\(written)`", fixIt: fixIt),
      at: SourceSpan(start, end))
    swallowClosers(source, quoteOffset, stringEnd)
    tokens.append(Token(.malformedLiteral, start, stringEnd))
    return stringEnd
  }

  /// Where a string ends that was meant to have several lines: at a quote with no word behind it, on a line where quotes
  /// have no pairs.
  private func endOnLaterLine(_ source: Span<UInt8>, _ quoteOffset: Int, _ lineEnd: Int) -> Int? {
    guard unterminatedCount <= 16 else { return nil }
    let quote = source[quoteOffset]
    var offset = lineEnd
    while offset < source.count - 1, source[offset] != quote { offset += 1 }
    guard offset < source.count - 1 else { return nil }
    var count = 0
    var end = offset
    while end < source.count - 1, source[end] != 0x0A, source[end] != 0x0D {
      if source[end] == quote { count += 1 }
      end += 1
    }
    var next = offset + 1
    while next < end, isSpace(source[next]) { next += 1 }
    guard count % 2 == 1, !isWordByte(source[next]), source[next] < 0x80 else { return nil }
    return offset + 1
  }

  /// Where an unterminated string ends if the closing brackets behind it all close something.
  private func endBeforeClosers(_ source: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    // The search looks at all tokens so far: a text full of unterminated strings must not make it quadratic.
    guard unterminatedCount <= 16 else { return end }
    var open: [TokenKind] = []
    for token in tokens {
      if token.kind.isOpener {
        open.append(token.kind)
      } else if token.kind.isCloser, open.last?.counterpart == token.kind {
        open.removeLast()
      }
    }
    var tail = end
    while tail > start + 1, closer(source[tail - 1]) != nil || isSpace(source[tail - 1]) { tail -= 1 }
    var depth = open.count
    for offset in tail..<end {
      guard let closing = closer(source[offset]) else { continue }
      guard depth > 0, open[depth - 1].counterpart == closing else { return end }
      depth -= 1
    }
    return tail
  }

  private mutating func swallowClosers(_ source: Span<UInt8>, _ start: Int, _ end: Int) {
    for offset in start..<end {
      if let kind = closer(source[offset]), !swallowedClosers.contains(kind) { swallowedClosers.append(kind) }
    }
  }

  private func closer(_ byte: UInt8) -> TokenKind? {
    switch byte {
    case 0x29: .rightParenthesis
    case 0x5D: .rightBracket
    case 0x7D: .rightBrace
    default: nil
    }
  }
}

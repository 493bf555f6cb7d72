internal import Diagnostics
internal import Source

// What no token may look like: each run of it is reported once, and what was probably meant is yielded in its place.
extension Lexer {
  /// A word that goes on with letters beyond ASCII, or with characters that cannot be seen.
  ///
  /// - Returns: Where it ends; `nil` when the character at `end` belongs to no word.
  mutating func lexMalformedName(_ source: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var offset = end
    var firstForeign: (start: Int, end: Int, scalar: Unicode.Scalar)?
    var mended = text(source, start, end)
    var isMendable = true
    while true {
      if isWordByte(source[offset]) {
        mended.unicodeScalars.append(Unicode.Scalar(source[offset]))
        offset += 1
        continue
      }
      guard source[offset] >= 0x80 else { break }
      let (scalar, length) = decodeScalar(source, offset)
      guard let scalar, scalar.properties.isAlphabetic || isHidden(scalar) || scalar.properties.numericType != nil
      else { break }
      if let first = firstForeign {
        if first.end == offset { firstForeign = (first.start, offset + length, first.scalar) }
      } else {
        firstForeign = (offset, offset + length, scalar)
      }
      if let ascii = asciiLookalike(scalar) {
        mended.unicodeScalars.append(ascii)
      } else if !isHidden(scalar) {
        isMendable = false
      }
      offset += length
    }
    guard let foreign = firstForeign else { return nil }
    // `a` followed by an invisible character and no letter: the character stands between tokens.
    if isHidden(foreign.scalar), foreign.end == offset, start < foreign.start {
      tokens.append(Token(.identifier, start, foreign.start))
      reportUnknown(foreign.scalar, SourceSpan(foreign.start, foreign.end))
      return offset
    }
    let fixIt =
      isMendable && !mended.isEmpty
      ? FixIt(
        "write `\(mended)` in ASCII", edits: [SourceEdit(span: SourceSpan(start, offset), text: mended)],
        applicability: .unsafe) : nil
    report(
      InvalidConditionSyntax(describe(foreign.scalar), help: "names are ASCII letters, digits and `_`", fixIt: fixIt),
      at: SourceSpan(foreign.start, foreign.end))
    tokens.append(Token(.malformedName, start, offset))
    return offset
  }

  /// Whatever starts no token.
  mutating func lexUnreadable(_ source: Span<UInt8>, _ start: Int) -> Int {
    let byte = source[start]
    if byte >= 0x80 { return lexForeignCharacter(source, start) }
    if byte == 0x23, isCommentSign(source, start) {
      let (end, _) = endOfLine(source, start)
      report(
        InvalidConditionSyntax(
          "a comment starts with `//`", fixIt: FixIt("write `//`", replacement: "//", applicability: .unsafe)),
        at: SourceSpan(start, start + 1))
      return end
    }
    if byte == 0x5C {
      var end = start + 1
      while source[end] == 0x20 || source[end] == 0x09 { end += 1 }
      if source[end] == 0x0A || source[end] == 0x0D {
        report(
          InvalidConditionSyntax(
            "a condition may go on in the next line without `\\`",
            fixIt: FixIt("remove the `\\`", replacement: "", applicability: .safe)),
          at: SourceSpan(start, start + 1))
        return end
      }
    }
    if byte == 0x24, source[start + 1] == 0x7B {
      var end = start + 2
      while end < source.count - 1, source[end] != 0x7D, source[end] != 0x0A { end += 1 }
      if source[end] == 0x7D { end += 1 }
      report(InvalidConditionSyntax("`${…}` is not CEL: write the expression itself"), at: SourceSpan(start, end))
      tokens.append(Token(.malformedName, start, end))
      return end
    }
    var end = start + 1
    while source[end] == byte, end < source.count - 1 { end += 1 }
    reportUnknown(Unicode.Scalar(byte), SourceSpan(start, end))
    if byte < 0x20 || byte == 0x7F { return end }
    tokens.append(Token(.unknown, start, end))
    return end
  }

  /// Whether a `#` starts what other languages call a comment: at the start of a line, or behind an operand and a blank.
  private func isCommentSign(_ source: Span<UInt8>, _ start: Int) -> Bool {
    var offset = start
    while offset > 0, source[offset - 1] == 0x20 || source[offset - 1] == 0x09 { offset -= 1 }
    if offset == 0 || source[offset - 1] == 0x0A || source[offset - 1] == 0x0D {
      return isSpace(source[start + 1]) || source[start + 1] == 0x23
    }
    return offset < start && tokens.last?.kind.endsOperand == true
  }

  mutating func lexBlockComment(_ source: Span<UInt8>, _ start: Int) -> Int {
    var end = start + 2
    while end < source.count - 1, !(source[end] == 0x2A && source[end + 1] == 0x2F) { end += 1 }
    end = min(end + 2, source.count - 1)
    report(
      InvalidConditionSyntax(
        "CEL has no `/* … */` comments", help: "a comment starts with `//` and ends with its line"),
      at: SourceSpan(start, end))
    return end
  }

  mutating func lexMalformedQuotedIdentifier(_ source: Span<UInt8>, _ start: Int, _ readEnd: Int) -> Int {
    var end = start + 1
    while end < source.count - 1, source[end] != 0x60, source[end] != 0x0A, source[end] != 0x0D { end += 1 }
    if source[end] == 0x60 {
      end += 1
      report(
        InvalidConditionSyntax(
          end == start + 2
            ? "a name in backquotes must not be empty"
            : "a name in backquotes holds letters, digits, `_`, `.`, `-`, `/` and blanks"), at: SourceSpan(start, end))
    } else {
      end = readEnd
      while end > start + 1, isSpace(source[end - 1]) { end -= 1 }
      report(InvalidConditionSyntax("expected a closing backquote"), at: SourceSpan(start, end))
    }
    tokens.append(Token(.malformedName, start, end))
    return end
  }

  /// A character beyond ASCII outside strings and comments.
  private mutating func lexForeignCharacter(_ source: Span<UInt8>, _ start: Int) -> Int {
    let (scalar, length) = decodeScalar(source, start)
    guard let scalar else {
      var end = start + 1
      while source[end] >= 0x80, decodeScalar(source, end).scalar == nil { end += 1 }
      report(InvalidConditionSyntax("bytes that are not UTF-8"), at: SourceSpan(start, end))
      tokens.append(Token(.unknown, start, end))
      return end
    }
    if isTypographicQuote(scalar) { return lexSmartQuotedString(source, start) }
    if isHidden(scalar) || scalar.properties.isWhitespace {
      var end = start + length
      while source[end] >= 0x80 {
        let (next, length) = decodeScalar(source, end)
        guard let next, isHidden(next) || next.properties.isWhitespace else { break }
        end += length
      }
      reportUnknown(scalar, SourceSpan(start, end))
      return end
    }
    if scalar.properties.isAlphabetic, let end = lexMalformedName(source, start, start) { return end }
    let span = SourceSpan(start, start + length)
    if let ascii = asciiLookalike(scalar), let kind = punctuation(ascii) {
      report(
        InvalidConditionSyntax(
          describe(scalar),
          fixIt: FixIt("write `\(ascii)`", replacement: String(Character(ascii)), applicability: .unsafe)),
        at: span)
      tokens.append(Token(kind, start, start + length))
      return start + length
    }
    if let (kind, meant) = mathematicalOperator(scalar) {
      report(
        InvalidConditionSyntax(
          "`\(scalar)` is written `\(meant)`",
          fixIt: FixIt("write `\(meant)`", replacement: meant, applicability: .safe)),
        at: span)
      tokens.append(Token(kind, start, start + length))
      return start + length
    }
    var end = start + length
    while source[end] >= 0x80 {
      let (next, length) = decodeScalar(source, end)
      guard let next, !next.properties.isAlphabetic, !next.properties.isWhitespace, !isTypographicQuote(next) else {
        break
      }
      end += length
    }
    reportUnknown(scalar, SourceSpan(start, end))
    tokens.append(Token(.unknown, start, end))
    return end
  }

  /// `“prod”`: a string as word processors spell it.
  private mutating func lexSmartQuotedString(_ source: Span<UInt8>, _ start: Int) -> Int {
    let (opening, _) = decodeScalar(source, start)
    let isDouble = opening.map { $0.value >= 0x201C } ?? true
    let (lineEnd, _) = endOfLine(source, start)
    let straight = isDouble ? "\"" : "'"
    var offset = start + 3
    while offset < lineEnd {
      let (scalar, length) = decodeScalar(source, offset)
      if let scalar, isTypographicQuote(scalar), (scalar.value >= 0x201C) == isDouble {
        let fixIt = FixIt(
          "write straight quotes",
          edits: [
            SourceEdit(span: SourceSpan(start, start + 3), text: straight),
            SourceEdit(span: SourceSpan(offset, offset + 3), text: straight),
          ], applicability: .safe)
        report(
          InvalidConditionSyntax("a string stands in straight quotes, `\"` or `'`", fixIt: fixIt),
          at: SourceSpan(start, offset + 3))
        tokens.append(Token(.string, start, offset + 3, [.isSmartQuoted, .isRaw]))
        return offset + 3
      }
      offset += length
    }
    let span = SourceSpan(start, start + 3)
    report(InvalidConditionSyntax("a string stands in straight quotes, `\"` or `'`"), at: span)
    tokens.append(Token(.unknown, start, start + 3))
    return start + 3
  }

  private mutating func reportUnknown(_ scalar: Unicode.Scalar, _ span: SourceSpan) {
    report(
      InvalidConditionSyntax(
        describe(scalar), fixIt: isHidden(scalar) ? FixIt("remove it", replacement: "", applicability: .safe) : nil),
      at: span)
  }

  /// Warns of each hidden character in a string or comment.
  mutating func reportHiddenCharacters(_ source: Span<UInt8>, _ start: Int, _ end: Int) {
    var offset = start
    var previous: Unicode.Scalar?
    while offset < end {
      guard source[offset] >= 0x80 else {
        previous = Unicode.Scalar(source[offset])
        offset += 1
        continue
      }
      let (scalar, length) = decodeScalar(source, offset)
      if let scalar, isHidden(scalar) {
        let next = offset + length < end ? decodeScalar(source, offset + length).scalar : nil
        if !isInPlace(scalar, previous, next) {
          report(HiddenUnicode(codePoint: scalar), at: SourceSpan(offset, offset + length))
        }
      }
      previous = scalar
      offset += length
    }
  }

  /// A scalar and its length in bytes; `nil` and 1 for what is not UTF-8 (RFC 3629).
  func decodeScalar(_ source: Span<UInt8>, _ offset: Int) -> (scalar: Unicode.Scalar?, length: Int) {
    let first = source[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + length <= source.count else { return (nil, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let byte = source[offset + index]
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value), value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000) else {
      return (nil, 1)
    }
    return (scalar, length)
  }

  private func punctuation(_ scalar: Unicode.Scalar) -> TokenKind? {
    switch scalar {
    case "(": .leftParenthesis
    case ")": .rightParenthesis
    case "[": .leftBracket
    case "]": .rightBracket
    case "{": .leftBrace
    case "}": .rightBrace
    case ",": .comma
    case ":": .colon
    case ";": .semicolon
    case ".": .dot
    case "?": .question
    case "!": .not
    case "<": .less
    case ">": .greater
    case "+": .plus
    case "-": .minus
    case "*": .star
    case "/": .slash
    case "%": .percent
    default: nil
    }
  }

  private func mathematicalOperator(_ scalar: Unicode.Scalar) -> (TokenKind, String)? {
    switch scalar {
    case "\u{2260}": (.notEqual, "!=")
    case "\u{2264}": (.lessOrEqual, "<=")
    case "\u{2265}": (.greaterOrEqual, ">=")
    case "\u{2227}": (.and, "&&")
    case "\u{2228}": (.or, "||")
    case "\u{AC}": (.not, "!")
    case "\u{D7}": (.star, "*")
    case "\u{F7}": (.slash, "/")
    case "\u{2208}": (.in, "in")
    case "\u{FF1D}": (.equal, "==")
    default: nil
    }
  }
}

internal import Diagnostics
internal import Source

// What strings contain (cel-spec, "String and Bytes Values").
extension Parser {
  /// Decodes the current string or bytes token; each bad escape is reported.
  mutating func readString() -> Operand {
    let token = tokens[position]
    position += 1
    let kind: NodeKind = token.kind == .bytes ? .bytes : .string
    let start = draft.literalBytes.count
    var content = contentRange(token)
    if token.flags.contains(.hasEscapes) {
      decodeEscapes(content, isBytes: token.kind == .bytes)
    } else {
      unsafe draft.literalBytes.append(contentsOf: UnsafeBufferPointer(rebasing: lexer.bytes.buffer[content]))
    }
    var end = token.span.end
    // 'it''s': SQL and YAML double a quote inside a string.
    if tokens[position].kind == token.kind, tokens[position].span.start == end,
      token.flags.isDisjoint(with: [.isTripleQuoted, .isSmartQuoted])
    {
      end = mendDoubledQuotes(token, &content)
    }
    let count = draft.literalBytes.count - start
    return makeNode(
      kind, token.span.start, end, first: UInt32(truncatingIfNeeded: start), second: UInt32(truncatingIfNeeded: count))
  }

  /// The bytes between the quotes.
  @inline(__always)
  private func contentRange(_ token: Token) -> Range<Int> {
    var start = token.span.start
    if token.flags.contains(.isSmartQuoted) { return (start + 3)..<max(start + 3, token.span.end - 3) }
    while lexer.bytes[start] != 0x22, lexer.bytes[start] != 0x27 { start += 1 }
    let quotes = token.flags.contains(.isTripleQuoted) ? 3 : 1
    return (start + quotes)..<(token.span.end - quotes)
  }

  private mutating func mendDoubledQuotes(_ first: Token, _ content: inout Range<Int>) -> Int {
    let quote = lexer.bytes[first.span.end - 1]
    let written = quote == 0x22 ? "\"" : "'"
    var edits: [SourceEdit] = []
    var end = first.span.end
    while tokens[position].kind == first.kind, tokens[position].span.start == end, lexer.bytes[end] == quote,
      !tokens[position].flags.contains(.isTripleQuoted)
    {
      let next = tokens[position]
      edits.append(SourceEdit(span: SourceSpan(end - 1, end + 1), text: "\\\(written)"))
      draft.literalBytes.append(quote)
      content = contentRange(next)
      if next.flags.contains(.hasEscapes) {
        decodeEscapes(content, isBytes: first.kind == .bytes)
      } else {
        unsafe draft.literalBytes.append(contentsOf: UnsafeBufferPointer(rebasing: lexer.bytes.buffer[content]))
      }
      end = next.span.end
      position += 1
    }
    guard !edits.isEmpty else { return end }
    report(
      InvalidConditionSyntax(
        "a `\(written)` inside a string is written `\\\(written)`",
        fixIt: FixIt("write `\\\(written)`", edits: edits, applicability: .safe)),
      at: SourceSpan(first.span.start, end))
    return end
  }

  private mutating func decodeEscapes(_ content: Range<Int>, isBytes: Bool) {
    var offset = content.lowerBound
    while offset < content.upperBound {
      let byte = lexer.bytes[offset]
      guard byte == 0x5C else {
        draft.literalBytes.append(byte)
        offset += 1
        continue
      }
      offset = decodeEscape(offset, content.upperBound, isBytes)
    }
  }

  /// Decodes the escape at an offset, and returns where it ends.
  private mutating func decodeEscape(_ start: Int, _ limit: Int, _ isBytes: Bool) -> Int {
    let letter = start + 1 < limit ? lexer.bytes[start + 1] : 0
    switch letter {
    case 0x61: draft.literalBytes.append(0x07)
    case 0x62: draft.literalBytes.append(0x08)
    case 0x66: draft.literalBytes.append(0x0C)
    case 0x6E: draft.literalBytes.append(0x0A)
    case 0x72: draft.literalBytes.append(0x0D)
    case 0x74: draft.literalBytes.append(0x09)
    case 0x76: draft.literalBytes.append(0x0B)
    case 0x22, 0x27, 0x3F, 0x5C, 0x60: draft.literalBytes.append(letter)
    case 0x30...0x33: return decodeNumericEscape(start, start + 1, 3, 8, limit, isBytes)
    case 0x78, 0x58: return decodeNumericEscape(start, start + 2, 2, 16, limit, isBytes)
    case 0x75: return decodeNumericEscape(start, start + 2, 4, 16, limit, isBytes)
    case 0x55: return decodeNumericEscape(start, start + 2, 8, 16, limit, isBytes)
    default: return reportEscape(start, limit)
    }
    return start + 2
  }

  private mutating func decodeNumericEscape(
    _ start: Int, _ digits: Int, _ count: Int, _ base: UInt32, _ limit: Int, _ isBytes: Bool
  ) -> Int {
    var value: UInt32 = 0
    var end = digits
    while end < limit, end < digits + count, let digit = digitValue(lexer.bytes[end]), digit < base {
      value = value &* base &+ digit
      end += 1
    }
    let letter = lexer.bytes[start + 1]
    guard end == digits + count else {
      let kind = base == 8 ? "octal" : "hexadecimal"
      let head = base == 8 ? "\\" : "\\" + String(Unicode.Scalar(letter))
      return report(escape: SourceSpan(start, end), "an escape `\(head)` needs \(count) \(kind) digits")
    }
    if isBytes, letter == 0x75 || letter == 0x55 {
      return report(escape: SourceSpan(start, end), "bytes have no escape `\\\(Unicode.Scalar(letter))`")
    }
    if isBytes {
      draft.literalBytes.append(UInt8(truncatingIfNeeded: value))
      return end
    }
    guard let scalar = Unicode.Scalar(value) else {
      return report(escape: SourceSpan(start, end), "`\(text(SourceSpan(start, end)))` is no Unicode character")
    }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { draft.literalBytes.append(byte) }
    return end
  }

  private func digitValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// An escape of no known letter: the backslash was probably meant to stand for itself, as in patterns.
  private mutating func reportEscape(_ start: Int, _ limit: Int) -> Int {
    var end = min(start + 2, limit)
    while end < limit, lexer.bytes[end] & 0xC0 == 0x80 { end += 1 }
    let span = SourceSpan(start, end)
    report(
      InvalidConditionSyntax(
        "unknown escape `\(text(span))`",
        help: "a backslash is written `\\\\`; in a raw string, `r\"…\"`, it stands for itself",
        fixIt: FixIt(
          "double the backslash", edits: [SourceEdit(span: SourceSpan(at: start), text: "\\")], applicability: .unsafe)),
      at: span)
    for byte in lexer.bytes[span.range] { draft.literalBytes.append(byte) }
    return end
  }

  private mutating func report(escape span: SourceSpan, _ message: String) -> Int {
    report(InvalidConditionSyntax(message), at: span)
    for byte in lexer.bytes[span.range] { draft.literalBytes.append(byte) }
    return span.end
  }
}

internal import Diagnostics
internal import Source

/// Splits a condition into tokens (cel-spec, "Syntax"), and reports what cannot be one.
///
/// A lexer is kept and reused with its parser; see `UnreadableText` for what it does about faults.
struct Lexer {
  /// The text, and one NUL behind it, which ends every scan without a test of the length.
  var bytes = Stack<UInt8>(capacity: 1_024)
  /// INVARIANT: after `tokenize()` the last is the only `.endOfText`.
  var tokens = Stack<Token>(capacity: 256)
  var comments: [SourceSpan] = []
  var diagnostics: [Diagnostic] = []
  /// Closing brackets that an unterminated string swallowed; their absence is no fault of its own.
  var swallowedClosers: [TokenKind] = []
  var faultLimit = FaultLimit()
  /// How many unterminated strings there were; the search for brackets in them is bounded by it.
  var unterminatedCount = 0

  /// The length of the text in bytes.
  var count: Int { bytes.count - 1 }

  /// Takes a new text, and forgets the last one.
  mutating func load(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll()
    unsafe bytes.append(contentsOf: text)
    bytes.append(0)
    tokens.removeAll()
    if !comments.isEmpty { comments.removeAll(keepingCapacity: true) }
    if !diagnostics.isEmpty { diagnostics.removeAll() }
    if !swallowedClosers.isEmpty { swallowedClosers.removeAll() }
    unterminatedCount = 0
    faultLimit = FaultLimit()
  }

  mutating func report(_ message: some DiagnosticMessage, at span: SourceSpan) {
    faultLimit.append(Diagnostic(message, at: span), to: &diagnostics)
  }

  mutating func tokenize() {
    let text = unsafe UnsafeBufferPointer(bytes.buffer)
    let source = unsafe text.span
    var offset = 0
    while true {
      switch source[offset] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: offset += 1
      case 0x41...0x5A, 0x61...0x7A, 0x5F: offset = lexWord(source, offset)
      case 0x30...0x39: offset = lexNumber(source, offset)
      case 0x22, 0x27: offset = lexString(source, from: offset, quoteAt: offset, .string, [])
      case 0x2E:  // .
        if isDigit(source[offset + 1]) {
          offset = lexNumber(source, offset)
        } else {
          offset = add(.dot, offset, 1)
        }
      case 0x28: offset = add(.leftParenthesis, offset, 1)
      case 0x29: offset = add(.rightParenthesis, offset, 1)
      case 0x5B: offset = add(.leftBracket, offset, 1)
      case 0x5D: offset = add(.rightBracket, offset, 1)
      case 0x7B: offset = add(.leftBrace, offset, 1)
      case 0x7D: offset = add(.rightBrace, offset, 1)
      case 0x2C: offset = add(.comma, offset, 1)
      case 0x3A:  // :
        offset = source[offset + 1] == 0x3D ? add(.foreignOperator, offset, 2) : add(.colon, offset, 1)
      case 0x3F:  // ?
        offset = source[offset + 1] == 0x3F ? add(.foreignOperator, offset, 2) : add(.question, offset, 1)
      case 0x3B: offset = add(.semicolon, offset, 1)
      case 0x21, 0x26, 0x2A, 0x2B, 0x2D, 0x3C, 0x3D, 0x3E, 0x5E, 0x7C, 0x7E, 0x25: offset = lexOperator(source, offset)
      case 0x2F: offset = lexSlash(source, offset)
      case 0x60: offset = lexQuotedIdentifier(source, offset)
      case 0x00 where offset == source.count - 1:
        tokens.append(Token(.endOfText, endOfContent(source), offset))
        return
      default: offset = lexUnreadable(source, offset)
      }
    }
  }

  @inline(__always)
  mutating func add(_ kind: TokenKind, _ start: Int, _ length: Int) -> Int {
    tokens.append(Token(kind, start, start + length))
    return start + length
  }

  /// Where the text ends for a reader: before the whitespace at its end, so that what is missing there is missed on
  /// the last line rather than behind it.
  private func endOfContent(_ source: Span<UInt8>) -> Int {
    var end = source.count - 1
    while end > 0, isSpace(source[end - 1]) { end -= 1 }
    return end
  }

  private mutating func lexWord(_ source: Span<UInt8>, _ start: Int) -> Int {
    let end = endOfWord(source, start)
    let next = source[end]
    if next >= 0x80, let malformedEnd = lexMalformedName(source, start, end) { return malformedEnd }
    if next == 0x22 || next == 0x27, end - start <= 2, let (kind, flags) = stringPrefix(source, start, end) {
      return lexString(source, from: start, quoteAt: end, kind, flags)
    }
    tokens.append(Token(wordKind(source, start, end), start, end))
    return end
  }

  /// Where a word ends that starts with a letter or `_`.
  @inline(__always)
  private func endOfWord(_ source: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end &+ ByteGroup.count <= source.count {
      let count = ByteGroup(source, end).wordCount
      end &+= count
      if count < ByteGroup.count { return end }
    }
    while isWordByte(source[end]) { end &+= 1 }
    return end
  }

  /// The kind of literal that a prefix introduces (cel-spec: `[bB]? [rR]?`), `nil` when it is no prefix.
  private func stringPrefix(_ source: Span<UInt8>, _ start: Int, _ end: Int) -> (TokenKind, TokenFlags)? {
    let first = source[start] | 0x20
    if end - start == 1 {
      if first == 0x72 { return (.string, .isRaw) }
      return first == 0x62 ? (.bytes, []) : nil
    }
    let second = source[start + 1] | 0x20
    return (first == 0x62 && second == 0x72) || (first == 0x72 && second == 0x62) ? (.bytes, .isRaw) : nil
  }

  /// Keywords and reserved words are told apart by length and first letter before any comparison.
  private func wordKind(_ source: Span<UInt8>, _ start: Int, _ end: Int) -> TokenKind {
    let first = source[start]
    switch end - start {
    case 2:
      if first == 0x69 {
        if source[start + 1] == 0x6E { return .in }
        if source[start + 1] == 0x66 { return .reservedWord }
      }
      if first == 0x61, source[start + 1] == 0x73 { return .reservedWord }
    case 3:
      if first == 0x66, matches(source, start, "for") { return .reservedWord }
      if first == 0x6C, matches(source, start, "let") { return .reservedWord }
      if first == 0x76, matches(source, start, "var") { return .reservedWord }
    case 4:
      if first == 0x74, matches(source, start, "true") { return .true }
      if first == 0x6E, matches(source, start, "null") { return .null }
      if first == 0x65, matches(source, start, "else") { return .reservedWord }
      if first == 0x6C, matches(source, start, "loop") { return .reservedWord }
      if first == 0x76, matches(source, start, "void") { return .reservedWord }
    case 5:
      if first == 0x66, matches(source, start, "false") { return .false }
      if first == 0x62, matches(source, start, "break") { return .reservedWord }
      if first == 0x63, matches(source, start, "const") { return .reservedWord }
      if first == 0x77, matches(source, start, "while") { return .reservedWord }
    case 6:
      if first == 0x69, matches(source, start, "import") { return .reservedWord }
      if first == 0x72, matches(source, start, "return") { return .reservedWord }
    case 7:
      if first == 0x70, matches(source, start, "package") { return .reservedWord }
    case 8:
      if first == 0x63, matches(source, start, "continue") { return .reservedWord }
      if first == 0x66, matches(source, start, "function") { return .reservedWord }
    case 9:
      if first == 0x6E, matches(source, start, "namespace") { return .reservedWord }
    default: break
    }
    return .identifier
  }

  /// Whether ASCII text stands at an offset; never reads behind the end, which no ASCII text matches.
  func matches(_ source: Span<UInt8>, _ start: Int, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { buffer in
      for index in buffer.indices where unsafe start + index >= source.count || source[start + index] != buffer[index] {
        return false
      }
      return true
    }
  }

  private mutating func lexOperator(_ source: Span<UInt8>, _ start: Int) -> Int {
    let next = source[start + 1]
    switch source[start] {
    case 0x26, 0x7C:  // & |
      guard next == source[start] else { return add(.foreignOperator, start, 1) }
      var end = start + 2
      while source[end] == next { end += 1 }
      if end > start + 2 { return add(.foreignOperator, start, end - start) }
      return add(next == 0x26 ? .and : .or, start, 2)
    case 0x3D:  // =
      if next == 0x3D { return source[start + 2] == 0x3D ? add(.foreignOperator, start, 3) : add(.equal, start, 2) }
      return add(.foreignOperator, start, next == 0x3E || next == 0x3C || next == 0x7E ? 2 : 1)
    case 0x21:  // !
      if next == 0x3D {
        return source[start + 2] == 0x3D ? add(.foreignOperator, start, 3) : add(.notEqual, start, 2)
      }
      return next == 0x7E ? add(.foreignOperator, start, 2) : add(.not, start, 1)
    case 0x3C:  // <
      if next == 0x3D { return add(.lessOrEqual, start, 2) }
      return next == 0x3E || next == 0x3C ? add(.foreignOperator, start, 2) : add(.less, start, 1)
    case 0x3E:  // >
      if next == 0x3D { return add(.greaterOrEqual, start, 2) }
      return next == 0x3E ? add(.foreignOperator, start, 2) : add(.greater, start, 1)
    case 0x2B: return next == 0x2B ? add(.foreignOperator, start, 2) : add(.plus, start, 1)
    case 0x2D: return next == 0x3E ? add(.foreignOperator, start, 2) : add(.minus, start, 1)
    case 0x2A: return next == 0x2A ? add(.foreignOperator, start, 2) : add(.star, start, 1)
    case 0x25: return add(.percent, start, 1)
    default: return add(.foreignOperator, start, 1)  // ^ ~
    }
  }

  private mutating func lexSlash(_ source: Span<UInt8>, _ start: Int) -> Int {
    if source[start + 1] == 0x2F { return lexComment(source, start) }
    if source[start + 1] == 0x2A { return lexBlockComment(source, start) }
    return add(.slash, start, 1)
  }

  /// A `//` comment, up to the end of its line.
  mutating func lexComment(_ source: Span<UInt8>, _ start: Int) -> Int {
    let (end, isASCII) = endOfLine(source, start)
    comments.append(SourceSpan(start, end))
    if !isASCII { reportHiddenCharacters(source, start, end) }
    return end
  }

  /// Where a line ends, and whether it is all ASCII up to there.
  func endOfLine(_ source: Span<UInt8>, _ start: Int) -> (end: Int, isASCII: Bool) {
    var end = start
    var union: UInt8 = 0
    while end < source.count - 1, source[end] != 0x0A, source[end] != 0x0D {
      union |= source[end]
      end += 1
    }
    return (end, union < 0x80)
  }

  /// A name in backquotes: letters, digits and `_ . - / ` and blank (cel-go, ESC_IDENTIFIER).
  private mutating func lexQuotedIdentifier(_ source: Span<UInt8>, _ start: Int) -> Int {
    var end = start + 1
    while isWordByte(source[end]) || source[end] == 0x2E || source[end] == 0x2D || source[end] == 0x2F
      || source[end] == 0x20
    {
      end += 1
    }
    if source[end] == 0x60, end > start + 1 { return add(.quotedIdentifier, start, end + 1 - start) }
    return lexMalformedQuotedIdentifier(source, start, end)
  }
}

@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always) func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B) }

@inline(__always) func isWordByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
}

@inline(__always) func isHexadecimalDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 }

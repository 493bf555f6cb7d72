internal import Diagnostics
internal import Source

// Where numbers end (cel-spec, INT_LIT, UINT_LIT, FLOAT_LIT). Their values are read in `NumberLiteral`.
extension Lexer {
  mutating func lexNumber(_ source: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    var kind = TokenKind.int
    if source[start] == 0x30, source[start + 1] | 0x20 == 0x78 {
      end += 2
      while isHexadecimalDigit(source[end]) { end += 1 }
      if end == start + 2 { return lexMalformedNumber(source, start, end) }
    } else {
      while isDigit(source[end]) { end += 1 }
      if source[end] == 0x2E, isDigit(source[end + 1]) {
        kind = .double
        end += 2
        while isDigit(source[end]) { end += 1 }
      }
      if source[end] | 0x20 == 0x65 {
        var exponent = end + 1
        if source[exponent] == 0x2B || source[exponent] == 0x2D { exponent += 1 }
        guard isDigit(source[exponent]) else { return lexMalformedNumber(source, start, exponent) }
        kind = .double
        end = exponent
        while isDigit(source[end]) { end += 1 }
      }
    }
    if kind == .int, source[end] | 0x20 == 0x75 {
      kind = .uint
      end += 1
    }
    let next = source[end]
    if isWordByte(next) || (next == 0x2E && (isDigit(source[end + 1]) || source[end + 1] == 0x2E)) {
      return lexMalformedNumber(source, start, end)
    }
    tokens.append(Token(kind, start, end))
    return end
  }

  private mutating func lexMalformedNumber(_ source: Span<UInt8>, _ start: Int, _ readEnd: Int) -> Int {
    var end = readEnd
    while isWordByte(source[end])
      || (source[end] == 0x2E && (isWordByte(source[end + 1]) || source[end + 1] == 0x2E || source[end - 1] == 0x2E))
    {
      end += 1
    }
    // `.0` behind an operand was meant as an index: `list.0.name`. The parser says so; it needs the parts.
    if source[start] == 0x2E, tokens.last?.kind.endsOperand == true, tokens.last?.span.end == start {
      var digits = start + 1
      while isDigit(source[digits]) { digits += 1 }
      if source[digits] == 0x2E {
        tokens.append(Token(.double, start, digits))
        return digits
      }
    }
    report(malformedNumber(written: text(source, start, end)), at: SourceSpan(start, end))
    tokens.append(Token(.malformedLiteral, start, end))
    return end
  }

  private func malformedNumber(written: String) -> InvalidConditionSyntax {
    let lower = written.lowercased()
    if lower == "0x" { return InvalidConditionSyntax("`\(written)` needs hexadecimal digits") }
    if written.contains("_") {
      let plain = String(written.filter { $0 != "_" })
      return InvalidConditionSyntax(
        "`\(written)` is not a number: CEL has no `_` in numbers",
        fixIt: FixIt("write `\(plain)`", replacement: plain, applicability: .safe))
    }
    let unit = String(lower.drop { $0 == "." || ($0 >= "0" && $0 <= "9") })
    let quantity = lower.dropLast(unit.count)
    if !quantity.contains("..") {
      if ["h", "m", "s", "ms", "us", "ns"].contains(unit) {
        return InvalidConditionSyntax(
          "`\(written)` is not a number", help: "a duration is written `duration(\"\(lower)\")`",
          fixIt: FixIt("write a duration", replacement: "duration(\"\(lower)\")", applicability: .unsafe))
      }
      if unit == "d" || unit == "f" || unit == "l" {
        return InvalidConditionSyntax("`\(written)` is not a number: CEL has no suffix `\(written.suffix(1))`")
      }
    }
    return InvalidConditionSyntax("`\(written)` is not a number")
  }

  /// A part of the text as a string, for messages; what is not UTF-8 becomes U+FFFD.
  func text(_ source: Span<UInt8>, _ start: Int, _ end: Int) -> String {
    var part: [UInt8] = []
    for offset in start..<end { part.append(source[offset]) }
    return String(decoding: part, as: UTF8.self)
  }
}

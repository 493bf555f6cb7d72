internal import Diagnostics
internal import Source

// The values of numbers (cel-spec, INT_LIT, UINT_LIT, FLOAT_LIT).
extension Parser {
  /// The current token is the number, or the minus before it.
  mutating func readNumber() -> Operand {
    let start = tokens[position].span.start
    let isNegative = tokens[position].kind == .minus
    if isNegative { position += 1 }
    let token = tokens[position]
    position += 1
    switch token.kind {
    case .double: return makeDouble(token.span, start, isNegative)
    case .uint:
      guard let value = magnitude(token.span.start, token.span.end - 1) else {
        return reportRange(token.span, start, "`\(text(token.span))` is beyond the largest uint, \(UInt64.max)u")
      }
      return makeNumber(.uint, value, start, token.span.end)
    default:
      let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
      guard let value = magnitude(token.span.start, token.span.end), value <= limit else {
        let bound = isNegative ? "below the least int, \(Int64.min)" : "beyond the largest int, \(Int64.max)"
        let written = text(SourceSpan(start, token.span.end))
        return reportRange(SourceSpan(start, token.span.end), start, "`\(written)` is \(bound)")
      }
      return makeNumber(.int, isNegative ? 0 &- value : value, start, token.span.end)
    }
  }

  private mutating func makeNumber(_ kind: NodeKind, _ bits: UInt64, _ start: Int, _ end: Int) -> Operand {
    makeNode(
      kind, start, end, first: UInt32(truncatingIfNeeded: bits), second: UInt32(truncatingIfNeeded: bits >> 32))
  }

  private mutating func reportRange(_ span: SourceSpan, _ start: Int, _ message: String) -> Operand {
    report(InvalidConditionSyntax(message), at: span)
    return errorOperand(start, span.end)
  }

  /// The value of decimal or hexadecimal digits; `nil` beyond 64 bits.
  @inline(__always)
  private func magnitude(_ start: Int, _ end: Int) -> UInt64? {
    var value: UInt64 = 0
    let isHexadecimal = end - start > 2 && lexer.bytes[start + 1] | 0x20 == 0x78
    let base: UInt64 = isHexadecimal ? 16 : 10
    for offset in (isHexadecimal ? start + 2 : start)..<end {
      let byte = lexer.bytes[offset]
      let digit = byte <= 0x39 ? byte &- 0x30 : (byte | 0x20) &- 0x57
      let (product, overflows) = value.multipliedReportingOverflow(by: base)
      let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
      if overflows || carries { return nil }
      value = sum
    }
    return value
  }

  private mutating func makeDouble(_ span: SourceSpan, _ start: Int, _ isNegative: Bool) -> Operand {
    var written = text(span)
    if written.utf8.first == 0x2E { written = "0" + written }
    guard let value = Double(written), value.isFinite else {
      return reportRange(
        SourceSpan(start, span.end), start,
        "`\(text(SourceSpan(start, span.end)))` is beyond the largest double, \(Double.greatestFiniteMagnitude)")
    }
    return makeNumber(.double, (isNegative ? -value : value).bitPattern, start, span.end)
  }
}

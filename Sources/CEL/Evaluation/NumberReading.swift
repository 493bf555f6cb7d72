// Numbers read from text as `int(string)`, `uint(string)` and `double(string)` read them: what cel-go takes, less what
// cel-cpp refuses. No blanks, no `_`, no locale.

extension Int64 {
  /// Reads decimal digits behind an optional `+` or `-`.
  package init(celText text: Span<UInt8>) throws(ConversionFault) {
    let isSigned = text.count > 0 && (text[0] == 0x2B || text[0] == 0x2D)
    let isNegative = isSigned && text[0] == 0x2D
    let magnitude = try decimalMagnitude(
      text, from: isSigned ? 1 : 0, "an int has decimal digits behind an optional sign")
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    guard let magnitude, magnitude <= limit else {
      throw ConversionFault("an int is at least \(Int64.min) and at most \(Int64.max)", at: 0..<text.count)
    }
    self.init(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
  }
}

extension UInt64 {
  /// Reads decimal digits; there is no sign.
  package init(celText text: Span<UInt8>) throws(ConversionFault) {
    guard let magnitude = try decimalMagnitude(text, from: 0, "a uint has decimal digits and no sign") else {
      throw ConversionFault("a uint is at most \(UInt64.max)", at: 0..<text.count)
    }
    self = magnitude
  }
}

extension Double {
  /// Reads a decimal number with an optional fraction and exponent (`1`, `.5`, `5.`, `-1.5e+10`), a hexadecimal one with a
  /// binary exponent (`0x1.8p3`), `NaN`, and, behind an optional sign, `Inf` or `Infinity`; all in any letter case.
  ///
  /// The nearest double is taken, a tie goes to the even one. A number beyond the largest double is a fault (cel-cpp: an
  /// infinity); one too small is zero.
  package init(celText text: Span<UInt8>) throws(ConversionFault) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + 1)
    for offset in text.indices { bytes.append(text[offset]) }
    let isSigned = bytes.first == 0x2B || bytes.first == 0x2D
    let start = isSigned ? 1 : 0
    if let named = Double.named(bytes[start...]) {
      if named.isNaN, isSigned { throw ConversionFault("`NaN` has no sign", at: 0..<1) }
      self = bytes.first == 0x2D ? -named : named
      return
    }
    let end = FloatingPointSyntax(bytes).end(from: start)
    guard let end, end == bytes.count else {
      throw ConversionFault("a double is written as `1.5` or `1.5e10`", at: (end ?? start)..<bytes.count)
    }
    // The standard library wants a digit before the point.
    if bytes[start] == 0x2E { bytes.insert(0x30, at: start) }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      throw ConversionFault("a double is at most \(Double.greatestFiniteMagnitude) either way", at: 0..<text.count)
    }
    self = value
  }

  private static func named(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard let first = bytes.first, first | 0x20 == 0x69 || first | 0x20 == 0x6E, bytes.count <= 8 else { return nil }
    switch bytes.count {
    case 3 where bytes.elementsEqual("nan".utf8, by: { $0 | 0x20 == $1 }): return .nan
    case 3 where bytes.elementsEqual("inf".utf8, by: { $0 | 0x20 == $1 }): return .infinity
    case 8 where bytes.elementsEqual("infinity".utf8, by: { $0 | 0x20 == $1 }): return .infinity
    default: return nil
    }
  }
}

/// The value of decimal digits to the end of the text; `nil` beyond 64 bits.
private func decimalMagnitude(
  _ text: Span<UInt8>, from start: Int, _ rule: String
) throws(ConversionFault) -> UInt64? {
  if start == text.count { throw ConversionFault(rule, at: 0..<text.count) }
  var value: UInt64 = 0
  var fits = true
  for offset in start..<text.count {
    guard 0x30...0x39 ~= text[offset] else { throw ConversionFault(rule, at: offset..<offset + 1) }
    let (product, first) = value.multipliedReportingOverflow(by: 10)
    let (sum, second) = product.addingReportingOverflow(UInt64(text[offset] - 0x30))
    if first || second { fits = false }
    value = sum
  }
  return fits ? value : nil
}

/// Where a number with a fraction or an exponent ends.
private struct FloatingPointSyntax {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The first byte that is no part of the number; `nil` when there is no number.
  func end(from start: Int) -> Int? {
    if start + 1 < bytes.count, bytes[start] == 0x30, bytes[start + 1] | 0x20 == 0x78 {
      return hexadecimalEnd(start + 2)
    }
    guard let mantissa = mantissaEnd(start, isDigit) else { return nil }
    return exponentEnd(mantissa, 0x65) ?? mantissa
  }

  /// A hexadecimal number must have an exponent.
  private func hexadecimalEnd(_ start: Int) -> Int? {
    mantissaEnd(start, isHexadecimalDigit).flatMap { exponentEnd($0, 0x70) }
  }

  private func mantissaEnd(_ start: Int, _ isDigit: (UInt8) -> Bool) -> Int? {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    var digits = end - start
    if end < bytes.count, bytes[end] == 0x2E {
      end += 1
      while end < bytes.count, isDigit(bytes[end]) {
        end += 1
        digits += 1
      }
    }
    return digits > 0 ? end : nil
  }

  private func exponentEnd(_ start: Int, _ letter: UInt8) -> Int? {
    var end = start
    guard end < bytes.count, bytes[end] | 0x20 == letter else { return nil }
    end += 1
    if end < bytes.count, bytes[end] == 0x2B || bytes[end] == 0x2D { end += 1 }
    let first = end
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return end > first ? end : nil
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  private func isHexadecimalDigit(_ byte: UInt8) -> Bool { isDigit(byte) || 0x61...0x66 ~= byte | 0x20 }
}

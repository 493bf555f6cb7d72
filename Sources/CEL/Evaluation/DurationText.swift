// Durations as text (cel-spec, "duration"; the form is that of Go's time.ParseDuration).
extension Duration {
  /// Reads `1h30m`, `-1.5s`, `0`: an optional sign, then numbers with units `h`, `m`, `s`, `ms`, `us` (`µs`) and `ns`.
  ///
  /// Units may come in any order, and more than once. What is finer than a nanosecond is dropped from each number.
  package init(parsing text: Span<UInt8>) throws(ConversionFault) {
    var reader = DurationReader(count: text.count)
    let isNegative = reader.skipSign(text)
    if reader.offset == text.count {
      throw ConversionFault("a duration needs a number with a unit, such as `1h30m`", at: 0..<text.count)
    }
    // `0` alone needs no unit.
    if reader.offset + 1 == text.count, text[reader.offset] == 0x30 {
      self = .zero
      return
    }
    var total: UInt128 = 0
    while reader.offset < text.count {
      let number = reader.offset
      guard let (whole, fraction) = try reader.readNumber(text) else { throw Duration.outOfRange(text) }
      let unit = try reader.readUnit(text, number: number..<reader.offset)
      total += UInt128(whole) * unit + UInt128(fraction) * unit / DurationReader.fractionScale
      // INVARIANT: one number is below 2^64 × 2^42, so that the sum cannot overflow before it is looked at.
      if total > Duration.greatestMagnitude { throw Duration.outOfRange(text) }
    }
    let (seconds, nanoseconds) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
    let sign: Int64 = isNegative ? -1 : 1
    guard let duration = Duration(seconds: sign * Int64(seconds), nanoseconds: Int32(sign) * Int32(nanoseconds)) else {
      throw Duration.outOfRange(text)
    }
    self = duration
  }

  /// Reads what `init(parsing:)` reads from a span.
  package init(parsing text: some Collection<UInt8>) throws(ConversionFault) {
    try self.init(parsing: ContiguousArray(text).span)
  }

  /// In seconds, with no, 3, 6 or 9 digits of a fraction: `3730s`, `-1.500s`.
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes `description`.
  package func write(to bytes: inout [UInt8]) {
    if seconds < 0 || nanoseconds < 0 { bytes.append(0x2D) }
    bytes += String(seconds.magnitude).utf8
    FractionText(nanoseconds: nanoseconds.magnitude).write(to: &bytes)
    bytes.append(0x73)
  }

  private static let greatestMagnitude: UInt128 = 315_576_000_000_999_999_999

  private static func outOfRange(_ text: Span<UInt8>) -> ConversionFault {
    ConversionFault("a duration is at most 315576000000 seconds, 10,000 years", at: 0..<text.count)
  }
}

/// Reads the parts of a duration one after the other.
private struct DurationReader {
  /// Where it is in the text, in bytes.
  var offset = 0
  let count: Int

  /// What a fraction is counted in: 18 digits are kept, finer than a nanosecond of an hour.
  static let fractionScale: UInt128 = 1_000_000_000_000_000_000

  init(count: Int) { self.count = count }

  mutating func skipSign(_ text: Span<UInt8>) -> Bool {
    guard count > 0, text[0] == 0x2B || text[0] == 0x2D else { return false }
    offset = 1
    return text[0] == 0x2D
  }

  /// A number with an optional fraction; `nil` when it does not fit.
  mutating func readNumber(_ text: Span<UInt8>) throws(ConversionFault) -> (whole: UInt64, fraction: UInt64)? {
    let start = offset
    var whole: UInt64 = 0
    var overflows = false
    while offset < count, 0x30...0x39 ~= text[offset] {
      let (product, first) = whole.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(UInt64(text[offset] - 0x30))
      if first || second { overflows = true }
      whole = sum
      offset += 1
    }
    var digits = offset - start
    var fraction: UInt64 = 0
    if offset < count, text[offset] == 0x2E {
      offset += 1
      var scale = UInt64(DurationReader.fractionScale) / 10
      while offset < count, 0x30...0x39 ~= text[offset] {
        fraction += UInt64(text[offset] - 0x30) * scale
        scale /= 10
        digits += 1
        offset += 1
      }
    }
    if digits == 0 { throw noNumber(text, start) }
    return overflows ? nil : (whole, fraction)
  }

  /// The nanoseconds of the unit behind a number.
  mutating func readUnit(_ text: Span<UInt8>, number: Range<Int>) throws(ConversionFault) -> UInt128 {
    let start = offset
    while offset < count, text[offset] >= 0x80 || 0x61...0x7A ~= text[offset] | 0x20 { offset += 1 }
    switch offset - start {
    case 0: throw ConversionFault("the number needs a unit: `h`, `m`, `s`, `ms`, `us` or `ns`", at: number)
    case 1:
      switch text[start] {
      case 0x68: return 3_600_000_000_000
      case 0x6D: return 60_000_000_000
      case 0x73: return 1_000_000_000
      default: break
      }
    case 2 where text[start + 1] == 0x73:
      switch text[start] {
      case 0x6D: return 1_000_000
      case 0x75: return 1000
      case 0x6E: return 1
      default: break
      }
    case 3 where text[start + 2] == 0x73:
      // The micro sign and the Greek letter, as Go has it.
      switch (text[start], text[start + 1]) {
      case (0xC2, 0xB5), (0xCE, 0xBC): return 1000
      default: break
      }
    default: break
    }
    throw unknownUnit(text, start..<offset)
  }

  private func unknownUnit(_ text: Span<UInt8>, _ bytes: Range<Int>) -> ConversionFault {
    if bytes.count > 16 { return ConversionFault("the units are `h`, `m`, `s`, `ms`, `us` and `ns`", at: bytes) }
    let name = String(decoding: bytes.map { text[$0] }, as: UTF8.self)
    let help = name == "d" ? "a day is written `24h`" : "the units are `h`, `m`, `s`, `ms`, `us` and `ns`"
    return ConversionFault("the unit `\(name)` is unknown; \(help)", at: bytes)
  }

  private func noNumber(_ text: Span<UInt8>, _ start: Int) -> ConversionFault {
    var end = start
    while end < count, !(0x30...0x39 ~= text[end]) { end += 1 }
    return ConversionFault("expected a number with a unit, such as `1h30m`", at: start..<end)
  }
}

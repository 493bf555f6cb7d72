// Timestamps as text (RFC 3339, section 5.6).
extension Timestamp {
  /// Reads `2009-02-13T23:31:30.5+01:00`: a date, `T`, a time, and `Z` or an offset.
  ///
  /// Stricter than either of Google's engines, and accepted by both: two digits wherever RFC 3339 has them, `T` and `Z` in
  /// upper case (cel-go takes no others), no 60th second (cel-go), no `,` before the fraction (cel-cpp), an offset below
  /// 24 hours with its colon. Digits of the fraction beyond the ninth are dropped.
  package init(parsing text: Span<UInt8>) throws(ConversionFault) {
    var reader = TimestampReader(count: text.count)
    let year = try reader.number(text, "year", digits: 4, within: 0...9999)
    try reader.skip(text, 0x2D, after: "the year")
    let month = try reader.number(text, "month", digits: 2, within: 1...12)
    try reader.skip(text, 0x2D, after: "the month")
    let dayStart = reader.offset
    let day = try reader.number(text, "day", digits: 2, within: 1...31)
    guard day <= CivilTime.dayCount(year: year, month: month) else {
      throw ConversionFault(
        "month \(month) of \(year) has \(CivilTime.dayCount(year: year, month: month)) days",
        at: dayStart..<dayStart + 2)
    }
    try reader.skipDateSeparator(text)
    let hour = try reader.number(text, "hour", digits: 2, within: 0...23)
    try reader.skip(text, 0x3A, after: "the hour")
    let minute = try reader.number(text, "minute", digits: 2, within: 0...59)
    try reader.skip(text, 0x3A, after: "the minute")
    let second = try reader.number(text, "second", digits: 2, within: 0...59)
    let nanoseconds = try reader.fraction(text)
    let offset = try reader.zoneOffset(text)
    let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    guard let timestamp = Timestamp(seconds: Int64(seconds), nanoseconds: nanoseconds) else {
      throw ConversionFault("a timestamp lies in the years 0001 to 9999 of UTC", at: 0..<text.count)
    }
    self = timestamp
  }

  /// Reads what `init(parsing:)` reads from a span.
  package init(parsing text: some Collection<UInt8>) throws(ConversionFault) {
    try self.init(parsing: ContiguousArray(text).span)
  }

  /// In UTC, with no, 3, 6 or 9 digits of a fraction.
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes `description`.
  package func write(to bytes: inout [UInt8]) {
    let time = civilTime
    bytes.reserveCapacity(bytes.count + 30)
    FractionText.write(time.fullYear, digits: 4, to: &bytes)
    bytes.append(0x2D)
    FractionText.write(time.month + 1, digits: 2, to: &bytes)
    bytes.append(0x2D)
    FractionText.write(time.date, digits: 2, to: &bytes)
    bytes.append(0x54)
    FractionText.write(time.hours, digits: 2, to: &bytes)
    bytes.append(0x3A)
    FractionText.write(time.minutes, digits: 2, to: &bytes)
    bytes.append(0x3A)
    FractionText.write(time.seconds, digits: 2, to: &bytes)
    FractionText(nanoseconds: UInt32(nanoseconds)).write(to: &bytes)
    bytes.append(0x5A)
  }
}

/// Reads the parts of a timestamp one after the other.
private struct TimestampReader {
  /// Where it is in the text, in bytes.
  var offset = 0
  let count: Int

  init(count: Int) { self.count = count }

  mutating func number(
    _ text: Span<UInt8>, _ name: String, digits: Int, within range: ClosedRange<Int>
  ) throws(ConversionFault) -> Int {
    let start = offset
    var value = 0
    while offset < start + digits {
      guard offset < count, 0x30...0x39 ~= text[offset] else {
        throw ConversionFault("the \(name) needs \(digits) digits", at: start..<min(offset + 1, count))
      }
      value = value * 10 + Int(text[offset] - 0x30)
      offset += 1
    }
    if range.contains(value) { return value }
    throw ConversionFault(
      "the \(name) \(value) is not within \(range.lowerBound) to \(range.upperBound)", at: start..<offset)
  }

  mutating func skip(_ text: Span<UInt8>, _ byte: UInt8, after part: String) throws(ConversionFault) {
    guard offset < count, text[offset] == byte else { throw missing(byte, after: part) }
    offset += 1
  }

  mutating func skipDateSeparator(_ text: Span<UInt8>) throws(ConversionFault) {
    if offset == count {
      throw ConversionFault("a timestamp needs a time behind the date, such as `T00:00:00Z`", at: offset..<offset)
    }
    guard text[offset] == 0x54 else { throw missing(0x54, after: "the date") }
    offset += 1
  }

  /// The nanoseconds of an optional fraction.
  mutating func fraction(_ text: Span<UInt8>) throws(ConversionFault) -> Int32 {
    guard offset < count, text[offset] == 0x2E else { return 0 }
    let start = offset
    offset += 1
    var nanoseconds: Int32 = 0
    var scale: Int32 = 100_000_000
    while offset < count, 0x30...0x39 ~= text[offset] {
      nanoseconds += Int32(text[offset] - 0x30) * scale
      scale /= 10
      offset += 1
    }
    if offset == start + 1 { throw ConversionFault("a fraction needs digits behind its `.`", at: start..<offset) }
    return nanoseconds
  }

  /// The seconds that the text's clock is ahead of UTC; they end the text.
  mutating func zoneOffset(_ text: Span<UInt8>) throws(ConversionFault) -> Int {
    guard offset < count else {
      throw ConversionFault("a timestamp needs `Z` or an offset such as `+01:00` at its end", at: offset..<offset)
    }
    var seconds = 0
    switch text[offset] {
    case 0x5A: offset += 1
    case 0x2B, 0x2D:
      let isNegative = text[offset] == 0x2D
      offset += 1
      let hours = try number(text, "offset's hour", digits: 2, within: 0...23)
      try skip(text, 0x3A, after: "the offset's hour")
      let minutes = try number(text, "offset's minute", digits: 2, within: 0...59)
      seconds = hours * 3600 + minutes * 60
      if isNegative { seconds = -seconds }
    case 0x7A: throw ConversionFault("the zone `z` is written `Z`", at: offset..<offset + 1)
    case 0x2C: throw ConversionFault("the fraction stands behind a `.`", at: offset..<offset + 1)
    default: throw ConversionFault("expected `Z` or an offset such as `+01:00`", at: offset..<count)
    }
    if offset < count { throw ConversionFault("a timestamp ends behind its zone", at: offset..<count) }
    return seconds
  }

  private func missing(_ byte: UInt8, after part: String) -> ConversionFault {
    ConversionFault(
      "expected `\(Character(Unicode.Scalar(byte)))` after \(part)", at: min(offset, count)..<min(offset + 1, count))
  }
}

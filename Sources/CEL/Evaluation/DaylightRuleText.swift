// TZ strings: `CET-1CEST,M3.5.0,M10.5.0/3`, `<+03>-3`, `EST5EDT,0/0,J365/25`.
extension DaylightRule {
  /// `nil` for what is no TZ string.
  init?(_ text: ArraySlice<UInt8>) {
    var reader = RuleReader(rest: text)
    guard reader.skipName(), let standard = reader.offset() else { return nil }
    // POSIX counts west of Greenwich.
    secondsEast = -Int32(standard)
    if reader.rest.isEmpty {
      daylight = nil
      return
    }
    guard reader.skipName() else { return nil }
    var offset = standard - 3600
    if let first = reader.rest.first, first != 0x2C {
      guard let written = reader.offset() else { return nil }
      offset = written
    }
    // Without dates it is the rule of the United States, as in the reference implementation.
    if reader.rest.isEmpty { reader.rest = Array(",M3.2.0,M11.1.0".utf8)[...] }
    guard let start = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
    daylight = Daylight(secondsEast: -Int32(offset), start: start, end: end)
  }
}

/// Reads the parts of a TZ string one after the other.
private struct RuleReader {
  var rest: ArraySlice<UInt8>

  /// A name of three letters or more, or of letters, digits and signs in `<` and `>`.
  mutating func skipName() -> Bool {
    var length = 0
    if rest.first == 0x3C {
      rest.removeFirst()
      while let byte = rest.popFirst(), byte != 0x3E {
        guard isLetter(byte) || isDigit(byte) || byte == 0x2B || byte == 0x2D else { return false }
        length += 1
        if rest.isEmpty { return false }
      }
    } else {
      while let byte = rest.first, isLetter(byte) {
        rest.removeFirst()
        length += 1
      }
    }
    return length >= 3
  }

  /// The seconds of `[+-]hh[:mm[:ss]]`, at most a day and 59:59.
  mutating func offset() -> Int? { time(hours: 24) }

  /// `,` with a day and the time of it, which is 02:00:00 if there is none.
  mutating func change() -> DaylightRule.Change? {
    guard rest.popFirst() == 0x2C, let day = day() else { return nil }
    guard rest.first == 0x2F else { return DaylightRule.Change(day: day, seconds: 7200) }
    rest.removeFirst()
    return time(hours: 167).map { DaylightRule.Change(day: day, seconds: $0) }
  }

  private mutating func day() -> DaylightRule.Change.Day? {
    switch rest.first {
    case 0x4A:
      rest.removeFirst()
      return number(1...365).map { .ofCommonYear($0) }
    case 0x4D:
      rest.removeFirst()
      guard let month = number(1...12), rest.popFirst() == 0x2E, let week = number(1...5), rest.popFirst() == 0x2E,
        let weekday = number(0...6)
      else { return nil }
      return .weekday(weekday, week: week, month: month)
    default: return number(0...365).map { .ofYear($0) }
    }
  }

  private mutating func time(hours limit: Int) -> Int? {
    let isNegative = rest.first == 0x2D
    if isNegative || rest.first == 0x2B { rest.removeFirst() }
    guard let hours = number(0...limit) else { return nil }
    var seconds = hours * 3600
    for scale in [60, 1] {
      guard rest.first == 0x3A else { break }
      rest.removeFirst()
      guard let part = number(0...59) else { return nil }
      seconds += part * scale
    }
    return isNegative ? -seconds : seconds
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    var value = 0
    var length = 0
    while let byte = rest.first, isDigit(byte) {
      rest.removeFirst()
      length += 1
      if length > 3 { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return length > 0 && range.contains(value) ? value : nil
  }

  private func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}

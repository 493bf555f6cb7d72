/// How far the clocks of a place are ahead of UTC, and when they are changed.
package struct TimeZone: Sendable {
  private enum Rules: Sendable {
    case fixed(secondsEast: Int32)
    case regional(RegionalRules)
  }

  private let rules: Rules

  package static let utc = TimeZone(secondsEast: 0)

  init(secondsEast: Int32) { rules = .fixed(secondsEast: secondsEast) }

  init(_ rules: RegionalRules) { self.rules = .regional(rules) }

  /// The seconds that local clocks are ahead of UTC; behind it, less than zero.
  package func offset(at timestamp: Timestamp) -> Int32 {
    switch rules {
    case .fixed(let secondsEast): secondsEast
    case .regional(let rules): rules.offset(at: timestamp.seconds)
    }
  }
}

// Time zones by name (cel-spec, "Timezone").
extension TimeZone {
  /// The zone with a name of the IANA database, such as `Europe/Berlin`, or at an offset, such as `+01:00`.
  ///
  /// `UTC` and the empty name need no database. An offset may lack its sign, and a leading zero on either side of the
  /// colon, as in cel-go and cel-cpp, and is below 24 hours. Letter case counts. Abbreviations are known only where the
  /// database has them (`EST`), and `localtime` is not: a condition means the same on every machine.
  package init(
    named name: Span<UInt8>, in database: TimeZoneDatabase = .system
  ) throws(ConversionFault) {
    for offset in name.indices where name[offset] == 0x3A {
      self = try TimeZone(offsetText: name, colon: offset)
      return
    }
    var bytes: [UInt8] = []
    for offset in 0..<min(name.count, TimeZoneDatabase.nameLength + 1) { bytes.append(name[offset]) }
    let text = String(decoding: bytes, as: UTF8.self)
    switch text {
    case "", "UTC", "GMT", "Etc/UTC", "Etc/GMT": self = .utc
    default:
      guard let rules = database.rules(named: text) else {
        let shown = text.utf8.count > 64 ? String(decoding: bytes.prefix(64), as: UTF8.self) + "…" : text
        let reason = database.isEmpty ? ": this machine has no time zone data" : ""
        throw ConversionFault("unknown time zone `\(shown)`\(reason)", at: 0..<name.count)
      }
      self.init(rules)
    }
  }

  private init(offsetText text: Span<UInt8>, colon: Int) throws(ConversionFault) {
    let isSigned = text[0] == 0x2B || text[0] == 0x2D
    guard let hours = TimeZone.number(text, (isSigned ? 1 : 0)..<colon), hours < 24,
      let minutes = TimeZone.number(text, (colon + 1)..<text.count), minutes < 60
    else {
      throw ConversionFault("an offset from UTC is written `+01:00`, below 24 hours", at: 0..<text.count)
    }
    let seconds = hours * 3600 + minutes * 60
    self.init(secondsEast: text[0] == 0x2D ? -seconds : seconds)
  }

  /// The value of one or two digits.
  private static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    guard 1...2 ~= range.count else { return nil }
    var value: Int32 = 0
    for offset in range {
      guard 0x30...0x39 ~= text[offset] else { return nil }
      value = value * 10 + Int32(text[offset] - 0x30)
    }
    return value
  }
}

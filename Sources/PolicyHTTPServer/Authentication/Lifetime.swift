#if Server
  /// A span of time as people write it: `90d`, `12h`, `30m`, `45s`.
  package struct Lifetime: Hashable, Sendable {
    package let seconds: Int64

    private static let units: [(letter: Character, seconds: Int64)] = [
      ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]
    /// A hundred years.
    private static let longest: Int64 = 36_525 * 86_400

    package init(seconds: Int64) { self.seconds = seconds }

    /// Reads a span of time; `nil` for anything else, and for what is longer than a hundred years.
    package init?(_ text: String) {
      guard let unit = Self.units.first(where: { $0.letter == text.last }),
        text.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let count = Int64(text.dropLast()), count <= Self.longest / unit.seconds
      else { return nil }
      seconds = count * unit.seconds
    }

    /// The shortest text of it.
    package var text: String {
      for unit in Self.units where seconds % unit.seconds == 0 && seconds >= unit.seconds {
        return "\(seconds / unit.seconds)\(unit.letter)"
      }
      return "\(seconds)s"
    }
  }
#endif

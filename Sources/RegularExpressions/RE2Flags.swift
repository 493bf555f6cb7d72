/// The flags that a pattern can set by `(?i)` and its like; none is set at first.
struct RE2Flags: OptionSet {
  let rawValue: UInt8

  /// `i`: letters match in either case.
  static let foldsCase = RE2Flags(rawValue: 1)
  /// `m`: `^` and `$` match at lines.
  static let isMultiline = RE2Flags(rawValue: 2)
  /// `s`: `.` matches LF.
  static let dotMatchesNewline = RE2Flags(rawValue: 4)
  /// `U`: `*` is lazy, and `*?` is greedy.
  static let swapsLaziness = RE2Flags(rawValue: 8)

  /// The flag of a letter.
  init?(letter: UInt8) {
    switch letter {
    case UInt8(ascii: "i"): self = .foldsCase
    case UInt8(ascii: "m"): self = .isMultiline
    case UInt8(ascii: "s"): self = .dotMatchesNewline
    case UInt8(ascii: "U"): self = .swapsLaziness
    default: return nil
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }
}

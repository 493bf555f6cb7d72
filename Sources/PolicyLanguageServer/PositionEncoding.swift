/// What the characters of a position are.
package enum PositionEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// How many units a UTF-8 sequence has that starts with a byte.
  func units(of lead: UInt8) -> Int {
    switch self {
    case .utf8: PositionEncoding.length(of: lead)
    case .utf16: lead >= 0xF0 ? 2 : 1
    case .utf32: 1
    }
  }

  /// How many bytes a UTF-8 sequence has that starts with a byte.
  static func length(of lead: UInt8) -> Int {
    switch lead {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
  }
}

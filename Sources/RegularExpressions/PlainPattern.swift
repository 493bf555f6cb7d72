/// Patterns that anybody can see to be good: text, `.`, classes such as `[a-z0-9]`, each once or with `+`, `*` or `?`, in
/// one line from `^` to `$`.
///
/// Most patterns of policies are of this kind, and to see it takes a fraction of what reading them takes.
package enum PlainPattern {
  /// Longer patterns are read, since they may be beyond a limit.
  private static let byteLimit = 256

  /// Whether a pattern is of this kind; it captures nothing then, and one that is not may be good as well.
  package static func matches(_ pattern: [UInt8]) -> Bool {
    guard pattern.count <= byteLimit else { return false }
    var index = 0
    var end = pattern.count
    if pattern.first == UInt8(ascii: "^") { index = 1 }
    if end > index, pattern[end - 1] == UInt8(ascii: "$") { end -= 1 }
    var mayRepeat = false
    while index < end {
      let byte = pattern[index]
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "?"):
        guard mayRepeat else { return false }
        mayRepeat = false
        index += 1
        continue
      case UInt8(ascii: "["):
        guard let classEnd = endOfClass(pattern, from: index + 1, to: end) else { return false }
        index = classEnd
      case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "/"),
        UInt8(ascii: "@"), UInt8(ascii: " "):
        index += 1
      default:
        guard isAlphanumeric(byte) else { return false }
        index += 1
      }
      mayRepeat = true
    }
    return true
  }

  /// The place behind the `]` of a class of letters, digits, and ranges of them; `nil` for any other.
  private static func endOfClass(_ pattern: [UInt8], from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end, isAlphanumeric(pattern[index]) || pattern[index] == UInt8(ascii: "_") {
      if index + 2 < end, pattern[index + 1] == UInt8(ascii: "-") {
        guard isAlphanumeric(pattern[index + 2]), pattern[index] <= pattern[index + 2] else { return nil }
        index += 3
      } else {
        index += 1
      }
    }
    return index > start && index < end && pattern[index] == UInt8(ascii: "]") ? index + 1 : nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }
}

internal import RegularExpressions

/// What takes the place of a match: text, with `\0` … `\9` for what the groups captured and `\\` for a backslash.
struct PatternReplacement {
  private enum Part {
    case text(Range<Int>)
    case group(Int)
  }

  private let source: ByteView
  private var parts: [Part] = []

  /// Reads a replacement.
  ///
  /// - Parameters:
  ///   - source: UTF-8.
  ///   - groupCount: How many groups the pattern has.
  /// - Throws: `EvaluationError` for a backslash before anything else, and for a group that the pattern lacks.
  init(_ source: ByteView, groupCount: Int) throws(EvaluationError) {
    self.source = source
    var start = 0
    var index = 0
    while index < source.count {
      guard source[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      if start < index { parts.append(.text(start..<index)) }
      guard index + 1 < source.count else {
        throw .invalidArgument("invalid replacement: it ends in a `\\` with nothing behind it")
      }
      switch source[index + 1] {
      case UInt8(ascii: "\\"):
        // The second backslash begins the next text.
        start = index + 1
      case let digit where digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9"):
        let number = Int(digit - UInt8(ascii: "0"))
        guard number <= groupCount else {
          throw .invalidArgument(
            "invalid replacement: `\\\(number)` refers to group \(number), and the regular expression has \(groupCount)"
          )
        }
        parts.append(.group(number))
        start = index + 2
      default:
        throw .invalidArgument("invalid replacement: `\\` must stand before a digit or another `\\`")
      }
      index += 2
    }
    if start < source.count { parts.append(.text(start..<source.count)) }
  }

  /// Writes what takes the place of a match behind a text.
  func append(
    _ match: RegularExpressionMatch, in text: ByteView, to result: inout [UInt8], _ context: EvaluationContext
  ) throws(EvaluationError) {
    for part in parts {
      switch part {
      case .text(let range): try result.append(source.slice(range), context)
      case .group(let number):
        // A group that took no part stands for nothing.
        guard number < match.captures.count, let range = match.captures[number] else { continue }
        try result.append(text.slice(range), context)
      }
    }
  }
}

extension [UInt8] {
  /// Adds bytes, within the memory of an evaluation.
  mutating func append(_ bytes: ByteView, _ context: EvaluationContext) throws(EvaluationError) {
    try context.checkRoom(forBytes: count + bytes.count)
    try context.charge(bytes.count)
    append(contentsOf: bytes)
  }
}

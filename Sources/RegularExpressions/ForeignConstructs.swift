// What PCRE, Perl, Java and .NET have and RE2 lacks, told from what is wrong everywhere
extension RE2Parser {
  private func unsupported(_ range: Range<Int>, _ what: String, help: String? = nil) -> RE2Fault {
    RE2Fault(.unsupported, range, "\(what) `\(text(range))` is not part of RE2", help: help)
  }

  /// The fault of a group `(?…` that RE2 does not have; `nil` for a name or flags.
  func foreignGroup() -> RE2Fault? {
    let start = offset
    let mark = start..<min(start + 3, bytes.count)
    switch peek(2) {
    case UInt8(ascii: "="): return unsupported(mark, "lookahead")
    case UInt8(ascii: "!"): return unsupported(mark, "negative lookahead")
    case UInt8(ascii: "<"):
      let wide = start..<min(start + 4, bytes.count)
      if peek(3) == UInt8(ascii: "=") { return unsupported(wide, "lookbehind") }
      if peek(3) == UInt8(ascii: "!") { return unsupported(wide, "negative lookbehind") }
      return nil
    case UInt8(ascii: ">"): return unsupported(mark, "atomic group", help: "write `(?:`; matching takes linear time")
    case UInt8(ascii: "|"): return unsupported(mark, "branch reset")
    case UInt8(ascii: "("): return unsupported(mark, "conditional")
    case UInt8(ascii: "#"): return unsupported(rest(from: start), "comment", help: "leave the comment out")
    case UInt8(ascii: "'"):
      return unsupported(
        rest(from: start, to: UInt8(ascii: "'"), behind: 3), "quoted group name", help: "write `(?P<name>`")
    case UInt8(ascii: "&"), UInt8(ascii: "R"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return unsupported(rest(from: start), "recursion")
    case UInt8(ascii: "-") where peek(3) >= 0x30 && peek(3) <= 0x39: return unsupported(rest(from: start), "recursion")
    case UInt8(ascii: "C"): return unsupported(rest(from: start), "callout")
    case UInt8(ascii: "{"), UInt8(ascii: "?"): return unsupported(mark, "embedded code")
    case UInt8(ascii: "~"): return unsupported(mark, "absence operator")
    case UInt8(ascii: "P"):
      if peek(3) == UInt8(ascii: "=") { return unsupported(rest(from: start), "backreference") }
      if peek(3) == UInt8(ascii: ">") { return unsupported(rest(from: start), "recursion") }
      guard peek(3) != UInt8(ascii: "<") else { return nil }
      let end = min(start + 4, bytes.count)
      return RE2Fault(
        .invalid, start..<end, "unknown group `\(text(start..<min(start + 3, bytes.count)))`", help: "write `(?P<name>`"
      )
    default: return nil
    }
  }

  /// The fault of a letter that is no flag.
  func unknownFlag(at index: Int) -> RE2Fault {
    let length = decodeCodePoint(at: index)?.1 ?? 1
    let range = index..<min(index + length, bytes.count)
    guard decodeCodePoint(at: index) != nil else { return RE2Fault(.invalid, range, "invalid UTF-8") }
    let hint = "RE2 has the flags `i`, `m`, `s` and `U`"
    switch bytes[index] {
    case UInt8(ascii: "x"): return unsupported(range, "flag", help: "write the pattern without free spacing")
    case UInt8(ascii: "a"), UInt8(ascii: "d"), UInt8(ascii: "J"), UInt8(ascii: "L"), UInt8(ascii: "n"),
      UInt8(ascii: "u"),
      UInt8(ascii: "X"), UInt8(ascii: "^"):
      return unsupported(range, "flag", help: hint)
    default: return RE2Fault(.invalid, range, "unknown flag `\(text(range))`", help: hint)
    }
  }

  /// The fault of a verb `(*NAME)`; `nil` for a `*` that has nothing to repeat.
  func verb() -> RE2Fault? {
    var end = offset + 2
    while end < bytes.count, isWord(bytes[end]) { end += 1 }
    guard end > offset + 2, end < bytes.count else { return nil }
    switch bytes[end] {
    case UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: "="): return unsupported(offset..<end + 1, "verb")
    default: return nil
    }
  }

  /// The fault of an escape by a letter or digit that RE2 gives no meaning.
  func foreignEscape(isInClass: Bool) -> RE2Fault {
    let start = offset
    let short = start..<start + 2
    switch peek(1) {
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      var end = start + 2
      while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
      return unsupported(start..<end, "backreference")
    case UInt8(ascii: "k"): return unsupported(argument(from: start), "backreference")
    case UInt8(ascii: "g"):
      let isCall = peek(2) == UInt8(ascii: "<") || peek(2) == UInt8(ascii: "'")
      return unsupported(argument(from: start), isCall ? "recursion" : "backreference")
    case UInt8(ascii: "b") where isInClass: return unsupported(short, "backspace", help: "write `\\x08`")
    case UInt8(ascii: "Q") where isInClass: return unsupported(short, "quotation in a class")
    case UInt8(ascii: "G"): return unsupported(short, "assertion")
    case UInt8(ascii: "Z"): return unsupported(short, "assertion", help: "write `\\z`, or `\\n?\\z`")
    case UInt8(ascii: "h"): return unsupported(short, "class", help: "write `[\\t\\p{Zs}]`")
    case UInt8(ascii: "H"): return unsupported(short, "class", help: "write `[^\\t\\p{Zs}]`")
    case UInt8(ascii: "V"): return unsupported(short, "class", help: "write `[^\\n\\v\\f\\r\\x{85}\\x{2028}\\x{2029}]`")
    case UInt8(ascii: "N") where peek(2) != UInt8(ascii: "{"):
      return unsupported(short, "class", help: "write `[^\\n]`")
    case UInt8(ascii: "N"): return unsupported(argument(from: start), "named character", help: "write `\\x{…}`")
    case UInt8(ascii: "R"):
      return unsupported(short, "line break", help: "write `(?:\\r\\n|[\\n\\v\\f\\r\\x{85}\\x{2028}\\x{2029}])`")
    case UInt8(ascii: "X"): return unsupported(short, "grapheme cluster")
    case UInt8(ascii: "K"): return unsupported(short, "match reset")
    case UInt8(ascii: "C"): return unsupported(short, "single byte", help: "write `(?s:.)` for any character")
    case UInt8(ascii: "u"), UInt8(ascii: "U"): return unicodeEscape()
    case UInt8(ascii: "o"): return unsupported(argument(from: start), "octal escape", help: "write `\\x{…}`")
    case UInt8(ascii: "e"): return unsupported(short, "escape", help: "write `\\x1b`")
    case UInt8(ascii: "c"):
      return unsupported(start..<min(start + 3, bytes.count), "control character", help: "write `\\x` and two digits")
    case UInt8(ascii: "E"): return RE2Fault(.invalid, short, "`\\E` without a `\\Q`")
    case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "z"), UInt8(ascii: "C"):
      return RE2Fault(.invalid, short, "`\(text(short))` cannot stand in a class")
    default: return RE2Fault(.invalid, short, "`\(text(short))` is not an escape")
    }
  }

  /// The fault of `\u0041`, `\u{41}` and `\U00000041`.
  private func unicodeEscape() -> RE2Fault {
    let start = offset
    let isBraced = peek(2) == UInt8(ascii: "{")
    let longest = isBraced || peek(1) == UInt8(ascii: "U") ? 8 : 4
    var digits = isBraced ? start + 3..<start + 3 : start + 2..<start + 2
    while digits.upperBound < bytes.count, digits.count < longest, isHexadecimal(bytes[digits.upperBound]) {
      digits = digits.lowerBound..<digits.upperBound + 1
    }
    if digits.isEmpty { return RE2Fault(.invalid, start..<start + 2, "`\(text(start..<start + 2))` is not an escape") }
    let isClosed = digits.upperBound < bytes.count && bytes[digits.upperBound] == UInt8(ascii: "}")
    let end = isBraced && isClosed ? digits.upperBound + 1 : digits.upperBound
    return unsupported(start..<end, "escape", help: "write `\\x{\(text(digits))}`")
  }

  /// The fault of a class that RE2 does not know.
  ///
  /// - Parameters:
  ///   - whole: All of `\p{…}`.
  ///   - name: The name in it, without `^`.
  /// - Returns: The fault, with the class's name in RE2 where it has one.
  func unknownUnicodeClass(_ whole: Range<Int>, _ name: Range<Int>) -> RE2Fault {
    let word = text(name)
    guard decodeUTF8(name) else { return RE2Fault(.invalid, name, "invalid UTF-8") }
    let escape = text(whole.lowerBound..<whole.lowerBound + 2)
    if let known = UnicodeClasses.name(ignoringCase: word) {
      return RE2Fault(.invalid, whole, "unknown class `\(text(whole))`; did you mean `\(escape){\(known)}`?")
    }
    if let known = ForeignClass.rewritten(word) {
      let negated = escape.hasSuffix("P") ? "^" : ""
      return unsupported(whole, "class", help: known.isEmpty ? nil : "write `[\(negated)\(known)]`")
    }
    return RE2Fault(
      .invalid, whole, "unknown class `\(text(whole))`",
      help: "RE2 knows general categories (`L`, `Lu`) and scripts (`Greek`)")
  }

  private func decodeUTF8(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      guard let (_, length) = decodeCodePoint(at: index) else { return false }
      index += length
    }
    return true
  }

  /// From a group's start through its `)`, or to the end.
  private func rest(from start: Int, to closer: UInt8 = UInt8(ascii: ")"), behind distance: Int = 2) -> Range<Int> {
    let from = min(start + distance, bytes.count)
    return start..<(bytes[from...].firstIndex(of: closer).map { $0 + 1 } ?? bytes.count)
  }

  /// An escape with what follows it in `{}`, `<>` or `''`, or its digits.
  private func argument(from start: Int) -> Range<Int> {
    var end = start + 2
    guard end < bytes.count else { return start..<end }
    let closer: UInt8 =
      switch bytes[end] {
      case UInt8(ascii: "{"): UInt8(ascii: "}")
      case UInt8(ascii: "<"): UInt8(ascii: ">")
      case UInt8(ascii: "'"): UInt8(ascii: "'")
      default: 0
      }
    if closer != 0 {
      return start..<(bytes[(end + 1)...].firstIndex(of: closer).map { $0 + 1 } ?? end)
    }
    if bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") { end += 1 }
    while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
    return start..<end
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "_")
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66
  }
}

/// Classes that other engines know by name.
enum ForeignClass {
  /// What to write in brackets in place of a class; empty where nothing is as short, `nil` when no engine knows the name.
  static func rewritten(_ name: String) -> String? {
    switch name {
    case "Alpha", "Digit", "Alnum", "Upper", "Lower", "Punct", "Graph", "Print", "Blank", "Cntrl", "Space", "ASCII",
      "XDigit":
      "[:\(name.lowercased()):]"
    case "L&", "LC": "\\p{Lu}\\p{Ll}\\p{Lt}"
    case "Letter": "\\p{L}"
    case "Mark": "\\p{M}"
    case "Number": "\\p{N}"
    case "Punctuation": "\\p{P}"
    case "Symbol": "\\p{S}"
    case "Separator": "\\p{Z}"
    case "Other": "\\p{C}"
    case "Lowercase_Letter": "\\p{Ll}"
    case "Uppercase_Letter": "\\p{Lu}"
    case "Titlecase_Letter": "\\p{Lt}"
    case "Decimal_Number", "Decimal_Digit_Number": "\\p{Nd}"
    case "Space_Separator": "\\p{Zs}"
    case "Alphabetic", "Lowercase", "Uppercase", "White_Space", "Emoji", "Ideographic", "Cn", "Xan", "Xps", "Xsp",
      "Xwd",
      "Xuc", "ID_Start", "ID_Continue", "XID_Start", "XID_Continue":
      ""
    case _ where name.hasPrefix("Is") || name.hasPrefix("In") || name.hasPrefix("java") || name.contains("="): ""
    default: nil
    }
  }
}

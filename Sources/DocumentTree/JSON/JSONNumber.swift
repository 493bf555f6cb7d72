import Diagnostics
import Source

extension JSONParser {
  /// Reads what was meant as a number, and is none as RFC 8259 (section 6) has it.
  mutating func recoverNumber() {
    let start = offset
    var end = start
    if bytes[end] == 0x2D || bytes[end] == 0x2B {
      // A blank between sign and digits belongs to neither.
      let digits = endOfLineBlanks(end + 1)
      if bytes[digits] &- 0x30 < 10 { end = digits }
    }
    while JSONParser.isNumberByte(bytes[end]) { end += 1 }
    // A sign alone, and nothing else that could be part of a number.
    if end == start { end += 1 }
    let written = bytes.string(start..<end)
    // Bytes that are not UTF-8 are reported as such.
    if hasInvalidSequence(in: start..<end) { return appendValue(.invalid, start: start, end: end) }
    if let mended = MendedNumber(written) {
      report(
        InvalidJSON(
          mended.rule, fixIt: FixIt("write `\(mended.text)`", replacement: mended.text, applicability: .safe)),
        start, end)
      let link = appendDecoded(mended.text, content: start..<end)
      return appendValue(mended.isInteger ? .integer : .float, start: start, end: end, link: link)
    }
    let name = written.drop { $0 == "-" || $0 == "+" }.lowercased()
    if name == "infinity" || name == "inf" || name == "nan" {
      report(InvalidJSON("JSON has no number `\(written)`"), start, end)
      return appendValue(.invalid, start: start, end: end)
    }
    if bytes[start] &- 0x30 < 10, !["e", "E", "+", "-", "."].contains(written.last) {
      // A date, a version: what starts like a number and goes on otherwise is a text without its quotation marks.
      let quoted = JSONText.quoted(written)
      report(
        InvalidJSON(
          "`\(written)` is no number, and a text stands in double quotation marks",
          fixIt: FixIt("write `\(quoted)`", replacement: quoted, applicability: .unsafe)),
        start, end)
      return appendValue(.invalid, start: start, end: end)
    }
    report(InvalidJSON("`\(written)` is no number"), start, end)
    appendValue(.invalid, start: start, end: end)
  }

  /// Adds a decoded text of which the document's spelling is one indivisible piece.
  mutating func appendDecoded(_ text: String, content: Range<Int>) -> UInt32 {
    let first = document.decodedBytes.count
    let segment = document.segments.count
    document.decodedBytes += text.utf8
    document.segments.append(
      SourceMapSegment(
        decodedStart: 0, sourceStart: content.lowerBound, sourceEnd: content.upperBound, isVerbatim: false))
    document.decodedTexts.append(
      DecodedText(
        bytes: SourceSpan(first, document.decodedBytes.count),
        segments: SourceSpan(segment, segment + 1),
        content: SourceSpan(content.lowerBound, content.upperBound)))
    return UInt32(truncatingIfNeeded: document.decodedTexts.count - 1)
  }
}

/// A number spelt as other languages do, and the same number as JSON spells it.
struct MendedNumber {
  var text: String
  /// Which rule the author's spelling breaks.
  var rule: String
  var isInteger: Bool

  /// Reads a spelling; `nil` when it is no number in any language.
  init?(_ written: String) {
    var rest = Substring(written)
    var rule: String?
    let isNegative = rest.first == "-"
    if rest.first == "+" { rule = "a number has no plus sign in front" }
    if isNegative || rest.first == "+" {
      rest.removeFirst()
      let trimmed = rest.drop { $0 == " " || $0 == "\t" }
      if trimmed.count != rest.count { rule = rule ?? "no blank may stand between a sign and its number" }
      rest = trimmed
    }
    if rest.hasPrefix("0x") || rest.hasPrefix("0X") {
      guard let value = UInt64(rest.dropFirst(2), radix: 16), rest.dropFirst(2).first != "+" else { return nil }
      text = (isNegative ? "-" : "") + String(value)
      self.rule = "JSON has no hexadecimal numbers"
      isInteger = true
      return
    }
    var whole = MendedNumber.digits(&rest, &rule)
    var fraction = ""
    isInteger = rest.isEmpty
    if rest.first == "." {
      rest.removeFirst()
      fraction = MendedNumber.digits(&rest, &rule)
      guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
      if whole.isEmpty { rule = rule ?? "a digit must stand before the decimal point" }
      if fraction.isEmpty { rule = rule ?? "a digit must follow the decimal point" }
      fraction = "." + (fraction.isEmpty ? "0" : fraction)
      if whole.isEmpty { whole = "0" }
    }
    guard !whole.isEmpty else { return nil }
    var exponent = ""
    if rest.first == "e" || rest.first == "E" {
      exponent.append(rest.removeFirst())
      if rest.first == "+" || rest.first == "-" { exponent.append(rest.removeFirst()) }
      let digits = MendedNumber.digits(&rest, &rule)
      guard !digits.isEmpty else { return nil }
      exponent += digits
    }
    let stripped = whole.drop { $0 == "0" }
    let plain = stripped.isEmpty ? "0" : String(stripped)
    if plain != whole { rule = rule ?? "a number has no leading zeros" }
    guard rest.isEmpty, let rule else { return nil }
    text = (isNegative ? "-" : "") + plain + fraction + exponent
    self.rule = rule
  }

  /// Takes digits, and underscores between them.
  private static func digits(_ rest: inout Substring, _ rule: inout String?) -> String {
    var digits = ""
    while let first = rest.first {
      if first.isASCII, first.isNumber {
        digits.append(first)
      } else if first == "_", !digits.isEmpty, let next = rest.dropFirst().first, next.isASCII, next.isNumber {
        rule = rule ?? "a number has no underscores"
      } else {
        break
      }
      rest.removeFirst()
    }
    return digits
  }
}

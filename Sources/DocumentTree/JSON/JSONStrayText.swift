import Diagnostics
import Source

/// Words without quotation marks, text in other ones, comments and odd blanks.
extension JSONParser {
  // MARK: Trivia

  /// Skips and reports what other formats allow between tokens, and JSON does not.
  ///
  /// - Returns: Whether there was such a thing; what is expected is still the same.
  mutating func skipOddTrivia(_ byte: UInt8) -> Bool {
    let start = offset
    switch (byte, bytes[offset + 1]) {
    case (0x23, _), (0x2F, 0x2F):
      while offset < bytes.count, !isLineEnd(offset) { offset += 1 }
      reportComment(start)
    case (0x2F, 0x2A):
      offset += 2
      while offset < bytes.count, !(bytes[offset] == 0x2A && bytes[offset + 1] == 0x2F) { offset += 1 }
      if offset < bytes.count {
        offset += 2
        reportComment(start)
      } else {
        report(InvalidJSON("JSON has no comments, and this one does not end"), start, offset)
        isEndSwallowed = true
      }
    case (0, _):
      while offset < bytes.count, bytes[offset] == 0 { offset += 1 }
      report(InvalidEncoding("a document must not hold the NUL character"), start, offset)
    case (1..<0x20, _), (0x7F, _), (0x80..., _):
      return skipOddCharacters(byte)
    default: return false
    }
    return true
  }

  private mutating func reportComment(_ start: Int) {
    report(
      InvalidJSON(
        "JSON has no comments",
        help: "a `description` says the same where every program reads it",
        fixIt: FixIt("delete the comment", replacement: "", applicability: .safe)),
      start, offset)
  }

  /// Blanks and marks that are not JSON's, and bytes that are not UTF-8.
  private mutating func skipOddCharacters(_ byte: UInt8) -> Bool {
    let start = offset
    if byte < 0x80 {
      offset += 1
      report(
        InvalidJSON(
          "only blanks, tabs and line ends may stand between tokens",
          fixIt: FixIt("write a blank", replacement: " ", applicability: .safe)),
        start, offset)
      return true
    }
    let length = bytes.sequenceLength(at: offset)
    guard length > 0 else {
      // The bytes are reported as not being UTF-8.
      _ = hasInvalidSequence(in: start..<start + 1)
      while offset < bytes.count, bytes.sequenceLength(at: offset) == 0 { offset += 1 }
      return true
    }
    let scalar = bytes.string(start..<start + length).unicodeScalars.first ?? " "
    let isMark = scalar == "\u{FEFF}" || scalar == "\u{200B}"
    guard isMark || scalar.properties.isWhitespace else { return false }
    offset += length
    let name = String(scalar.value, radix: 16, uppercase: true)
    report(
      InvalidJSON(
        scalar == "\u{FEFF}"
          ? "a byte order mark may stand only once, at the start"
          : "only blanks, tabs and line ends may stand between tokens, and this is U+\(name.count < 4 ? "00" : "")\(name)",
        fixIt: FixIt(
          isMark ? "delete it" : "write a blank", replacement: isMark ? "" : " ", applicability: .safe)),
      start, offset)
    return true
  }

  // MARK: Text without quotation marks

  /// A word in a value's place: a literal of another language, or a text without its quotation marks.
  mutating func recoverWord() {
    let start = offset
    var end = start
    while JSONParser.isWordByte(bytes[end]) { end += 1 }
    let word = bytes.string(start..<end)
    if let literal = JSONParser.literals[word.lowercased()] {
      let isPlain = literal.text == word.lowercased() || word == "None" || word == "nil"
      report(
        InvalidJSON(
          "JSON writes `\(literal.text)`, not `\(word)`",
          fixIt: FixIt("write `\(literal.text)`", replacement: literal.text, applicability: isPlain ? .safe : .unsafe)),
        start, end)
      return appendValue(literal.kind, start: start, end: end)
    }
    if ["nan", "infinity", "inf"].contains(word.lowercased()) {
      report(InvalidJSON("JSON has no number `\(word)`"), start, end)
      return appendValue(.invalid, start: start, end: end)
    }
    if hasInvalidSequence(in: start..<end) { return appendValue(.invalid, start: start, end: end) }
    let textEnd = endOfBareText(from: end)
    if textEnd == end, let closest = closestName(to: word, among: ["true", "false", "null"]) {
      report(
        InvalidJSON(
          "a value must stand here, not `\(word)`; did you mean `\(closest)`?",
          fixIt: FixIt("write `\(closest)`", replacement: closest, applicability: .unsafe)),
        start, end)
      return appendValue(.invalid, start: start, end: end)
    }
    let text = takeBareText(from: start, to: textEnd)
    appendValue(.string, start: start, end: text.end, link: text.link)
  }

  private static let literals: [String: (text: String, kind: NodeKind)] = [
    "true": ("true", .true), "false": ("false", .false), "null": ("null", .null), "none": ("null", .null),
    "nil": ("null", .null), "undefined": ("null", .null), "yes": ("true", .true), "no": ("false", .false),
  ]

  mutating func recoverBareKey() {
    let start = offset
    var end = start
    while JSONParser.isWordByte(bytes[end]) || bytes[end] == 0x2D || bytes[end] == 0x2E { end += 1 }
    let isInvalid = hasInvalidSequence(in: start..<end)
    let text = isInvalid ? decodeString(start..<end, end: end) : takeBareText(from: start, to: end)
    appendKey(start: start, end: text.end, link: text.link)
    if !text.isDamaged { noteKey() }
  }

  /// Reports text without quotation marks, or with the closing one only, and decodes it.
  private mutating func takeBareText(from start: Int, to end: Int) -> SpeltString {
    if bytes[end] == 0x22 {
      report(
        InvalidJSON(
          "string lacks its opening quotation mark",
          fixIt: FixIt(
            "open the string", edits: [SourceEdit(span: SourceSpan(at: start), text: "\"")], applicability: .safe)),
        start, end + 1)
      return decodeString(start..<end, end: end + 1)
    }
    let quoted = JSONText.quoted(bytes.string(start..<end))
    report(
      InvalidJSON(
        "`\(shown(start..<end))` must stand in double quotation marks",
        fixIt: FixIt("put it in quotation marks", replacement: quoted, applicability: .safe)),
      start, end)
    let link = appendBareText(start..<end)
    return SpeltString(end: end, link: link, isDamaged: false)
  }

  /// Adds text that stands in the document as it is, without quotation marks and without escapes.
  private mutating func appendBareText(_ content: Range<Int>) -> UInt32 {
    let first = document.decodedBytes.count
    bytes.append(content, to: &document.decodedBytes)
    let place = SourceSpan(content.lowerBound, content.upperBound)
    let segments = document.segments.count
    document.decodedTexts.append(
      DecodedText(
        bytes: SourceSpan(first, document.decodedBytes.count), segments: SourceSpan(segments, segments), content: place)
    )
    return UInt32(truncatingIfNeeded: document.decodedTexts.count - 1)
  }

  /// Where text without quotation marks ends: at the comma or bracket that ends the value, or the line.
  private func endOfBareText(from start: Int) -> Int {
    var index = start
    var depth = 0
    scan: while index < bytes.count, !isLineEnd(index), bytes[index] != 0 {
      switch bytes[index] {
      case 0x28, 0x5B, 0x7B: depth += 1
      case 0x29: depth -= 1
      case 0x5D, 0x7D:
        if depth <= 0 { break scan }
        depth -= 1
      case 0x2C where depth <= 0: break scan
      case 0x23 where bytes[index - 1] == 0x20, 0x2F where bytes[index + 1] == 0x2F || bytes[index + 1] == 0x2A:
        break scan
      case 0x22:
        let behind = bytes[endOfLineBlanks(index + 1)]
        if behind == 0x0A || behind == 0x0D || behind == 0 { return index }
        if depth <= 0, behind == 0x2C || behind == 0x7D || behind == 0x5D { return index }
        // A string or key of its own, and no part of this text.
        if depth <= 0, bytes[index - 1] == 0x20 { break scan }
      default: break
      }
      index += 1
    }
    return trimmedEnd(start, index)
  }

  // MARK: Text in other quotation marks

  /// Whether one of “ ” ‘ ’ stands at an offset.
  func curlyQuote(at offset: Int) -> Bool {
    guard bytes[offset] == 0xE2, bytes[offset + 1] == 0x80 else { return false }
    let last = bytes[offset + 2]
    return last == 0x98 || last == 0x99 || last == 0x9C || last == 0x9D
  }

  /// Text in single, back or curly quotation marks.
  mutating func recoverQuotedText(isKey: Bool) {
    let start = offset
    let isCurly = curlyQuote(at: start)
    let width = isCurly ? 3 : 1
    let quote = bytes[start]
    var end = start + width
    while end < bytes.count, !isLineEnd(end) {
      if isCurly ? curlyQuote(at: end) && bytes[end + 2] | 1 == bytes[start + 2] | 1 : bytes[end] == quote { break }
      end += bytes[end] == 0x5C && end + 1 < bytes.count && !isLineEnd(end + 1) ? 2 : 1
    }
    let isClosed = end < bytes.count && !isLineEnd(end)
    if !isClosed {
      end = trimmedEnd(start + width, end)
      report(InvalidJSON("string lacks its closing quotation mark, and strings stand in `\"`"), start, end)
    }
    let position = diagnostics.count
    let text = decodeString(start + width..<end, end: isClosed ? end + width : end, quote: isCurly ? 0 : quote)
    if isClosed, !text.isDamaged {
      let decoded = document.decodedTexts[Int(text.link)].bytes.range
      let quoted = JSONText.quoted(String(decoding: document.decodedBytes[decoded], as: UTF8.self))
      report(
        InvalidJSON(
          "strings stand in double quotation marks",
          fixIt: FixIt(
            "write \(quoted)", replacement: quoted, applicability: position == diagnostics.count ? .safe : .unsafe)),
        start, text.end)
    } else if isClosed, position == diagnostics.count {
      report(InvalidJSON("strings stand in double quotation marks"), start, text.end)
    }
    guard isKey else { return appendValue(.string, start: start, end: text.end, link: text.link) }
    appendKey(start: start, end: text.end, link: text.link)
    if !text.isDamaged { noteKey() }
  }

  // MARK: Other text

  /// Skips text that is no token, at least one byte.
  mutating func skipStrayText() {
    repeat { offset += 1 } while offset < bytes.count && !isTokenStart(bytes[offset])
    // Never stop inside a character.
    while bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    lastEnd = offset
  }

  private func isTokenStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x27, 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D: true
    default: false
    }
  }

  /// Behind the last byte of a range that is no blank.
  func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  /// Text for a message, cut to a length people read.
  func shown(_ range: Range<Int>) -> String {
    guard range.count > 40 else { return bytes.string(range) }
    var end = range.lowerBound + 36
    while bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes.string(range.lowerBound..<end) + "…"
  }
}

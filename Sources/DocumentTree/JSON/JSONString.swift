import Diagnostics
import Source

/// A string that the fast path left: one with escapes or faults.
struct SpeltString {
  /// Behind its closing quotation mark, or where that should have been.
  var end: Int
  /// Its place in the document's decoded texts.
  var link: UInt32
  /// Some of its bytes could not be decoded; U+FFFD stands for them.
  var isDamaged: Bool
  /// It is not closed, and breaks off inside an escape.
  var endsInEscape = false
}

extension JSONParser {
  /// Reads the string whose opening quotation mark is at the offset.
  mutating func readSpeltString() -> SpeltString {
    let start = offset
    var high: UInt64 = 0
    var index = start + 1
    while true {
      index = bytes.endOfPlainText(from: index, high: &high)
      switch bytes[index] {
      case 0x22: return decodeString(start + 1..<index, end: index + 1)
      case 0x5C:
        let next = bytes[index + 1]
        index += next == 0x0A || next == 0x0D || index + 1 >= bytes.count ? 1 : 2
      default:
        guard index >= bytes.count || isLineEnd(index) && isStringUnclosed(at: index) else {
          index += 1
          continue
        }
        let end = endOfUnclosedKey(from: start + 1) ?? endOfUnclosedString(from: start + 1, to: index)
        let string = decodeString(start + 1..<end, end: end, isUnclosed: true)
        let fixIt = FixIt(
          "close the string", edits: [SourceEdit(span: SourceSpan(at: end), text: "\"")], applicability: .safe)
        let isLastQuoteEscaped = bytes[end - 1] == 0x22 && bytes[end - 2] == 0x5C
        report(
          InvalidJSON(
            "string lacks its closing quotation mark",
            help: isLastQuoteEscaped
              ? "`\\\"` is a quotation mark inside the string; write `\\\\` for a backslash" : nil,
            fixIt: isLastQuoteEscaped || string.endsInEscape ? nil : fixIt),
          start, end)
        return string
      }
    }
  }

  func isLineEnd(_ index: Int) -> Bool { bytes[index] == 0x0A || bytes[index] == 0x0D }

  /// Whether a line end inside a string means that the string should have been closed before it, rather than that the
  /// line end belongs to the string.
  private mutating func isStringUnclosed(at lineEnd: Int) -> Bool {
    let next = bytes.endOfBlanks(from: lineEnd)
    switch bytes[next] {
    case 0x7B, 0x7D, 0x5B, 0x5D: return true
    case _ where expectation == .key: return true
    case 0x22:
      // The next line's quotation mark closes this string only if nothing of a string follows it.
      let behind = bytes[bytes.endOfBlanks(from: next + 1)]
      return behind != 0x2C && behind != 0x7D && behind != 0x5D
    default: return nextQuote(from: next) >= bytes.count
    }
  }

  /// The next quotation mark from an offset on; `bytes.count` when there is none.
  private mutating func nextQuote(from start: Int) -> Int {
    if start >= quoteSearchStart, start <= knownQuote { return knownQuote }
    var index = start
    while index < bytes.count, bytes[index] != 0x22 { index += 1 }
    quoteSearchStart = start
    knownQuote = index
    return index
  }

  /// Where an unclosed key ends: before the colon that follows its word.
  private func endOfUnclosedKey(from start: Int) -> Int? {
    guard expectation == .key else { return nil }
    var end = start
    while JSONParser.isWordByte(bytes[end]) || bytes[end] == 0x2D { end += 1 }
    return end > start && bytes[endOfLineBlanks(end)] == 0x3A ? end : nil
  }

  /// Where an unclosed string's text probably ends: before the comma or the brackets that close what is open.
  private func endOfUnclosedString(from start: Int, to lineEnd: Int) -> Int {
    var end = lineEnd
    func trimBlanks() { while end > start, bytes[end - 1] <= 0x20, bytes[end - 1] > 0 { end -= 1 } }
    trimBlanks()
    if end > start, bytes[end - 1] == 0x2C {
      end -= 1
      trimBlanks()
    }
    // Brackets that the text itself opens are its own.
    var surplus = 0
    for index in start..<end {
      switch bytes[index] {
      case 0x7B, 0x5B: surplus -= 1
      case 0x7D, 0x5D: surplus += 1
      default: break
      }
    }
    guard surplus > 0 else { return end }
    var tail = end
    while tail > start, surplus > 0 {
      switch bytes[tail - 1] {
      case 0x7D, 0x5D: surplus -= 1
      case 0x20, 0x09: break
      default: surplus = 0
      }
      if surplus > 0 || bytes[tail - 1] == 0x7D || bytes[tail - 1] == 0x5D { tail -= 1 }
    }
    var depth = containers.count
    var index = tail
    while index < end {
      if bytes[index] == 0x7D || bytes[index] == 0x5D {
        depth -= 1
        guard depth >= 0, containers[depth].isObject == (bytes[index] == 0x7D) else { return end }
      }
      index += 1
    }
    end = tail
    trimBlanks()
    return end
  }
}

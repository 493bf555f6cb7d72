import Diagnostics
import Source

extension JSONParser {
  /// How far behind a suspicious quotation mark is looked for the one that was meant.
  private static let reach = 4096

  /// Reads the last string again when what follows shows that its closing quotation mark is not the one that was meant:
  /// it belongs to the text and was not escaped, or it opens the next string and this one was not closed.
  ///
  /// - Returns: Whether there was something to mend; the string then ends elsewhere.
  mutating func repairString(isKey: Bool) -> Bool {
    let index = document.nodes.count - 1
    guard index >= 0 else { return false }
    let span = document.nodes[index].span
    guard document.nodes[index].kind == .string, span.end == lastEnd, span.count >= 2, bytes[span.start] == 0x22,
      bytes[span.end - 1] == 0x22, offset - lastEnd < JSONParser.reach
    else { return false }
    // On a line of its own, what follows is no part of the string.
    guard !(lastEnd..<offset).contains(where: isLineEnd) else { return false }
    let byte = bytes[offset]
    guard offset == lastEnd ? !isSeparator(byte) : !isLikelyToken(byte) else { return false }
    if let end = endOfOpenString(span, isKey: isKey) {
      rereadString(start: span.start, content: span.start + 1..<end, end: end, isKey: isKey) {
        let fixIt = FixIt(
          "close the string", edits: [SourceEdit(span: SourceSpan(at: end), text: "\"")], applicability: .safe)
        $0.report(InvalidJSON("string lacks its closing quotation mark", fixIt: fixIt), span.start, end)
      }
      return true
    }
    guard byte != 0x22 || offset == lastEnd, let close = realClosingQuote(from: lastEnd - 1, isKey: isKey) else {
      return false
    }
    var quotes: [Int] = []
    var at = lastEnd - 1
    while at < close {
      if bytes[at] == 0x5C { at += 1 } else if bytes[at] == 0x22 { quotes.append(at) }
      at += 1
    }
    guard let first = quotes.first, let last = quotes.last else { return false }
    rereadString(start: span.start, content: span.start + 1..<close, end: close + 1, isKey: isKey) {
      let edits = quotes.map { SourceEdit(span: SourceSpan(at: $0), text: "\\") }
      $0.report(
        InvalidJSON(
          "a quotation mark inside a string must be written as `\\\"`",
          fixIt: FixIt("escape the quotation marks", edits: edits, applicability: .unsafe)),
        first, last + 1)
    }
    return true
  }

  /// Whether a byte right behind a string shows that the string ended there, be it the right one or not.
  private func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2C, 0x3A, 0x3B, 0x3D, 0x5D, 0x7D, 0x2F, 0x23, 0: true
    default: false
    }
  }

  /// Whether a byte apart from the string before it starts something of its own rather than going on with the string.
  private func isLikelyToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x2C, 0x3A, 0x3B, 0x3D, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F, 0x23, 0x2D, 0x30...0x39, 0, 0x0B, 0x0C: true
    default: isBareKey(at: offset) || isWord("true") || isWord("false") || isWord("null")
    }
  }

  private mutating func rereadString(
    start: Int, content: Range<Int>, end: Int, isKey: Bool, _ reportFault: (inout JSONParser) -> Void
  ) {
    let node = document.nodes.count - 1
    while let last = diagnostics.last, last.span.start >= start { diagnostics.removeLast() }
    if keys.last?.node.index == node { keys.removeLast() }
    document.nodes.removeLast()
    if containers.isEmpty { document.roots.removeLast() }
    reportFault(&self)
    let string = decodeString(content, end: end)
    if isKey {
      appendKey(start: start, end: end, link: string.link)
      if !string.isDamaged { noteKey() }
    } else {
      appendValue(.string, start: start, end: end, link: string.link)
    }
  }

  /// Where a string should have ended that swallowed its separator: `"deny, "severity": …`, `"name: "p"`.
  private func endOfOpenString(_ span: SourceSpan, isKey: Bool) -> Int? {
    var end = span.end - 1
    let isInObject = containers.last?.isObject ?? false
    func trimBlanks() { while end > span.start + 1, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 } }
    trimBlanks()
    let separator: UInt8 = isKey ? 0x3A : 0x2C
    guard end > span.start + 2, bytes[end - 1] == separator, containers.last != nil else { return nil }
    end -= 1
    trimBlanks()
    if isKey {
      // All before the colon must look like a key.
      return (span.start + 1..<end).allSatisfy { JSONParser.isWordByte(bytes[$0]) || bytes[$0] == 0x2D } ? end : nil
    }
    guard let quote = quoteOnLine(from: span.end, reach: 128) else { return nil }
    let behind = bytes[endOfLineBlanks(quote + 1)]
    return isInObject ? (behind == 0x3A ? end : nil) : (behind == 0x2C || behind == 0x5D ? end : nil)
  }

  /// The next quotation mark that can close a string here, judging by what follows it.
  private func realClosingQuote(from first: Int, isKey: Bool) -> Int? {
    var quote = first
    while let next = quoteOnLine(from: quote + 1, reach: first + JSONParser.reach - quote) {
      if canClose(next, isKey: isKey) { return next }
      quote = next
    }
    return nil
  }

  private func canClose(_ quote: Int, isKey: Bool) -> Bool {
    let next = endOfLineBlanks(quote + 1)
    if isKey { return bytes[next] == 0x3A }
    if next >= bytes.count || isLineEnd(next) { return true }
    guard let container = containers.last else { return false }
    switch bytes[next] {
    case 0x7D: return container.isObject
    case 0x5D: return !container.isObject
    case 0x2C:
      let behind = endOfLineBlanks(next + 1)
      if behind >= bytes.count || isLineEnd(behind) { return true }
      return container.isObject ? isQuotedKey(at: behind) : bytes[behind] == 0x22
    default: return false
    }
  }

  /// The next quotation mark on this line that is not escaped.
  private func quoteOnLine(from start: Int, reach: Int) -> Int? {
    var index = start
    while index < bytes.count, index < start + reach, !isLineEnd(index) {
      if bytes[index] == 0x22 { return index }
      index += bytes[index] == 0x5C ? 2 : 1
    }
    return nil
  }

  /// Behind the blanks and tabs at an offset.
  func endOfLineBlanks(_ start: Int) -> Int {
    var index = start
    while bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index
  }

  /// Whether a quoted key and its colon stand at an offset; keys of more than 128 bytes are not looked for.
  func isQuotedKey(at start: Int) -> Bool {
    guard bytes[start] == 0x22, let quote = quoteOnLine(from: start + 1, reach: 128) else { return false }
    return bytes[endOfLineBlanks(quote + 1)] == 0x3A
  }

  /// Whether an unquoted key and its colon stand at an offset.
  func isBareKey(at start: Int) -> Bool {
    var index = start
    while index < start + 128, JSONParser.isWordByte(bytes[index]) || bytes[index] == 0x2D { index += 1 }
    guard index > start else { return false }
    return bytes[endOfLineBlanks(index)] == 0x3A
  }

  /// Whether a key in any quotation marks or none, and its colon, stand at an offset.
  func isKey(at start: Int) -> Bool {
    guard bytes[start] == 0x27 else { return isQuotedKey(at: start) || isBareKey(at: start) }
    var index = start + 1
    while index < start + 128, index < bytes.count, !isLineEnd(index), bytes[index] != 0x27 { index += 1 }
    return bytes[index] == 0x27 && bytes[endOfLineBlanks(index + 1)] == 0x3A
  }
}

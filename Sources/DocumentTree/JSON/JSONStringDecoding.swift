import Diagnostics
import Source

/// The string that is being decoded.
struct StringDecoding {
  var content: Range<Int>
  var quote: UInt8
  var isUnclosed: Bool
  /// Where its decoded bytes start among the document's.
  var firstByte: Int
  var isDamaged = false
  /// The text breaks off inside an escape.
  var endsInEscape = false
  /// Has the top bit of some byte set when a byte that is not ASCII was met.
  var high: UInt64 = 0
}

extension JSONParser {
  /// Decodes the string at the offset while looking for its end, as long as nothing is wrong in it.
  ///
  /// - Parameters:
  ///   - stop: The first quotation mark, backslash or control character in it.
  ///   - high: Has the top bit of some byte set when a byte that is not ASCII was met on the way there.
  /// - Returns: `nil` when there is a fault; nothing is reported and nothing kept then.
  mutating func readEscapedString(from stop: Int, high: UInt64) -> SpeltString? {
    let start = offset + 1
    reserveDecoded(from: start)
    let firstByte = document.decodedBytes.count
    let firstSegment = document.segments.count
    var run = start
    var index = stop
    var high = high
    while true {
      let byte = bytes[index]
      guard byte == 0x5C || byte == 0x22 else { break }
      if run < index {
        document.segments.append(
          SourceMapSegment(
            decodedStart: document.decodedBytes.count - firstByte, sourceStart: run, sourceEnd: index, isVerbatim: true)
        )
        bytes.append(run..<index, to: &document.decodedBytes)
      }
      if byte == 0x22 {
        guard !isDamaged(high, start: start, end: index) else { break }
        return appendDecodedText(
          content: start..<index, end: index + 1, firstByte: firstByte, firstSegment: firstSegment)
      }
      guard let simple = JSONParser.simpleEscape(bytes[index + 1]) else { break }
      document.segments.append(
        SourceMapSegment(
          decodedStart: document.decodedBytes.count - firstByte, sourceStart: index, sourceEnd: index + 2,
          isVerbatim: false))
      document.decodedBytes.append(simple)
      run = index + 2
      index = bytes.endOfPlainText(from: run, high: &high)
    }
    document.decodedBytes.removeLast(document.decodedBytes.count - firstByte)
    document.segments.removeLast(document.segments.count - firstSegment)
    return nil
  }

  private mutating func appendDecodedText(
    content: Range<Int>, end: Int, firstByte: Int, firstSegment: Int
  ) -> SpeltString {
    document.decodedTexts.append(
      DecodedText(
        bytes: SourceSpan(firstByte, document.decodedBytes.count),
        segments: SourceSpan(firstSegment, document.segments.count),
        content: SourceSpan(content.lowerBound, content.upperBound)))
    return SpeltString(
      end: end, link: UInt32(truncatingIfNeeded: document.decodedTexts.count - 1), isDamaged: false)
  }

  /// The character that a letter behind a backslash stands for, but for `u`.
  @inline(__always)
  private static func simpleEscape(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x22, 0x5C, 0x2F: letter
    case 0x62: 0x08
    case 0x66: 0x0C
    case 0x6E: 0x0A
    case 0x72: 0x0D
    case 0x74: 0x09
    default: nil
    }
  }

  /// Makes room for all that the rest of the document can decode to: address space, not memory.
  private mutating func reserveDecoded(from start: Int) {
    if document.decodedBytes.isEmpty {
      document.decodedBytes.reserveCapacity(bytes.count - start + 8)
      document.segments.reserveCapacity((bytes.count - start) / 8 + 8)
    }
  }

  /// Decodes a string's content and reports what is wrong in it.
  ///
  /// - Parameters:
  ///   - content: Its range without quotation marks; any of them inside were reported.
  ///   - end: Where the string ends.
  ///   - isUnclosed: It is reported to lack its end, so that an escape that breaks off there is no fault of its own.
  ///   - quote: What encloses it; its escape is accepted where it is not a double quotation mark.
  /// - Returns: The end, and where the decoded text is.
  mutating func decodeString(_ content: Range<Int>, end: Int, isUnclosed: Bool = false, quote: UInt8 = 0x22)
    -> SpeltString
  {
    reserveDecoded(from: content.lowerBound)
    var text = StringDecoding(
      content: content, quote: quote, isUnclosed: isUnclosed, firstByte: document.decodedBytes.count)
    let firstSegment = document.segments.count
    var run = content.lowerBound
    var index = run
    while index < content.upperBound {
      index = bytes.endOfPlainText(from: index, high: &text.high)
      guard index < content.upperBound else { break }
      let byte = bytes[index]
      if byte == 0x5C {
        appendRun(run..<index, to: &text)
        index = decodeEscape(at: index, to: &text)
        run = index
      } else if byte == 0 {
        appendRun(run..<index, to: &text)
        run = index
        while index < content.upperBound, bytes[index] == 0 { index += 1 }
        report(InvalidEncoding("a text must not hold the NUL character"), run, index)
        appendAtom([0xEF, 0xBF, 0xBD], run..<index, to: &text)
        text.isDamaged = true
        run = index
      } else if byte < 0x20 {
        index = reportControlCharacters(at: index, limit: content.upperBound)
      } else {
        index += 1
      }
    }
    appendRun(run..<content.upperBound, to: &text)
    document.decodedTexts.append(
      DecodedText(
        bytes: SourceSpan(text.firstByte, document.decodedBytes.count),
        segments: SourceSpan(firstSegment, document.segments.count),
        content: SourceSpan(content.lowerBound, content.upperBound)))
    return SpeltString(
      end: end, link: UInt32(truncatingIfNeeded: document.decodedTexts.count - 1), isDamaged: text.isDamaged,
      endsInEscape: text.endsInEscape)
  }

  /// Appends text that stands in the document as it is, but for places that are not UTF-8.
  private mutating func appendRun(_ run: Range<Int>, to text: inout StringDecoding) {
    guard !run.isEmpty else { return }
    var start = run.lowerBound
    if text.high & 0x8080_8080_8080_8080 != 0, hasInvalidSequence(in: run), let spans = invalidSequences {
      for span in spans[firstInvalidSequence(behind: run.lowerBound)...] {
        guard span.start < run.upperBound else { break }
        appendVerbatim(start..<max(start, span.start), to: &text)
        let end = min(span.end, run.upperBound)
        appendAtom([0xEF, 0xBF, 0xBD], max(start, span.start)..<end, to: &text)
        text.isDamaged = true
        start = end
      }
    }
    appendVerbatim(start..<run.upperBound, to: &text)
  }

  @inline(__always)
  private mutating func appendVerbatim(_ run: Range<Int>, to text: inout StringDecoding) {
    guard !run.isEmpty else { return }
    document.segments.append(
      SourceMapSegment(
        decodedStart: document.decodedBytes.count - text.firstByte, sourceStart: run.lowerBound,
        sourceEnd: run.upperBound, isVerbatim: true))
    bytes.append(run, to: &document.decodedBytes)
  }

  /// Appends what an escape or a damaged place stands for.
  mutating func appendAtom(_ decoded: [UInt8], _ source: Range<Int>, to text: inout StringDecoding) {
    appendAtomSegment(source, text)
    document.decodedBytes += decoded
  }

  mutating func appendAtom(_ decoded: UInt8, _ source: Range<Int>, to text: inout StringDecoding) {
    appendAtomSegment(source, text)
    document.decodedBytes.append(decoded)
  }

  private mutating func appendAtomSegment(_ source: Range<Int>, _ text: StringDecoding) {
    document.segments.append(
      SourceMapSegment(
        decodedStart: document.decodedBytes.count - text.firstByte, sourceStart: source.lowerBound,
        sourceEnd: source.upperBound, isVerbatim: false))
  }

  private mutating func reportControlCharacters(at start: Int, limit: Int) -> Int {
    var end = start
    var escaped = ""
    while end < limit, bytes[end] < 0x20, bytes[end] != 0 {
      escaped += JSONParser.escape(ofControlCharacter: bytes[end])
      end += 1
    }
    let name = JSONParser.name(ofControlCharacter: bytes[start])
    report(
      InvalidJSON(
        "a \(name) inside a string must be written as `\(JSONParser.escape(ofControlCharacter: bytes[start]))`",
        fixIt: FixIt("write it as `\(escaped)`", replacement: escaped, applicability: .safe)),
      start, end)
    return end
  }
}

extension JSONParser {
  /// Whether a range that is not all ASCII holds bytes that are not UTF-8.
  @inline(__always)
  mutating func isDamaged(_ high: UInt64, start: Int, end: Int) -> Bool {
    high & 0x8080_8080_8080_8080 != 0 && hasInvalidSequence(in: start..<end)
  }

  /// Whether a range holds bytes that are not UTF-8; the first call looks through the whole document.
  mutating func hasInvalidSequence(in range: Range<Int>) -> Bool {
    if invalidSequences == nil { invalidSequences = bytes.invalidSequences(limit: DocumentLimits.faults) }
    let index = firstInvalidSequence(behind: range.lowerBound)
    guard let spans = invalidSequences, index < spans.count else { return false }
    return spans[index].start < range.upperBound
  }

  /// The index of the first place that is not UTF-8 and ends behind an offset.
  private func firstInvalidSequence(behind offset: Int) -> Int {
    guard let spans = invalidSequences else { return 0 }
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Reports the bytes that are not UTF-8, wherever they stand.
  mutating func reportInvalidSequences() {
    // A document without faults and without a string beyond ASCII is ASCII.
    guard invalidSequences != nil || !diagnostics.isEmpty else { return }
    for span in invalidSequences ?? bytes.invalidSequences(limit: DocumentLimits.faults) {
      let written = bytes.hexadecimal(span.range.prefix(4)) + (span.count > 4 ? " …" : "")
      diagnostics.append(Diagnostic(InvalidEncoding("bytes that are not UTF-8: \(written)"), at: span))
    }
  }
}

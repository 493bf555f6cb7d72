import Diagnostics
import Source

/// The string that is being decoded.
struct StringDecoding {
  var content: Range<Int>
  var quote: UInt8
  /// Where its decoded bytes start among the document's.
  var firstByte: Int
  var isDamaged = false
  /// Has the top bit of some byte set when a byte that is not ASCII was met.
  var high: UInt64 = 0
}

extension JSONParser {
  /// Decodes a string's content and reports what is wrong in it.
  ///
  /// - Parameters:
  ///   - content: Its range without quotation marks; any of them inside were reported.
  ///   - end: Where the string ends.
  ///   - quote: What encloses it; its escape is accepted where it is not a double quotation mark.
  /// - Returns: The end, and where the decoded text is.
  mutating func decodeString(_ content: Range<Int>, end: Int, quote: UInt8 = 0x22) -> SpeltString {
    if document.decodedBytes.isEmpty {
      document.decodedBytes.reserveCapacity(bytes.count - content.lowerBound + 8)
      document.segments.reserveCapacity((bytes.count - content.lowerBound) / 8 + 8)
    }
    var text = StringDecoding(content: content, quote: quote, firstByte: document.decodedBytes.count)
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
      end: end, link: UInt32(truncatingIfNeeded: document.decodedTexts.count - 1), isDamaged: text.isDamaged)
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

internal import Source

/// Building a decoded text together with its way back to the document.
extension YAMLReader {
  /// Starts the decoded text of a scalar that the document spells in another way.
  mutating func beginDecoding() {
    decodedStart = document.decodedBytes.count
    segmentsStart = document.segments.count
  }

  /// Adds bytes that stand in the document as they are.
  mutating func decodeVerbatim(_ start: Int, _ end: Int) {
    guard start < end else { return }
    let offset = document.decodedBytes.count - decodedStart
    document.decodedBytes.append(contentsOf: bytes[start..<end])
    if let last = document.segments.indices.last, last >= segmentsStart, document.segments[last].isVerbatim,
      document.segments[last].sourceEnd == start
    {
      let grown = document.segments[last]
      document.segments[last] = SourceMapSegment(
        decodedStart: Int(grown.decodedStart), sourceStart: Int(grown.sourceStart), sourceEnd: end, isVerbatim: true)
    } else {
      document.segments.append(
        SourceMapSegment(decodedStart: offset, sourceStart: start, sourceEnd: end, isVerbatim: true))
    }
  }

  /// Adds one byte that the document spells as an escape, a fold or a line end.
  mutating func decodeAtomic(_ byte: UInt8, _ start: Int, _ end: Int) {
    document.segments.append(
      SourceMapSegment(
        decodedStart: document.decodedBytes.count - decodedStart, sourceStart: start, sourceEnd: end, isVerbatim: false)
    )
    document.decodedBytes.append(byte)
  }

  /// Adds one character that the document spells as an escape.
  mutating func decodeAtomic(_ scalar: Unicode.Scalar, _ start: Int, _ end: Int) {
    document.segments.append(
      SourceMapSegment(
        decodedStart: document.decodedBytes.count - decodedStart, sourceStart: start, sourceEnd: end, isVerbatim: false)
    )
    document.decodedBytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Adds a line end that is kept: LF stands as it is, CRLF and CR are normalised (YAML 1.2.2, section 5.4).
  mutating func decodeBreak(_ span: SourceSpan) {
    if span.count == 1, bytes[span.start] == 0x0A {
      decodeVerbatim(span.start, span.end)
    } else {
      decodeAtomic(0x0A, span.start, span.end)
    }
  }

  /// Adds what folding makes of line ends between two pieces of text (YAML 1.2.2, section 6.5): a space for one line end,
  /// and for several one line end less.
  ///
  /// The segments of a fold cover all of what was folded, blanks included.
  ///
  /// - Parameters:
  ///   - textEnd: Behind the text in front.
  ///   - textStart: The first byte of the text behind.
  ///   - breaks: How many line ends stand between.
  mutating func decodeFold(_ textEnd: Int, _ textStart: Int, breaks: Int) {
    guard breaks > 1 else { return decodeAtomic(0x20, textEnd, textStart) }
    var start = textEnd
    var index = textEnd
    var seen = 0
    while index < textStart {
      guard Self.isBreak(bytes[index]) else {
        index += 1
        continue
      }
      index = behindBreak(index)
      seen += 1
      guard seen > 1 else { continue }
      let end = seen == breaks ? textStart : index
      decodeAtomic(0x0A, start, end)
      start = end
      if seen == breaks { return }
    }
  }

  /// Ends the decoded text.
  ///
  /// - Returns: The index for the node's `link`.
  mutating func endDecoding(content: SourceSpan) -> UInt32 {
    document.decodedTexts.append(
      DecodedText(
        bytes: SourceSpan(decodedStart, document.decodedBytes.count),
        segments: SourceSpan(segmentsStart, document.segments.count), content: content))
    return UInt32(truncatingIfNeeded: document.decodedTexts.count - 1)
  }

  /// The bytes of a scalar that was just read.
  func scalarBytes(_ index: Int) -> ArraySlice<UInt8> {
    let node = document.nodes[index]
    if node.link != DocumentNode.verbatim {
      return document.decodedBytes[document.decodedTexts[Int(node.link)].bytes.range]
    }
    switch node.style {
    case .json, .singleQuoted, .doubleQuoted: return bytes[(node.span.start + 1)..<(node.span.end - 1)]
    case .plain, .literal, .folded: return bytes[node.span.range]
    }
  }
}

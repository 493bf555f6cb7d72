internal import Source

/// Source lines behind a gutter of line numbers, with carets under a span: rustc's shape.
///
/// ```
///   |
/// 3 | - condtion: resource.public == true
///   |   ^^^^^^^^
/// ```
struct SourceSnippet {
  /// A span over more lines than this is shown without its middle.
  static let lineLimit = 6
  /// How many lines of it then remain before and behind the gap.
  static let keptLines = 2

  let text: SourceText
  let lines: LineTable
  let style: TerminalStyle
  /// How many digits the largest line number shown has.
  let gutterWidth: Int

  /// Appends the lines of a span, carets in a role's colour.
  func append(_ span: SourceSpan, _ role: TerminalStyle.Role, to output: inout [UInt8]) {
    let span = visible(span)
    let first = lines.lineIndex(of: span.start)
    let last = span.isEmpty ? first : lines.lineIndex(of: span.end - 1)
    appendGutter(to: &output)
    output.append("\n")
    if first == last {
      appendOneLine(first, span, role, to: &output)
    } else {
      appendLines(first, last, span, role, to: &output)
    }
  }

  /// A span without the blanks and line ends behind its last visible character.
  func visible(_ span: SourceSpan) -> SourceSpan {
    let bytes = text.bytes
    let start = min(span.start, bytes.count)
    var end = min(span.end, bytes.count)
    while end > start,
      bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09
    {
      end -= 1
    }
    // Nothing but blanks: they are what the diagnostic is about.
    if end == start, span.end > start {
      end = min(
        span.end, max(start + 1, lines.contentRange(ofLine: lines.lineIndex(of: start)).upperBound), bytes.count)
    }
    return SourceSpan(start, end)
  }

  private func appendOneLine(_ index: Int, _ span: SourceSpan, _ role: TerminalStyle.Role, to output: inout [UInt8]) {
    let line = SourceLine(of: text.bytes, line: lines.contentRange(ofLine: index), marked: clamped(span, toLine: index))
    appendNumber(index, "|", to: &output)
    appendContent(line.shown, after: " ", to: &output)
    appendGutter(to: &output)
    output.append(" ", times: line.mark.lowerBound + 1)
    style.append(role, to: &output) { $0.append("^", times: max(1, line.mark.count)) }
    output.append("\n")
  }

  private func appendLines(
    _ first: Int, _ last: Int, _ span: SourceSpan, _ role: TerminalStyle.Role, to output: inout [UInt8]
  ) {
    let content = lines.contentRange(ofLine: first)
    let start = SourceLine(
      of: text.bytes, line: content, marked: span.start..<max(span.start, min(span.start + 1, content.upperBound)))
    let startsLine = text.bytes[content.lowerBound..<max(content.lowerBound, min(span.start, content.upperBound))]
      .allSatisfy { $0 == 0x20 || $0 == 0x09 }
    appendNumber(first, "|", to: &output)
    if startsLine {
      output.append(" ")
      style.append(role, "/", to: &output)
      appendContent(start.shown, after: " ", to: &output)
    } else {
      appendContent(start.shown, after: "   ", to: &output)
      appendGutter(to: &output)
      output.append("  ")
      style.append(role, to: &output) {
        $0.append("_", times: start.mark.lowerBound + 1)
        $0.append("^")
      }
      output.append("\n")
    }
    let isLong = last - first + 1 > SourceSnippet.lineLimit
    for index in (first + 1)...last {
      if isLong, index - first >= SourceSnippet.keptLines, last - index >= SourceSnippet.keptLines {
        if index - first == SourceSnippet.keptLines {
          style.append(.gutter, "...", to: &output)
          output.append(" ", times: gutterWidth - 1)
          style.append(role, "|", to: &output)
          output.append("\n")
        }
        continue
      }
      let content = lines.contentRange(ofLine: index)
      let marked =
        index == last ? lastCharacter(before: span.end, in: content) : content.lowerBound..<content.lowerBound
      let line = SourceLine(of: text.bytes, line: content, marked: marked)
      appendNumber(index, "|", to: &output)
      output.append(" ")
      style.append(role, "|", to: &output)
      appendContent(line.shown, after: " ", to: &output)
      guard index == last else { continue }
      appendGutter(to: &output)
      output.append(" ")
      style.append(role, to: &output) {
        $0.append("|")
        $0.append("_", times: max(line.mark.upperBound, line.mark.lowerBound + 1))
        $0.append("^")
      }
      output.append("\n")
    }
  }

  /// The range of the character that ends at a place.
  private func lastCharacter(before end: Int, in line: Range<Int>) -> Range<Int> {
    var start = max(line.lowerBound, end - 1)
    while start > line.lowerBound, end - start < 4, text.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start..<max(start, min(end, line.upperBound))
  }

  private func clamped(_ span: SourceSpan, toLine index: Int) -> Range<Int> {
    span.range.clamped(to: lines.contentRange(ofLine: index))
  }

  /// Appends the gutter of a line that is not the document's.
  func appendGutter(to output: inout [UInt8]) {
    output.append(" ", times: gutterWidth + 1)
    style.append(.gutter, "|", to: &output)
  }

  /// Appends the gutter of a document line.
  func appendNumber(_ index: Int, _ sign: String, role: TerminalStyle.Role = .gutter, to output: inout [UInt8]) {
    let number = String(index + 1)
    style.append(.gutter, number, to: &output)
    output.append(" ", times: gutterWidth - number.utf8.count + 1)
    style.append(role, sign, to: &output)
  }

  /// Appends a line's content; an empty one leaves no blank behind.
  func appendContent(_ shown: [UInt8], after blank: String, to output: inout [UInt8]) {
    if !shown.isEmpty {
      output.append(blank)
      output += shown
    }
    output.append("\n")
  }
}

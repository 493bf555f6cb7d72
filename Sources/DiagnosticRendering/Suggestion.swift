internal import Diagnostics
internal import Source

/// A fix-it shown as the lines it removes and those it leaves: rustc's shape.
///
/// ```
/// help: rename to `condition`
///   |
/// 3 - - condtion: resource.public == true
/// 3 + - condition: resource.public == true
/// ```
struct Suggestion {
  /// Fix-its that touch more lines, or leave more, are only named.
  static let lineLimit = 8
  /// As are those that touch more bytes.
  static let byteLimit = 4_000

  let snippet: SourceSnippet
  let fixIt: FixIt

  /// Appends the fix-it's title, and its effect where that is small enough to show.
  func append(to output: inout [UInt8]) {
    snippet.style.append(.help, "help", to: &output)
    output.append(": \(displayText(fixIt.title))\n")
    guard let change = change() else { return }
    snippet.appendGutter(to: &output)
    output.append("\n")
    if let inserted = change.insertion {
      snippet.appendNumber(change.firstLine, "|", to: &output)
      snippet.appendContent(inserted.shown, after: " ", to: &output)
      snippet.appendGutter(to: &output)
      output.append(" ")
      var column = 0
      for range in inserted.marks {
        output.append(" ", times: range.lowerBound - column)
        snippet.style.append(.added, to: &output) { $0.append("+", times: max(1, range.count)) }
        column = range.lowerBound + max(1, range.count)
      }
      output.append("\n")
      return
    }
    appendLines(change.before, from: change.firstLine, "-", .removed, to: &output)
    appendLines(change.after, from: change.firstLine, "+", .added, to: &output)
  }

  private func appendLines(
    _ lines: [[UInt8]], from first: Int, _ sign: String, _ role: TerminalStyle.Role, to output: inout [UInt8]
  ) {
    for (index, line) in lines.enumerated() {
      snippet.appendNumber(first + index, sign, role: role, to: &output)
      snippet.appendContent(line, after: " ", to: &output)
    }
  }

  /// What the fix-it does to the lines it touches.
  private struct Change {
    var firstLine: Int
    var before: [[UInt8]]
    var after: [[UInt8]]
    /// Set when text is only put into one line.
    var insertion: (shown: [UInt8], marks: [Range<Int>])?
  }

  private func change() -> Change? {
    let edits = fixIt.edits.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    let bytes = snippet.text.bytes
    guard let first = edits.first, let last = edits.last, last.span.end <= bytes.count else { return nil }
    for (edit, next) in zip(edits, edits.dropFirst()) where edit.span.end > next.span.start { return nil }
    let firstLine = snippet.lines.lineIndex(of: first.span.start)
    let lastLine = snippet.lines.lineIndex(of: last.span.end)
    let added = edits.reduce(0) { $0 &+ $1.text.utf8.count }
    guard lastLine - firstLine < Suggestion.lineLimit, added <= Suggestion.byteLimit else { return nil }
    let start = snippet.lines.contentRange(ofLine: firstLine).lowerBound
    let end = max(snippet.lines.contentRange(ofLine: lastLine).upperBound, last.span.end)
    var shown = start..<end
    if firstLine == lastLine {
      shown = SourceLine.window(of: bytes, line: shown, around: first.span.start..<last.span.end)
    }
    guard shown.count <= Suggestion.byteLimit, shown.upperBound >= last.span.end else { return nil }
    let isCut = (before: shown.lowerBound > start, after: shown.upperBound < end)

    if firstLine == lastLine,
      edits.allSatisfy({ $0.span.isEmpty && !$0.text.utf8.contains { $0 == 0x0A || $0 == 0x0D } })
    {
      return Change(
        firstLine: firstLine, before: [], after: [], insertion: insertion(of: edits, into: shown, isCut: isCut))
    }
    var after: [UInt8] = []
    var copied = shown.lowerBound
    for edit in edits {
      after += bytes[copied..<edit.span.start]
      after.append(edit.text)
      copied = edit.span.end
    }
    after += bytes[copied..<shown.upperBound]
    var linesBefore = displayed(Array(bytes[shown]), isCut: isCut)
    var linesAfter = displayed(after, isCut: isCut)
    // An edit that ends at a line's start leaves that line as it is.
    while let line = linesBefore.last, line == linesAfter.last {
      linesBefore.removeLast()
      linesAfter.removeLast()
    }
    guard linesAfter.count <= Suggestion.lineLimit else { return nil }
    return Change(firstLine: firstLine, before: linesBefore, after: linesAfter, insertion: nil)
  }

  private func insertion(
    of edits: [SourceEdit], into shown: Range<Int>, isCut: (before: Bool, after: Bool)
  ) -> (shown: [UInt8], marks: [Range<Int>]) {
    var display = DisplayText()
    var marks: [Range<Int>] = []
    if isCut.before { display.append("…") }
    var copied = shown.lowerBound
    for edit in edits {
      display.append(snippet.text.bytes, copied..<edit.span.start)
      let column = display.width
      display.append(edit.text)
      if let previous = marks.last, previous.upperBound == column {
        marks[marks.count - 1] = previous.lowerBound..<display.width
      } else {
        marks.append(column..<display.width)
      }
      copied = edit.span.start
    }
    display.append(snippet.text.bytes, copied..<shown.upperBound)
    if isCut.after { display.append("…") }
    return (display.bytes, marks)
  }

  /// The lines of a text as they are shown.
  private func displayed(_ bytes: [UInt8], isCut: (before: Bool, after: Bool)) -> [[UInt8]] {
    let text = SourceText(name: "", bytes: bytes)
    let table = LineTable(text)
    return (0..<table.count).map { index in
      var display = DisplayText()
      if index == 0, isCut.before { display.append("…") }
      display.append(bytes, table.contentRange(ofLine: index))
      if index == table.count - 1, isCut.after { display.append("…") }
      return display.bytes
    }
  }
}

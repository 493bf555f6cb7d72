internal import Source

/// A line of a document as it is shown, and the columns that a marked part takes there.
///
/// A line too wide to show is cut to a window around the marked part, with `…` where something is left out.
struct SourceLine {
  /// The widest line shown whole, in columns.
  static let widthLimit = 140
  /// How much of a wide line is shown before the marked part, in columns.
  static let leadingContext = 50

  let shown: [UInt8]
  /// The columns of the marked part, from 0.
  let mark: Range<Int>

  /// Shows a line.
  ///
  /// - Parameters:
  ///   - text: The document.
  ///   - line: The line's range in the text, without its line end.
  ///   - marked: What is to be seen of it in any case; clamped to the line.
  init(of text: [UInt8], line: Range<Int>, marked: Range<Int>) {
    let marked = marked.clamped(to: line)
    let window = SourceLine.window(of: text, line: line, around: marked)
    var display = DisplayText()
    if window.lowerBound > line.lowerBound { display.append("…") }
    display.append(text, window.lowerBound..<marked.lowerBound)
    let start = display.width
    let shownEnd = min(marked.upperBound, window.upperBound)
    display.append(text, marked.lowerBound..<shownEnd)
    let end = display.width
    display.append(text, shownEnd..<window.upperBound)
    if window.upperBound < line.upperBound { display.append("…") }
    var shown = display.bytes
    while shown.last == 0x20 { shown.removeLast() }
    self.shown = shown
    mark = start..<end
  }

  /// The part of a line to show.
  static func window(of text: [UInt8], line: Range<Int>, around marked: Range<Int>) -> Range<Int> {
    if line.count <= widthLimit || fits(text, line) { return line }
    var start = marked.lowerBound
    var room = leadingContext
    while start > line.lowerBound, room > 0 {
      start -= 1
      while start > line.lowerBound, marked.lowerBound - start < 4 * leadingContext, text[start] & 0xC0 == 0x80 {
        start -= 1
      }
      room -= 1
    }
    return start..<max(marked.lowerBound, forward(in: text, from: start, to: line.upperBound, width: widthLimit))
  }

  /// Whether a line is shown whole.
  ///
  /// A character has at most 18 bytes to a column, so a longer one need not be measured.
  private static func fits(_ text: [UInt8], _ line: Range<Int>) -> Bool {
    guard line.count <= 4 * widthLimit else { return false }
    var display = DisplayText()
    display.append(text, line)
    return display.width <= widthLimit
  }

  /// The end of what fits into a width.
  private static func forward(in text: [UInt8], from start: Int, to end: Int, width: Int) -> Int {
    var display = DisplayText()
    var index = start
    // Characters without width cannot make a window of any size.
    let last = min(end, start + 8 * width)
    while index < last {
      let length = decodedScalar(in: text, at: index, before: end).map { UTF8.width($0) } ?? 1
      display.append(text, index..<(index + length))
      guard display.width <= width else { return index }
      index += length
    }
    return index
  }
}

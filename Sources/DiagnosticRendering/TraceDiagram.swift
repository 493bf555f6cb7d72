internal import Source

/// A text with values under the places they belong to.
///
/// ```
/// resource.size > 10 && resource.public == true
///          |    |    |           |      |
///          42   true false       null   false
/// ```
///
/// Each line of the text gets a diagram of its own.
package struct TraceDiagram {
  /// A value, and the place in the text that it belongs to.
  package struct Label {
    package var offset: Int
    package var text: String
    package var role: TerminalStyle.Role?

    /// - Parameters:
    ///   - offset: In bytes of the text.
    ///   - text: The value.
    ///   - role: Its colour.
    package init(offset: Int, text: String, role: TerminalStyle.Role? = nil) {
      self.offset = offset
      self.text = text
      self.role = role
    }
  }

  private let style: TerminalStyle
  private let indentation: Int

  /// - Parameters:
  ///   - style: Whether values are coloured.
  ///   - indentation: How many blanks each line starts with.
  package init(style: TerminalStyle, indentation: Int) {
    self.style = style
    self.indentation = indentation
  }

  /// The diagram, each line with its end.
  ///
  /// - Parameters:
  ///   - text: The text; tabs and what a terminal would obey are shown as in diagnostics.
  ///   - labels: In any order.
  /// - Returns: UTF-8.
  package func written(_ text: String, _ labels: [Label]) -> [UInt8] {
    let source = SourceText(name: "", text: text)
    let lines = LineTable(source)
    var output: [UInt8] = []
    let sorted = labels.sorted { $0.offset < $1.offset }
    var next = 0
    let lastLine = lines.lineIndex(of: source.bytes.count)
    for index in 0...lastLine {
      let range = lines.contentRange(ofLine: index)
      var display = DisplayText()
      display.append(source.bytes, range)
      if index == lastLine, display.bytes.isEmpty, index > 0, next == sorted.count { break }
      output.append(" ", times: indentation)
      output += display.bytes
      output.append("\n")
      var placed: [(column: Int, label: Label)] = []
      while next < sorted.count, sorted[next].offset <= range.upperBound || index == lastLine {
        let end = min(max(sorted[next].offset, range.lowerBound), range.upperBound)
        var before = DisplayText()
        before.append(source.bytes, range.lowerBound..<end)
        placed.append((before.width, sorted[next]))
        next += 1
      }
      append(placed, to: &output)
    }
    return output
  }

  /// Writes the labels of a line: the rightmost first, and on the same line those to its left that have room.
  private func append(_ placed: [(column: Int, label: Label)], to output: inout [UInt8]) {
    guard !placed.isEmpty else { return }
    appendRow(bars: placed.map(\.column), labels: [], to: &output)
    var waiting = placed
    while let last = waiting.popLast() {
      var row = [last]
      while let left = waiting.last, left.column + width(of: left.label.text) < row[row.count - 1].column {
        // A bar to its left may need the room of a label that waits at the same column.
        row.append(left)
        waiting.removeLast()
      }
      appendRow(bars: waiting.map(\.column), labels: row.reversed(), to: &output)
    }
  }

  private func appendRow(bars: [Int], labels: [(column: Int, label: Label)], to output: inout [UInt8]) {
    output.append(" ", times: indentation)
    var column = 0
    var lastBar = -1
    for bar in bars where bar != lastBar && bar < labels.first?.column ?? .max {
      output.append(" ", times: bar - column)
      style.append(.gutter, "|", to: &output)
      column = bar + 1
      lastBar = bar
    }
    for (place, label) in labels {
      output.append(" ", times: place - column)
      let shown = displayText(label.text)
      if let role = label.role { style.append(role, shown, to: &output) } else { output.append(shown) }
      column = place + width(of: label.text)
    }
    output.append("\n")
  }

  private func width(of text: String) -> Int {
    var display = DisplayText()
    display.append(text)
    return display.width
  }
}

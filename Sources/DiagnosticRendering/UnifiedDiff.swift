/// The difference of two texts as `diff -u` writes it.
package struct UnifiedDiff {
  /// Where `removed` lines of the old text give way to `added` of the new one.
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  private let name: String
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let changes: [Change]

  /// Lines of context around changes.
  private static let context = 3
  /// Texts that differ in more lines are not compared line by line: the time is bounded by its product with their length.
  private static let limit = 1_000

  /// Compares two texts, which have a name in common.
  package init(_ old: [UInt8], _ new: [UInt8], name: String) {
    self.name = name
    self.old = Self.lines(old)
    self.new = Self.lines(new)
    changes = Self.changes(self.old, self.new)
  }

  /// The lines of a text with their ends.
  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in text.indices where text[index] == 0x0A {
      lines.append(text[start...index])
      start = index + 1
    }
    if start < text.count { lines.append(text[start...]) }
    return lines
  }

  /// The changes in order, by Myers' algorithm ("An O(ND) Difference Algorithm").
  private static func changes(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Change] {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var oldEnd = old.count
    var newEnd = new.count
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    guard start < oldEnd || start < newEnd else { return [] }
    let rows = oldEnd - start
    let columns = newEnd - start
    let most = min(rows + columns, limit)
    /// The furthest row on each diagonal, for each number of differences.
    var furthest = [Int](repeating: 0, count: 2 * most + 3)
    var trace: [[Int]] = []
    for differences in 0...most {
      trace.append(Array(furthest[(most + 1 - differences)...(most + 1 + differences)]))
      for diagonal in stride(from: -differences, through: differences, by: 2) {
        let place = diagonal + most + 1
        let isDown = diagonal == -differences || diagonal != differences && furthest[place - 1] < furthest[place + 1]
        var row = isDown ? furthest[place + 1] : furthest[place - 1] + 1
        while row < rows, row - diagonal < columns, old[start + row] == new[start + row - diagonal] { row += 1 }
        furthest[place] = row
        guard row >= rows, row - diagonal >= columns else { continue }
        return path(trace, rows: rows, columns: columns, offset: start)
      }
    }
    return [Change(old: start..<oldEnd, new: start..<newEnd)]
  }

  /// The changes on the way that was found, from its end.
  private static func path(_ trace: [[Int]], rows: Int, columns: Int, offset: Int) -> [Change] {
    var changes: [Change] = []
    var row = rows
    var column = columns
    for differences in stride(from: trace.count - 1, to: 0, by: -1) {
      // Of the row before, whose middle is diagonal 0.
      let before = trace[differences]
      func furthest(_ diagonal: Int) -> Int { before[diagonal + differences] }
      let diagonal = row - column
      let isDown =
        diagonal == -differences || diagonal != differences && furthest(diagonal - 1) < furthest(diagonal + 1)
      let previousRow = furthest(isDown ? diagonal + 1 : diagonal - 1)
      let previousColumn = previousRow - (isDown ? diagonal + 1 : diagonal - 1)
      let oldPlace = offset + previousRow
      let newPlace = offset + previousColumn
      let change = Change(
        old: oldPlace..<(isDown ? oldPlace : oldPlace + 1), new: newPlace..<(isDown ? newPlace + 1 : newPlace))
      if let next = changes.last, next.old.lowerBound == change.old.upperBound,
        next.new.lowerBound == change.new.upperBound
      {
        changes[changes.count - 1] = Change(
          old: change.old.lowerBound..<next.old.upperBound, new: change.new.lowerBound..<next.new.upperBound)
      } else {
        changes.append(change)
      }
      row = previousRow
      column = previousColumn
    }
    return changes.reversed()
  }

  /// The diff, empty for equal texts.
  package func written() -> [UInt8] {
    guard !changes.isEmpty else { return [] }
    var output = Array("--- \(displayText(name))\n+++ \(displayText(name))\n".utf8)
    var index = 0
    while index < changes.count {
      var end = index + 1
      while end < changes.count, changes[end].old.lowerBound - changes[end - 1].old.upperBound <= 2 * Self.context {
        end += 1
      }
      append(changes[index..<end], to: &output)
      index = end
    }
    return output
  }

  private func append(_ hunk: ArraySlice<Change>, to output: inout [UInt8]) {
    guard let first = hunk.first, let last = hunk.last else { return }
    let before = min(Self.context, first.old.lowerBound)
    let after = min(Self.context, old.count - last.old.upperBound)
    let oldLines = (first.old.lowerBound - before)..<(last.old.upperBound + after)
    let newLines = (first.new.lowerBound - before)..<(last.new.upperBound + after)
    output += "@@ -\(place(oldLines)) +\(place(newLines)) @@\n".utf8
    var line = oldLines.lowerBound
    for change in hunk {
      for index in line..<change.old.lowerBound { append(" ", old[index], to: &output) }
      for index in change.old { append("-", old[index], to: &output) }
      for index in change.new { append("+", new[index], to: &output) }
      line = change.old.upperBound
    }
    for index in line..<oldLines.upperBound { append(" ", old[index], to: &output) }
  }

  private func place(_ lines: Range<Int>) -> String {
    let start = lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1
    return lines.count == 1 ? "\(start)" : "\(start),\(lines.count)"
  }

  private func append(_ sign: String, _ line: ArraySlice<UInt8>, to output: inout [UInt8]) {
    output += sign.utf8
    output += line
    if line.last != 0x0A { output += "\n\\ No newline at end of file\n".utf8 }
  }
}

/// The difference of two texts as `diff -u` and `git diff` write it, for `patch -p1` and `git apply`.
package struct UnifiedDiff {
  /// What became of a run of lines.
  private enum Change {
    case kept, removed, added
  }

  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  /// Each line of the old text and the new in the order of output.
  private var script: [(change: Change, line: Int)] = []

  /// So many lines that are the same stand around a change.
  private static let contextCount = 3
  /// Where lines differ, so many further ones of each text are searched for the place from which they are the same again.
  private static let window = 64

  package init(from old: [UInt8], to new: [UInt8]) {
    self.old = UnifiedDiff.lines(of: old)
    self.new = UnifiedDiff.lines(of: new)
    compare()
  }

  /// Lines with their line ends.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      lines.append(text[start..<end])
      start = end
    }
    return lines
  }

  /// Walks along both texts; linear, since fixes change a few lines here and there.
  private mutating func compare() {
    var left = 0
    var right = 0
    while left < old.count || right < new.count {
      if left < old.count, right < new.count, old[left] == new[right] {
        script.append((.kept, left))
        left += 1
        right += 1
        continue
      }
      let (removed, added) = distanceToSame(left, right)
      for line in left..<(left + removed) { script.append((.removed, line)) }
      for line in right..<(right + added) { script.append((.added, line)) }
      left += removed
      right += added
    }
  }

  /// How many lines of each text differ before they are the same again.
  private func distanceToSame(_ left: Int, _ right: Int) -> (removed: Int, added: Int) {
    let leftRest = old.count - left
    let rightRest = new.count - right
    for distance in 1...(2 * UnifiedDiff.window) {
      for removed in max(0, distance - UnifiedDiff.window)...min(distance, UnifiedDiff.window) {
        let added = distance - removed
        guard removed <= leftRest, added <= rightRest else { continue }
        if removed == leftRest, added == rightRest { return (removed, added) }
        if removed < leftRest, added < rightRest, old[left + removed] == new[right + added] { return (removed, added) }
      }
    }
    return (min(UnifiedDiff.window, leftRest), min(UnifiedDiff.window, rightRest))
  }

  /// The difference.
  ///
  /// - Parameter path: What the file is called.
  /// - Returns: UTF-8 as far as the texts are; empty when they are equal.
  package func written(path: String) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    var lastShown = 0
    // The lines of each text that were passed so far.
    var leftLine = 0
    var rightLine = 0
    while let first = script[index...].firstIndex(where: { $0.change != .kept }) {
      if output.isEmpty {
        let isAbsolute = path.hasPrefix("/")
        let relative = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        output.append("--- \(UnifiedDiff.name(isAbsolute ? path : "a/" + relative))\n")
        output.append("+++ \(UnifiedDiff.name(isAbsolute ? path : "b/" + relative))\n")
      }
      let start = max(lastShown, first - UnifiedDiff.contextCount)
      var end = first
      // Changes that are near share a hunk.
      var lastChange = first
      while end < script.count, end - lastChange <= 2 * UnifiedDiff.contextCount {
        if script[end].change != .kept { lastChange = end }
        end += 1
      }
      end = min(script.count, lastChange + UnifiedDiff.contextCount + 1)
      leftLine += script[lastShown..<start].count
      rightLine += script[lastShown..<start].count
      appendHunk(start..<end, &leftLine, &rightLine, to: &output)
      index = end
      lastShown = end
    }
    return output
  }

  private func appendHunk(_ range: Range<Int>, _ leftLine: inout Int, _ rightLine: inout Int, to output: inout [UInt8])
  {
    let removed = script[range].count { $0.change != .added }
    let added = script[range].count { $0.change != .removed }
    output.append("@@ -\(UnifiedDiff.range(leftLine, removed)) +\(UnifiedDiff.range(rightLine, added)) @@\n")
    for (change, line) in script[range] {
      let text = change == .added ? new[line] : old[line]
      switch change {
      case .kept: output.append(" ")
      case .removed: output.append("-")
      case .added: output.append("+")
      }
      output += text
      if text.last != 0x0A { output.append("\n\\ No newline at end of file\n") }
    }
    leftLine += removed
    rightLine += added
  }

  /// A hunk's lines in one text, counted from 1; those of none stand behind the line in front.
  private static func range(_ before: Int, _ count: Int) -> String {
    switch count {
    case 0: "\(before),0"
    case 1: "\(before + 1)"
    default: "\(before + 1),\(count)"
    }
  }

  /// A name as `git` writes it: quoted where it could not be read again otherwise.
  private static func name(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x5C }
    guard !isPlain else { return path.contains(" ") ? path + "\t" : path }
    var quoted = "\""
    for byte in path.utf8 {
      switch byte {
      case 0x22: quoted += "\\\""
      case 0x5C: quoted += "\\\\"
      case 0x0A: quoted += "\\n"
      case 0x09: quoted += "\\t"
      case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 8)
        quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}

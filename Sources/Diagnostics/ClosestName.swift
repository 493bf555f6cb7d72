/// The one candidate that a misspelt name was probably meant to be.
///
/// Close means a Damerau-Levenshtein distance, letter case folded first, of at most a third of the name's length, and at
/// least 1. Of equally close candidates one with the same letters is taken, `EN` for `NE`, and else the first.
///
/// - Parameters:
///   - name: What was written; names over 64 bytes have no candidate.
///   - candidates: What could have been meant.
/// - Returns: The nearest candidate, `nil` when none is near.
package func closestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let written = Array(name.utf8.prefix(65)).map(lowercased)
  guard !written.isEmpty, written.count <= 64 else { return nil }
  let limit = max(1, written.count / 3)
  let letters = written.sorted()
  var best: (name: String, distance: Int, hasSameLetters: Bool)?
  for candidate in candidates where candidate != name {
    let meant = candidate.utf8.map(lowercased)
    guard abs(meant.count - written.count) <= limit else { continue }
    let distance = editDistance(written, meant)
    guard distance <= limit, distance <= best?.distance ?? limit else { continue }
    let hasSameLetters = meant.sorted() == letters
    if let best, distance == best.distance, best.hasSameLetters || !hasSameLetters { continue }
    best = (candidate, distance, hasSameLetters)
  }
  return best?.name
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 1...max(left.count, 1) where row <= left.count {
    var current = [row]
    for column in 1...max(right.count, 1) where column <= right.count {
      let substitution = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
      var distance = min(substitution, last[column] + 1, current[column - 1] + 1)
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        distance = min(distance, beforeLast[column - 2] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}

/// The one candidate that a misspelt name was probably meant to be.
///
/// Close means a Damerau-Levenshtein distance, letter case folded first, of at most a third of the name's length, and at
/// least 1. Of equally close candidates one with the same letters is taken, `EN` for `NE`, else one of the same length, since
/// a wrong key is hit more often than one too many, and else the first.
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
  var best: (name: String, distance: Int, likeness: Int)?
  for candidate in candidates where candidate != name {
    let meant = candidate.utf8.map(lowercased)
    guard abs(meant.count - written.count) <= limit else { continue }
    let distance = editDistance(written, meant)
    guard distance <= limit, distance <= best?.distance ?? limit else { continue }
    let likeness = meant.sorted() == letters ? 2 : meant.count == written.count ? 1 : 0
    if let best, distance == best.distance, likeness <= best.likeness { continue }
    best = (candidate, distance, likeness)
  }
  return best?.name
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  // Three rows of the table of distances between the starts of both, one behind the other in turn.
  let width = right.count + 1
  var rows = [Int](repeating: 0, count: 3 * width)
  for column in 0..<width { rows[column] = column }
  var (beforeLast, last, current) = (2 * width, 0, width)
  for row in 0..<left.count {
    rows[current] = row + 1
    for column in 0..<right.count {
      let substitution = rows[last + column] + (left[row] == right[column] ? 0 : 1)
      var distance = min(substitution, rows[last + column + 1] + 1, rows[current + column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, rows[beforeLast + column - 1] + 1)
      }
      rows[current + column + 1] = distance
    }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return rows[last + right.count]
}

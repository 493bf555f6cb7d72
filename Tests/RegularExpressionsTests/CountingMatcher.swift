import RegularExpressions

/// A backtracking matcher as textbooks have it, which counts its steps: independent of the programs that the engine makes.
///
/// It walks the tree with continuations, so texts should be short.
final class CountingMatcher {
  private let pattern: RE2Pattern
  private let text: [Unicode.Scalar]
  private let limit: Int
  private(set) var steps = 0

  private init(_ pattern: RE2Pattern, _ text: String, limit: Int) {
    self.pattern = pattern
    self.text = Array(text.unicodeScalars)
    self.limit = limit
  }

  /// How many steps a search takes, from each start until the first match; about `limit` if there are more.
  static func steps(of pattern: RE2Pattern, on text: String, limit: Int) -> Int {
    let matcher = CountingMatcher(pattern, text, limit: limit)
    for start in 0...matcher.text.count where matcher.match(pattern.root, at: start, then: { _ in true }) { break }
    return matcher.steps
  }

  private func match(_ node: Int, at place: Int, then next: (Int) -> Bool) -> Bool {
    steps += 1
    // Over the limit everything matches, which ends the search.
    if steps > limit { return true }
    switch pattern.nodes[node] {
    case .empty: return next(place)
    case .nothing: return false
    case .literal(let codePoint): return place < text.count && text[place].value == codePoint && next(place + 1)
    case .set(let set):
      return place < text.count && pattern.sets[set].ranges.contains { $0.contains(text[place].value) }
        && next(place + 1)
    case .assertion(let assertion): return holds(assertion, at: place) && next(place)
    case .concatenation(let start, let count): return match(start..<(start + count), at: place, then: next)
    case .alternation(let start, let count):
      return pattern.parts[start..<(start + count)].contains { match($0, at: place, then: next) }
    case .capture(_, let part): return match(part, at: place, then: next)
    case .repetition(let part, let minimum, let maximum, let isLazy):
      return `repeat`(part, (minimum, maximum ?? .max, isLazy), done: 0, at: place, then: next)
    }
  }

  private func match(_ parts: Range<Int>, at place: Int, then next: (Int) -> Bool) -> Bool {
    guard let first = parts.first else { return next(place) }
    return match(pattern.parts[first], at: place) { match(parts.dropFirst(), at: $0, then: next) }
  }

  private func `repeat`(
    _ part: Int, _ counts: (minimum: Int, maximum: Int, isLazy: Bool), done: Int, at place: Int,
    then next: (Int) -> Bool
  ) -> Bool {
    func again() -> Bool {
      done < counts.maximum
        && match(part, at: place) { end in
          (end > place || done < counts.minimum) && `repeat`(part, counts, done: done + 1, at: end, then: next)
        }
    }
    func on() -> Bool { done >= counts.minimum && next(place) }
    return counts.isLazy ? on() || again() : again() || on()
  }

  private func holds(_ assertion: RE2Pattern.Assertion, at place: Int) -> Bool {
    func isWord(_ index: Int) -> Bool {
      text.indices.contains(index) && text[index].isASCII
        && (text[index].properties.isAlphabetic || text[index] == "_"
          || text[index].properties.numericType != nil)
    }
    return switch assertion {
    case .textStart: place == 0
    case .textEnd: place == text.count
    case .lineStart: place == 0 || text[place - 1] == "\n"
    case .lineEnd: place == text.count || text[place] == "\n"
    case .wordBoundary: isWord(place - 1) != isWord(place)
    case .notWordBoundary: isWord(place - 1) == isWord(place)
    }
  }
}

/// A pattern as PCRE2 reads it, with RE2's meaning.
///
/// Nothing is left to PCRE2's flags, classes or tables: sets are written out, `^` and `$` are what they mean, every
/// punctuation mark is escaped, and only groups that capture in RE2 do so here.
package struct PCRE2Pattern {
  package private(set) var bytes: [UInt8] = []

  /// What is still to be printed, last first.
  private enum Task {
    case node(Int)
    case text(StaticString)
    case parts(start: Int, count: Int, next: Int, separator: StaticString)
    case quantifier(minimum: Int, maximum: Int?, isLazy: Bool)
  }

  package init(_ pattern: RE2Pattern) {
    // A stack of our own, since a pattern may be nested deeper than a thread's stack is.
    var tasks: [Task] = [.node(pattern.root)]
    while let task = tasks.popLast() {
      switch task {
      case .node(let index): print(pattern.nodes[index], pattern, &tasks)
      case .text(let text): append(text)
      case .parts(let start, let count, let next, let separator):
        guard next < count else { continue }
        if next > 0 { append(separator) }
        tasks.append(.parts(start: start, count: count, next: next + 1, separator: separator))
        tasks.append(.node(pattern.parts[start + next]))
      case .quantifier(let minimum, let maximum, let isLazy): printQuantifier(minimum, maximum, isLazy)
      }
    }
  }

  private mutating func print(_ node: RE2Pattern.Node, _ pattern: RE2Pattern, _ tasks: inout [Task]) {
    switch node {
    case .empty: append("(?:)")
    case .nothing: append("(?!)")
    case .literal(let codePoint): append(codePoint)
    case .set(let index): append(pattern.sets[index])
    case .assertion(let assertion): append(assertion)
    case .concatenation(let start, let count):
      tasks.append(.parts(start: start, count: count, next: 0, separator: ""))
    case .alternation(let start, let count):
      append("(?:")
      tasks.append(.text(")"))
      tasks.append(.parts(start: start, count: count, next: 0, separator: "|"))
    case .capture(_, let part):
      // Groups stand in the order of their numbers, so PCRE2 counts them alike.
      append("(")
      tasks.append(.text(")"))
      tasks.append(.node(part))
    case .repetition(let part, let minimum, let maximum, let isLazy):
      tasks.append(.quantifier(minimum: minimum, maximum: maximum, isLazy: isLazy))
      switch pattern.nodes[part] {
      case .literal, .set, .capture, .alternation: tasks.append(.node(part))
      case .empty, .nothing, .assertion, .concatenation, .repetition:
        append("(?:")
        tasks.append(.text(")"))
        tasks.append(.node(part))
      }
    }
  }

  private mutating func printQuantifier(_ minimum: Int, _ maximum: Int?, _ isLazy: Bool) {
    switch (minimum, maximum) {
    case (0, nil): append("*")
    case (1, nil): append("+")
    case (0, 1): append("?")
    default:
      append("{")
      bytes += String(minimum).utf8
      if maximum != minimum {
        append(",")
        if let maximum { bytes += String(maximum).utf8 }
      }
      append("}")
    }
    if isLazy { append("?") }
  }

  private mutating func append(_ assertion: RE2Pattern.Assertion) {
    switch assertion {
    case .textStart: append("\\A")
    case .textEnd: append("\\z")
    // Neither before nor behind stands anything but LF.
    case .lineStart: append("(?<![^\\n])")
    case .lineEnd: append("(?![^\\n])")
    // Without UCP these are of ASCII words, also in UTF mode.
    case .wordBoundary: append("\\b")
    case .notWordBoundary: append("\\B")
    }
  }

  /// Prints a set, as its complement where that is shorter: PCRE2 matches `[^…]` of ASCII with one bitmap.
  private mutating func append(_ set: RE2Pattern.CodePointSet) {
    let lastRange = set.ranges.last
    let isNegated = lastRange?.upperBound == RE2Pattern.CodePointSet.lastCodePoint
    var ranges = set.ranges
    if isNegated {
      // Surrogates occur in no text, so they may be on either side: a gap of just these is no gap.
      let gap = set.complement.ranges
      ranges = gap.compactMap { $0 == 0xD800...0xDFFF ? nil : $0 }
      if ranges.isEmpty { return append("[\\x00-\\x{10ffff}]") }
    }
    append(isNegated ? "[^" : "[")
    for range in ranges {
      append(range.lowerBound)
      guard range.upperBound > range.lowerBound else { continue }
      if range.upperBound > range.lowerBound + 1 { append("-") }
      append(range.upperBound)
    }
    append("]")
  }

  /// Prints a code point so that it stands for itself, in a class and outside.
  private mutating func append(_ codePoint: UInt32) {
    switch codePoint {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: bytes.append(UInt8(truncatingIfNeeded: codePoint))
    case 0x20...0x7E:
      append("\\")
      bytes.append(UInt8(truncatingIfNeeded: codePoint))
    case 0xA0..<0xD800, 0xE000...0x10FFFF:
      if let scalar = Unicode.Scalar(codePoint) { bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter }
    default:
      append("\\x{")
      bytes += String(codePoint, radix: 16).utf8
      append("}")
    }
  }

  private mutating func append(_ text: StaticString) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

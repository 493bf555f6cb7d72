// What a pattern matches, told by an example.
extension RegularExpression {
  /// A text that the pattern matches as a whole, of the shorter ones; `nil` when none is found easily.
  package var example: String? {
    var examples: [[UInt32]?] = []
    examples.reserveCapacity(tree.nodes.count)
    for node in tree.nodes { examples.append(example(of: node, examples)) }
    guard let found = examples.last ?? nil else { return nil }
    var text = String.UnicodeScalarView()
    for codePoint in found { text.append(Unicode.Scalar(codePoint) ?? "\u{FFFD}") }
    let example = String(text)
    // Assertions were passed over.
    var bytes = example
    let isMatch = bytes.withUTF8 { unsafe (try? matches($0)) ?? false }
    return isMatch ? example : nil
  }

  /// Whether every match begins where the text does.
  package var isAnchoredAtStart: Bool { isAnchored(tree.root, at: .textStart, 0) }

  /// Whether every match ends where the text does.
  package var isAnchoredAtEnd: Bool { isAnchored(tree.root, at: .textEnd, 0) }

  /// Examples are no longer, in code points.
  private static let lengthLimit = 200

  private func example(of node: RE2Pattern.Node, _ examples: [[UInt32]?]) -> [UInt32]? {
    switch node {
    case .empty, .assertion: return []
    case .nothing: return nil
    case .literal(let codePoint): return [codePoint]
    case .set(let index): return tree.sets[index].typicalMember.map { [$0] }
    case .concatenation(let start, let count):
      var whole: [UInt32] = []
      for part in tree.parts[start..<(start + count)] {
        guard let example = examples[part], whole.count + example.count <= Self.lengthLimit else { return nil }
        whole += example
      }
      return whole
    case .alternation(let start, let count):
      return tree.parts[start..<(start + count)].compactMap { examples[$0] }.min { $0.count < $1.count }
    case .capture(_, let part): return examples[part]
    case .repetition(let part, let minimum, let maximum, _):
      // Of what may be left out, one shows more than none.
      let count = minimum == 0 && maximum != 0 ? 1 : minimum
      guard let example = examples[part] else { return minimum == 0 ? [] : nil }
      guard example.isEmpty || count <= Self.lengthLimit / example.count else { return minimum == 0 ? [] : nil }
      return example.isEmpty ? [] : Array(repeatElement(example, count: count).joined())
    }
  }

  private func isAnchored(_ node: Int, at assertion: RE2Pattern.Assertion, _ depth: Int) -> Bool {
    guard depth < 50 else { return false }
    switch tree.nodes[node] {
    case .assertion(let found): return found == assertion
    case .capture(_, let part): return isAnchored(part, at: assertion, depth + 1)
    case .concatenation(let start, let count):
      guard count > 0 else { return false }
      return isAnchored(tree.parts[assertion == .textStart ? start : start + count - 1], at: assertion, depth + 1)
    case .alternation(let start, let count):
      return count > 0
        && tree.parts[start..<(start + count)].allSatisfy { isAnchored($0, at: assertion, depth + 1) }
    case .repetition(let part, let minimum, _, _): return minimum > 0 && isAnchored(part, at: assertion, depth + 1)
    case .empty, .nothing, .literal, .set: return false
    }
  }
}

extension RE2Pattern.CodePointSet {
  /// A member that a reader knows: a letter or a digit before other signs, those before all else.
  fileprivate var typicalMember: UInt32? {
    let preferred: [ClosedRange<UInt32>] = [
      0x61...0x7A, 0x30...0x39, 0x41...0x5A, 0x21...0x7E, 0x20...0x20, 0xA1...0x24F,
    ]
    for wanted in preferred {
      for range in ranges where range.overlaps(wanted) { return max(range.lowerBound, wanted.lowerBound) }
    }
    return ranges.first?.lowerBound
  }
}

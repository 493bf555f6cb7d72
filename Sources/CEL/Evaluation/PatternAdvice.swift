internal import Diagnostics
internal import RegularExpressions
internal import Source

/// Gives advice on the patterns of a condition that can be read: those that other engines are slow on, and those that match
/// more than they seem to.
struct PatternAdvice: Sendable {
  /// What is left to be spent on slow patterns; reports and searches take from it.
  ///
  /// A document with a hundred thousand of them is not worth seconds.
  var remainingWork = 0
  private static let searchCost = 8
  /// What was found in patterns that took a search.
  private var known: [[UInt8]: Ambiguity.Finding?] = [:]

  /// Whether there can be nothing to say of a pattern that is plain (`PlainPattern`), which is seen without reading it.
  func isBeyondAdvice(plain pattern: [UInt8]) -> Bool {
    guard pattern.count > 1, pattern.first == UInt8(ascii: "^"), pattern.last == UInt8(ascii: "$") else { return false }
    var loops = 0
    var options = 0
    var previous: UInt8 = 0
    for byte in pattern {
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "*"): loops += 1
      case UInt8(ascii: "?"): options += 1
      // A dot between two names may be one of a host's.
      case 0x61...0x7A where previous == UInt8(ascii: "."): return false
      default: break
      }
      previous = byte
    }
    return remainingWork <= 0 || (loops <= 1 && options <= 4)
  }

  /// What there is to say of a pattern.
  ///
  /// - Parameters:
  ///   - expression: The pattern.
  ///   - places: Where it stands.
  ///   - literal: The literal that it is.
  ///   - isMatch: Whether it is one of `matches`, which asks of a value whether it has such a part.
  /// - Returns: Advice, in offsets of the condition.
  mutating func diagnostics(
    on expression: RegularExpression, _ places: LiteralPlaces, literal: SourceSpan, isMatch: Bool
  ) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if remainingWork > 0, let finding = finding(in: expression) {
      diagnostics.append(diagnostic(finding, expression, places))
    }
    if isMatch { diagnostics += anchors(of: expression, places, literal) }
    return diagnostics
  }

  private mutating func finding(in expression: RegularExpression) -> Ambiguity.Finding? {
    switch expression.tree.quickVerdict {
    case .linear: return nil
    case .superlinear(let finding):
      remainingWork -= 1
      return finding
    case .undecided:
      if let finding = known[expression.pattern] {
        if finding != nil { remainingWork -= 1 }
        return finding
      }
      remainingWork -= Self.searchCost
      let finding = Ambiguity(expression.tree).finding
      known[expression.pattern] = .some(finding)
      return finding
    }
  }

  private func diagnostic(
    _ finding: Ambiguity.Finding, _ expression: RegularExpression, _ places: LiteralPlaces
  ) -> Diagnostic {
    let parts = finding.repetitions.compactMap(expression.tree.place).sorted { $0.lowerBound < $1.lowerBound }
    let growth: VulnerableRegex.Growth =
      switch finding.growth {
      case .exponential: .exponential
      case .polynomial: .polynomial
      case .bounded: .bounded
      }
    let message = VulnerableRegex(
      growth: growth, parts: parts.prefix(3).map { Self.excerpt(expression.pattern[$0]) },
      involvesSearch: finding.involvesSearch,
      attack: (finding.attack.prefix, finding.attack.pump, finding.attack.suffix))
    let whole = (parts.first?.lowerBound ?? 0)..<(parts.map(\.upperBound).max() ?? expression.pattern.count)
    return Diagnostic(message, at: places.span(of: whole))
  }

  private func anchors(
    of expression: RegularExpression, _ places: LiteralPlaces, _ literal: SourceSpan
  ) -> [Diagnostic] {
    let advice = AnchorAdvice(expression)
    guard !advice.isEmpty else { return [] }
    var diagnostics: [Diagnostic] = []
    let count = expression.pattern.count
    if advice.lacksStart || advice.lacksEnd {
      var missing: [String] = []
      var edits: [SourceEdit] = []
      if advice.lacksStart {
        missing.append("^")
        edits.append(SourceEdit(span: places.span(of: 0..<0), text: "^"))
      }
      if advice.lacksEnd {
        missing.append("$")
        edits.append(SourceEdit(span: places.span(of: count..<count), text: "$"))
      }
      diagnostics.append(Diagnostic(UnanchoredRegex(missing: missing, anchors: edits), at: literal))
    }
    if let host = advice.host {
      let escapes = advice.dots.map { dot in
        let start = places.span(of: dot..<(dot + 1)).start
        return SourceEdit(span: SourceSpan(start, start), text: places.isRaw ? "\\" : "\\\\")
      }
      diagnostics.append(
        Diagnostic(
          UnanchoredRegex(host: Self.excerpt(expression.pattern[host]), escapes: escapes), at: places.span(of: host)))
    }
    return diagnostics
  }

  /// A part of a pattern for a message; clipped when it is long.
  private static func excerpt(_ part: ArraySlice<UInt8>) -> String {
    let text = String(decoding: part, as: UTF8.self)
    return text.unicodeScalars.count <= 60
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(59))) + "…"
  }
}

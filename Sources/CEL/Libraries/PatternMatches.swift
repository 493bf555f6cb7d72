internal import RegularExpressions

/// The matches of a regular expression in a text, one behind the other.
///
/// An empty match right behind another match is left out (Go, `regexp`, "All").
struct PatternMatches {
  private let expression: RegularExpression
  private let text: ByteView
  private var position = 0
  private var previousEnd = -1

  init(of expression: RegularExpression, in text: ByteView) {
    self.expression = expression
    self.text = text
  }

  /// The next match; `nil` behind the last.
  mutating func next(_ context: EvaluationContext) throws(EvaluationError) -> RegularExpressionMatch? {
    while position <= text.count {
      // A search may look at all that is left, whatever it finds: `a.*b|a` does on a text without a `b`.
      try context.charge(text.count - position)
      guard let match = try search() else {
        position = text.count + 1
        return nil
      }
      let range = match.range
      let isBehindAnother = range.isEmpty && range.lowerBound == previousEnd
      previousEnd = range.upperBound
      if range.upperBound > position {
        position = range.upperBound
        return match
      }
      skipCodePoint()
      if !isBehindAnother { return match }
    }
    return nil
  }

  private func search() throws(EvaluationError) -> RegularExpressionMatch? {
    do throws(RegularExpressionError) {
      return unsafe try expression.firstMatch(in: text.buffer, from: position)
    } catch {
      throw EvaluationError(.tooComplex)
    }
  }

  private mutating func skipCodePoint() {
    position += 1
    while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
  }
}

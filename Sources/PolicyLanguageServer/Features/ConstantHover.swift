internal import CEL
internal import RegularExpressions
internal import Source

// What is known of constants under the cursor without any input.
extension Hover {
  /// The value of a part that reads no input, as a line of the condition language; `nil` for others, and for literals.
  static func value(of part: String) -> String? {
    guard part.utf8.count <= 10_000, let expression = try? language.compile(part) else { return nil }
    let text: String
    do throws(EvaluationError) {
      text = try expression.evaluate(budget: budget).description
    } catch {
      text = "error: \(error)"
    }
    guard text != part else { return nil }
    return text.count <= valueLimit ? text : text.prefix(valueLimit) + "…"
  }

  private static let language: ExpressionLanguage = {
    var language = ExpressionLanguage()
    language.hasWordOperators = true
    return language
  }()

  /// An answer must not take longer than a keystroke.
  private static let budget = EvaluationBudget(steps: 20_000, iterations: 2_000, bytes: 1 << 16)

  /// In characters.
  private static let valueLimit = 300

  /// What a pattern matches, for a literal that is one.
  static func patternWords(_ pattern: [UInt8]) -> String? {
    guard let expression = try? RegularExpression(pattern) else { return nil }
    let what =
      switch (expression.isAnchoredAtStart, expression.isAnchoredAtEnd) {
      case (true, true): "Matches whole texts"
      case (true, false): "Matches texts that start so"
      case (false, true): "Matches texts that end so"
      case (false, false): "Matches texts with such a part"
      }
    guard let example = expression.example, !example.isEmpty,
      !example.contains(where: { $0.isNewline || $0 == "`" })
    else { return what + "." }
    return "\(what): `\(example)`, for example."
  }
}

internal import CEL
internal import Source

/// Tells `and`, `or` and `not` as operators from names that are spelt so, by the tokens around them.
struct WordOperators {
  private let tokens: [Token]
  private let text: [UInt8]

  init(_ tokens: [Token], of text: [UInt8]) {
    self.tokens = tokens
    self.text = text
  }

  /// Whether a token is such an operator.
  func contains(_ index: Int) -> Bool {
    guard tokens[index].kind == .identifier else { return false }
    let previous = tokens[..<index].last { $0.kind != .comment }
    switch word(tokens[index]) {
    case "and", "or": return previous.map(endsOperand) ?? false
    case "not":
      guard previous?.kind != .dot, !(previous.map(endsOperand) ?? false),
        let next = tokens[(index + 1)...].firstIndex(where: { $0.kind != .comment })
      else { return false }
      return negates(next, after: tokens[index].span.end)
    default: return false
    }
  }

  private func word(_ token: Token) -> String { String(decoding: text[token.span.range], as: UTF8.self) }

  private func endsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .identifier: !["and", "or", "not"].contains(word(token))
    case .quotedIdentifier, .int, .uint, .double, .string, .bytes, .true, .false, .null, .rightParenthesis,
      .rightBracket, .rightBrace, .malformedLiteral, .malformedName, .reservedWord:
      true
    case .endOfText, .comment, .question, .colon, .not, .minus, .or, .and, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .plus, .star, .slash, .percent, .in, .leftParenthesis, .leftBracket, .leftBrace,
      .dot, .comma, .semicolon, .foreignOperator, .unknown:
      false
    }
  }

  /// Whether `not` before a token is an operator; where both could be meant a blank decides, as in the language.
  private func negates(_ next: Int, after end: Int) -> Bool {
    let token = tokens[next]
    switch token.kind {
    case .identifier: return !["and", "or"].contains(word(token))
    case .quotedIdentifier, .int, .uint, .double, .string, .bytes, .true, .false, .null, .not, .leftParenthesis:
      return true
    case .leftBracket, .leftBrace, .dot: return token.span.start > end
    case .minus:
      return token.span.start > end && next + 1 < tokens.count && tokens[next + 1].span.start == token.span.end
    case .endOfText, .comment, .question, .colon, .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .plus, .star, .slash, .percent, .in, .rightParenthesis, .rightBracket, .rightBrace, .comma,
      .semicolon, .foreignOperator, .unknown, .malformedLiteral, .malformedName, .reservedWord:
      return false
    }
  }
}

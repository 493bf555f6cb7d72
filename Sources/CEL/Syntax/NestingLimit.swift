internal import Diagnostics
internal import Source

/// How large a condition may be.
enum NestingLimit {
  /// Brackets, prefix operators, `?:` and macros may nest so deep.
  ///
  /// Chains do not nest.
  static let depth = 128
  /// Bytes of one condition.
  static let size = 2 * 1024 * 1024
}

extension Parser {
  /// Goes one level deeper, unless that is too deep: then the current token is reported.
  mutating func enterNesting() -> Bool {
    if depth >= NestingLimit.depth {
      reportNestingLimit()
      return false
    }
    depth += 1
    return true
  }

  private mutating func reportNestingLimit() {
    isLimitReached = true
    report(
      ConditionLimitExceeded("nesting deeper than \(NestingLimit.depth) levels"), at: tokens[position].span)
  }

  /// Skips an operand that is too deep: its prefix operators, and a bracket with all that is in it.
  mutating func skipOperand() -> Operand {
    let start = tokens[position].span.start
    while tokens[position].kind == .not || tokens[position].kind == .minus || isWordNot(position) { position += 1 }
    if tokens[position].kind.isOpener {
      skipBracket()
    } else if tokens[position].kind.startsOperand {
      position += 1
      if tokens[position].kind == .leftParenthesis { skipBracket() }
    }
    return errorOperand(start, max(start, previousEnd))
  }

  /// Goes behind the bracket that closes the current one; to the end when none does.
  mutating func skipBracket() {
    matchBrackets()
    let closer = Int(matching[position])
    position = closer >= 0 ? closer + 1 : tokens.count - 1
  }

  /// Skips the two branches of a conditional whose `?` is too deep.
  mutating func skipConditional() {
    var missingColons = 0
    while true {
      switch tokens[position].kind {
      case .question:
        if position == 0 || tokens[position - 1].kind != .dot { missingColons += 1 }
      case .colon:
        if missingColons == 0 { return }
        missingColons -= 1
      case .leftParenthesis, .leftBracket, .leftBrace:
        skipBracket()
        continue
      case .rightParenthesis, .rightBracket, .rightBrace, .comma, .semicolon, .endOfText: return
      default: break
      }
      position += 1
    }
  }
}

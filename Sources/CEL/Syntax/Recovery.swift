internal import Diagnostics
internal import Source

// What is done about a token that does not fit. Each fault is reported once, where it is; then reading goes on as if it
// had been mended, so that nothing else is reported because of it.
extension Parser {
  /// A node for what could not be read, and the parts of it that could.
  mutating func errorOperand(_ start: Int, _ end: Int, parts: [ExpressionID] = []) -> Operand {
    makeNode(.error, start, end, second: parts.isEmpty ? 0 : makeList(parts))
  }

  /// The current token starts no operand, but one must be here.
  mutating func recoverOperand() -> Operand {
    while true {
      let token = tokens[position]
      switch token.kind {
      case .malformedLiteral, .malformedName:
        position += 1
        return finishUnreadableOperand(token)
      case .reservedWord: return recoverReservedWord(token)
      case .quotedIdentifier:
        position += 1
        let written = text(token.span)
        report(
          InvalidConditionSyntax("a name in backquotes can only be selected", help: "write `resource.\(written)`"),
          at: token.span)
        return finishUnreadableOperand(token)
      case .unknown:
        position += 1
        guard tokens[position].kind.startsOperand || tokens[position].kind == .minus else {
          return errorOperand(token.span.start, token.span.end)
        }
        if tokens[position].kind == .not || tokens[position].kind == .minus { return parseUnary() }
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard token.kind != context.closing, isStrayCloser() || context == .condition else { return missingOperand() }
        skipStrayCloser()
        if tokens[position].kind == .not || tokens[position].kind == .minus { return parseUnary() }
      case .plus where tokens[position + 1].kind.startsOperand && !isDoubled():
        report(
          InvalidConditionSyntax(
            "CEL has no unary `+`", fixIt: FixIt("remove the `+`", replacement: "", applicability: .safe)),
          at: token.span)
        position += 1
        return parseUnary()
      case .foreignOperator where mendSplitOperator(): return parseUnary()
      case .foreignOperator
      where ["++", "~", "^"].contains(text(token.span)) && tokens[position + 1].kind.startsOperand:
        report(InvalidConditionSyntax("CEL has no operator `\(text(token.span))`"), at: token.span)
        position += 1
        return parseUnary()
      case .identifier, .int, .uint, .double, .string, .bytes, .true, .false, .null, .leftParenthesis, .leftBracket,
        .leftBrace:
        return parsePrimary()
      default:
        if isDoubled() {
          report(
            InvalidConditionSyntax(
              "expected an operand, found `\(text(token.span))`",
              fixIt: FixIt("remove the second `\(text(token.span))`", replacement: "", applicability: .unsafe)),
            at: token.span)
          position += 1
          return parseUnary()
        }
        return missingOperand()
      }
    }
  }

  /// `a && && b`: the same operator twice, and an operand behind it.
  private func isDoubled() -> Bool {
    guard position > 0, tokens[position].kind.precedence != 0, tokens[position].kind == tokens[position - 1].kind else {
      return false
    }
    return tokens[position + 1].kind.startsOperand || tokens[position + 1].kind == .minus
  }

  /// Reports that there is no operand.
  ///
  /// Nothing is read.
  mutating func missingOperand() -> Operand {
    let token = tokens[position]
    let place = token.span.start
    let previous = position > 0 ? tokens[position - 1] : nil
    let found = token.kind == .endOfText ? nil : text(token.span)
    if token.kind == .dot {
      report(InvalidConditionSyntax("expected a name after `.`"), at: SourceSpan(at: tokens[position + 1].span.start))
      position += 1
      return finishUnreadableOperand(token)
    }
    var expected = "an operand"
    if let previous,
      previous.kind.precedence != 0 || previous.kind == .foreignOperator || previous.kind == .not
        || previous.kind == .question || previous.kind == .colon
        || operators.last.map({ $0.form != .gap && Int($0.token) == position - 1 }) == true
    {
      if token.kind.precedence == 0 { expected = "an operand after `\(text(previous.span))`" }
    } else if token.kind.precedence == 0, token.kind != .question {
      expected = "an expression"
    }
    if isLimitReached, token.kind == .endOfText { return errorOperand(place, place) }
    report(InvalidConditionSyntax(found: found, expected: expected), at: SourceSpan(at: place))
    return errorOperand(place, place)
  }

  /// An operand that was reported already.
  ///
  /// What stands beside it is not reported for that.
  private mutating func finishUnreadableOperand(_ token: Token) -> Operand {
    let operand = errorOperand(token.span.start, token.span.end)
    if tokens[position].kind == .leftParenthesis, tokens[position].span.start == token.span.end {
      return parseUnreadableCall(operand)
    }
    silentGap = position
    return operand
  }

  private mutating func recoverReservedWord(_ token: Token) -> Operand {
    let word = text(token.span)
    let next = tokens[position + 1].kind
    if word == "if" { return parseIf() }
    position += 1
    if word == "return", next.startsOperand || next == .minus {
      report(
        InvalidConditionSyntax(
          "a condition is an expression and has no `return`",
          fixIt: FixIt(
            "remove `return`",
            edits: [SourceEdit(span: SourceSpan(token.span.start, tokens[position].span.start), text: "")],
            applicability: .safe)), at: token.span)
      return parseUnary()
    }
    let isDeclaration =
      ["let", "var", "const"].contains(word) && next == .identifier && tokens[position + 1].kind == .foreignOperator
    guard isDeclaration else {
      report(InvalidConditionSyntax("`\(word)` is a reserved word, which names nothing in CEL"), at: token.span)
      return finishUnreadableOperand(token)
    }
    report(
      InvalidConditionSyntax(
        "a condition is an expression and declares nothing", help: "declare it among the policy's `variables`"),
      at: token.span.union(tokens[position + 1].span))
    position += 2
    return parseUnary()
  }

  /// `if a then b else c`: other languages' `a ? b : c`.
  private mutating func parseIf() -> Operand {
    let start = position
    guard enterNesting() else { return skipOperand() }
    let isWhole = start == 0
    position += 1
    pendingIfs += 1
    let diagnostic = diagnostics.count
    report(InvalidConditionSyntax("CEL has no `if`", help: "write `a ? b : c`"), at: tokens[start].span)
    let condition = parseExpr(in: context)
    var edits = [SourceEdit(span: SourceSpan(tokens[start].span.start, tokens[start + 1].span.start), text: "")]
    var branches: [Operand] = []
    for (word, mark) in [("then", "?"), ("else", ":")] {
      guard text(tokens[position].span).lowercased() == word else { break }
      edits.append(SourceEdit(span: tokens[position].span, text: mark))
      position += 1
      branches.append(parseExpr(in: context))
    }
    pendingIfs -= 1
    depth -= 1
    let from = tokens[start].span.start
    guard branches.count == 2 else {
      silentGap = position
      return errorOperand(
        from, max(previousEnd, tokens[start].span.end), parts: [condition.id] + branches.map { $0.id })
    }
    if isWhole {
      diagnostics[diagnostic].fixIts = [FixIt("write `? :`", edits: edits, applicability: .unsafe)]
    }
    let list = makeList([condition.id, branches[0].id, branches[1].id])
    return makeNode(.conditional, Int(condition.start), Int(branches[1].end), second: list)
  }

  /// The token behind an operand is no operator of CEL.
  ///
  /// - Returns: Whether the expression goes on; `operand` is then its next one.
  mutating func recoverOperator(_ operand: inout Operand, _ base: Int) -> Bool {
    let token = tokens[position]
    switch token.kind {
    case .endOfText, .comma, .colon, .semicolon: return false
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard token.kind != context.closing, isStrayCloser() || context == .condition else { return false }
      skipStrayCloser()
      return true
    case .unknown:
      position += 1
      silentGap = position
      return true
    case .foreignOperator:
      if context == .key, ["=", "=>", ":="].contains(text(token.span)) { return false }
      return readForeignOperator(&operand, base)
    case .identifier:
      if let goesOn = readWord(&operand, base) { return goesOn }
    case .reservedWord:
      if let goesOn = readReservedOperator(&operand, base) { return goesOn }
    case .not:
      if readNegatedOperator(&operand, base) { return true }
    case .double:
      if mendNumericField(&operand) { return true }
    default: break
    }
    return joinNeighbours(&operand, base)
  }

  /// Two operands side by side.
  ///
  /// In a list they lack a comma, elsewhere an operator.
  private mutating func joinNeighbours(_ left: inout Operand, _ base: Int) -> Bool {
    if context.isList {
      // The first of several words in a row is reported; in prose the rest is no further fault.
      return false
    }
    let token = tokens[position]
    let previous = tokens[position - 1]
    // What is reported itself needs no operator before it; nor does a quote right behind the word that it ends.
    let isUnreadable = token.kind == .malformedLiteral || token.kind == .malformedName
    let isReported =
      token.kind == .quotedIdentifier || token.kind == .reservedWord
      || (isUnreadable && token.span.start == previous.span.end)
    if silentGap != position, !isReported {
      let written = text(previous.span)
      if written == "and" || written == "or", tree[left.id].kind == .identifier {
        report(InvalidConditionSyntax(found: written, expected: "an operand"), at: SourceSpan(at: previous.span.start))
      } else {
        report(
          InvalidConditionSyntax("expected an operator between `\(written)` and `\(text(token.span))`"), at: token.span)
      }
    }
    pushGap(&left, base, Precedence.or, skipsToken: false)
    return true
  }

  /// Reports `a if b else c` at the `if`.
  ///
  /// - Returns: `nil` for any other reserved word; else as `recoverOperator`.
  private mutating func readReservedOperator(_ operand: inout Operand, _ base: Int) -> Bool? {
    let token = tokens[position]
    switch text(token.span) {
    case "if":
      if silentGap != position {
        report(InvalidConditionSyntax("CEL has no `if`", help: "write `a ? b : c`"), at: token.span)
      }
      trailingIfs += 1
    case "else":
      if pendingIfs > 0 { return false }
      guard trailingIfs > 0 else { return nil }
      trailingIfs -= 1
    default: return nil
    }
    pushGap(&operand, base, Precedence.or, skipsToken: true)
    return true
  }

  /// Reads the operand behind an unreadable operator.
  ///
  /// A bare name beside it is silenced: in `deny if open` the words are no references.
  ///
  /// `left` is the operand before it, and then the one behind it. `skipsToken` says that the current token is the operator
  /// rather than the operand.
  mutating func pushGap(_ left: inout Operand, _ base: Int, _ precedence: UInt8, skipsToken: Bool) {
    let isCompared = operators.count > base && operators[operators.count - 1].precedence >= Precedence.relation
    if !isCompared { silenceName(&left) }
    left = reduce(left, downTo: precedence, base)
    operands.append(left)
    operators.append(PendingOperator(.gap, .none, precedence, token: position))
    if skipsToken { position += 1 }
    let gap = position
    let before = operators.count
    left = parseUnary()
    if position == gap + 1, operators.count == before { silentGap = position }
    if tokens[position].kind.precedence < Precedence.relation { silenceName(&left) }
    // INVARIANT: recovery always gets on.
    if position == gap, !skipsToken, tokens[position].kind != .endOfText { position += 1 }
  }

  private mutating func silenceName(_ operand: inout Operand) {
    if tree[operand.id].kind == .identifier { operand = errorOperand(Int(operand.start), Int(operand.end)) }
  }

  mutating func reportMissingColon(_ question: PendingOperator) {
    let token = tokens[position]
    if isLimitReached, token.kind == .endOfText { return }
    let found = token.kind == .endOfText ? nil : text(token.span)
    report(
      InvalidConditionSyntax(found: found, expected: "`:` and another value"), at: SourceSpan(at: token.span.start),
      related: [RelatedPlace("to go with this `?`", at: tokens[Int(question.token)].span)])
  }

  /// `a ? b ? c : d : e`: cel-spec wants parentheses around a conditional between `?` and `:`.
  ///
  /// - Returns: The index of the diagnostic, which gets its fix-it when the extent is known.
  mutating func reportBareConditional() -> Int32 {
    report(
      InvalidConditionSyntax("a conditional between `?` and `:` stands in parentheses"), at: tokens[position].span)
    return Int32(truncatingIfNeeded: diagnostics.count - 1)
  }

  mutating func attachConditionalFixIt(_ top: PendingOperator, _ condition: Operand, _ last: Operand) {
    guard top.diagnostic >= 0 else { return }
    diagnostics[Int(top.diagnostic)].fixIts = [
      FixIt(
        "add parentheses",
        edits: [
          SourceEdit(span: SourceSpan(at: Int(condition.start)), text: "("),
          SourceEdit(span: SourceSpan(at: Int(last.end)), text: ")"),
        ], applicability: .safe)
    ]
  }
}

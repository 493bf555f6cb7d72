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
  ///
  /// - Returns: `nil` when an operand may follow now.
  mutating func recoverOperand() -> Operand? {
    let token = tokens[position]
    let next = tokens[position + (token.kind == .endOfText ? 0 : 1)].kind
    let hasOperand = next.startsOperand || next == .minus
    switch token.kind {
    case .malformedLiteral, .malformedName:
      position += 1
      return finishUnreadableOperand(token)
    case .reservedWord: return recoverReservedWord(token)
    case .quotedIdentifier:
      position += 1
      report(
        InvalidConditionSyntax(
          "a name in backquotes can only be selected", help: "write `resource.\(text(token.span))`"), at: token.span)
      return finishUnreadableOperand(token)
    case .unknown:
      position += 1
      return hasOperand ? nil : errorOperand(token.span.start, token.span.end)
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard token.kind != context.closing, isStrayCloser() || context == .condition else { return missingOperand() }
      skipStrayCloser()
      return nil
    case .plus where hasOperand && !isDoubled():
      report(
        InvalidConditionSyntax(
          "CEL has no unary `+`", fixIt: FixIt("remove the `+`", replacement: "", applicability: .safe)), at: token.span
      )
      position += 1
      return nil
    case .foreignOperator:
      if mendSplitOperator() { return nil }
      let written = text(token.span)
      guard hasOperand, written == "++" || written == "~" || written == "^" else { return missingOperand() }
      report(InvalidConditionSyntax("CEL has no operator `\(written)`"), at: token.span)
      position += 1
      return nil
    default:
      guard isDoubled() else { return missingOperand() }
      let written = text(token.span)
      report(
        InvalidConditionSyntax(
          "expected an operand, found `\(written)`",
          fixIt: FixIt("remove the second `\(written)`", replacement: "", applicability: .unsafe)), at: token.span)
      position += 1
      return nil
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
    let found = token.kind == .endOfText ? nil : excerpt(token.span)
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
      if token.kind.precedence == 0 { expected = "an operand after `\(excerpt(previous.span))`" }
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
    silentGap = position
    return errorOperand(token.span.start, token.span.end)
  }

  private mutating func recoverReservedWord(_ token: Token) -> Operand? {
    let word = text(token.span)
    let next = tokens[position + 1].kind
    if word == "if" { return readIf() }
    position += 1
    if word == "return", next.startsOperand || next == .minus {
      report(
        InvalidConditionSyntax(
          "a condition is an expression and has no `return`",
          fixIt: FixIt(
            "remove `return`",
            edits: [SourceEdit(span: SourceSpan(token.span.start, tokens[position].span.start), text: "")],
            applicability: .safe)), at: token.span)
      return nil
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
    return nil
  }

  /// Reads the `if` of `if a then b else c`, other languages' `a ? b : c`.
  ///
  /// - Returns: What takes its place when it is too deep.
  private mutating func readIf() -> Operand? {
    guard enterNesting() else {
      position += 1
      return skipOperand()
    }
    let start = tokens[position].span.start
    var pending = PendingOperator(.ifWord, .none, Precedence.conditional, token: position)
    // Elsewhere the conditional needs parentheses, and where they end is not plain.
    let edits = [SourceEdit(span: SourceSpan(start, tokens[position + 1].span.start), text: "")]
    let fixIt = position == 0 ? FixIt("write `? :`", edits: edits, applicability: .unsafe) : nil
    pending.diagnostic = report(
      InvalidConditionSyntax("CEL has no `if`", help: "write `a ? b : c`", fixIt: fixIt), at: tokens[position].span)
    operators.append(pending)
    pendingIfs += 1
    position += 1
    return nil
  }

  /// Reads the `then` of an `if`, if there is one in this expression.
  mutating func readThen(_ operand: inout Operand, _ base: Int) -> Bool {
    operand = reduce(operand, downTo: Precedence.or, base)
    guard operators.count > base, operators[operators.count - 1].form == .ifWord else { return false }
    operands.append(operand)
    operators[operators.count - 1].form = .question
    addEdit(SourceEdit(span: tokens[position].span, text: "?"), to: operators[operators.count - 1])
    position += 1
    return true
  }

  private mutating func readElse(_ operand: inout Operand, _ base: Int) -> Bool {
    let word = tokens[position].span
    guard startAlternative(&operand, base) == .operand else { return false }
    pendingIfs -= 1
    addEdit(SourceEdit(span: word, text: ":"), to: operators[operators.count - 1])
    return true
  }

  private mutating func addEdit(_ edit: SourceEdit, to pending: PendingOperator) {
    let index = Int(pending.diagnostic)
    guard index >= 0, !diagnostics[index].fixIts.isEmpty else { return }
    diagnostics[index].fixIts[0].edits.append(edit)
  }

  /// The token behind an operand is no operator of CEL.
  ///
  /// - Returns: What the expression goes on with.
  mutating func recoverOperator(_ operand: inout Operand, _ base: Int) -> Continuation {
    let token = tokens[position]
    switch token.kind {
    case .endOfText, .comma, .colon, .semicolon: return .end
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard token.kind != context.closing, isStrayCloser() || context == .condition else { return .end }
      skipStrayCloser()
      return .operator
    case .unknown:
      position += 1
      silentGap = position
      return .operator
    case .foreignOperator:
      if context == .key, ["=", "=>", ":="].contains(text(token.span)) { return .end }
      return readForeignOperator(&operand, base)
    case .identifier:
      if let continuation = readWord(&operand, base) { return continuation }
    case .reservedWord:
      if let continuation = readReservedOperator(&operand, base) { return continuation }
    case .not:
      if readNegatedOperator(&operand, base) { return .operand }
    case .double:
      if mendNumericField(&operand) { return .member }
    default: break
    }
    return joinNeighbours(&operand, base)
  }

  /// Two operands side by side.
  ///
  /// In a list they lack a comma, elsewhere an operator.
  private mutating func joinNeighbours(_ left: inout Operand, _ base: Int) -> Continuation {
    if context.isList {
      return .end
    }
    let token = tokens[position]
    let previous = tokens[position - 1]
    // What is reported itself needs no operator before it; nor does a quote right behind the word that it ends.
    let isUnreadable = token.kind == .malformedLiteral || token.kind == .malformedName
    let isReported =
      token.kind == .quotedIdentifier || token.kind == .reservedWord
      || (isUnreadable && token.span.start == previous.span.end)
    // In prose the first gap is reported, and the rest is no further fault.
    let followsGap = operators.count > base && operators[operators.count - 1].isGap(before: position - 1)
    if silentGap != position, !isReported, !followsGap {
      let written = text(previous.span)
      if written == "and" || written == "or", draft[left.id].kind == .identifier {
        report(InvalidConditionSyntax(found: written, expected: "an operand"), at: SourceSpan(at: previous.span.start))
      } else {
        report(
          InvalidConditionSyntax(
            "expected an operator between `\(excerpt(previous.span))` and `\(excerpt(token.span))`"), at: token.span)
      }
    }
    pushGap(&left, base, Precedence.or, skipsToken: false)
    return .operand
  }

  /// Reports `a if b else c` at the `if`.
  ///
  /// - Returns: `nil` for any other reserved word; else as `recoverOperator`.
  private mutating func readReservedOperator(_ operand: inout Operand, _ base: Int) -> Continuation? {
    let token = tokens[position]
    switch text(token.span) {
    case "if":
      report(InvalidConditionSyntax("CEL has no `if`", help: "write `a ? b : c`"), at: token.span)
      trailingIfs += 1
    case "else":
      if pendingIfs > 0, readElse(&operand, base) { return .operand }
      guard trailingIfs > 0 else { return nil }
      trailingIfs -= 1
    default: return nil
    }
    pushGap(&operand, base, Precedence.or, skipsToken: true)
    return .operand
  }

  /// Pushes what stands between two operands and is no operator.
  ///
  /// A bare name beside it is silenced: in `deny if open` the words are no references.
  ///
  /// `skipsToken` says that the current token is the operator rather than the operand.
  mutating func pushGap(_ left: inout Operand, _ base: Int, _ precedence: UInt8, skipsToken: Bool) {
    let isCompared = operators.count > base && operators[operators.count - 1].precedence >= Precedence.relation
    if !isCompared { left = silencingName(left) }
    left = reduce(left, downTo: precedence, base)
    operands.append(left)
    var pending = PendingOperator(.gap, .none, precedence, token: position)
    if skipsToken { position += 1 }
    pending.count = Int32(truncatingIfNeeded: position)
    operators.append(pending)
  }

  /// A bare name that no reference is looked for in, or any other operand as it is.
  mutating func silencingName(_ operand: Operand) -> Operand {
    draft[operand.id].kind == .identifier ? errorOperand(Int(operand.start), Int(operand.end)) : operand
  }

  mutating func reportMissingColon(_ question: PendingOperator) {
    let token = tokens[position]
    if isLimitReached, token.kind == .endOfText { return }
    let found = token.kind == .endOfText ? nil : excerpt(token.span)
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
  }

  mutating func attachConditionalFixIt(_ top: PendingOperator, _ condition: Operand, _ last: Operand) {
    guard top.diagnostic >= 0, tokens[Int(top.token)].kind == .question else { return }
    attach(
      FixIt(
        "add parentheses",
        edits: [
          SourceEdit(span: SourceSpan(at: Int(condition.start)), text: "("),
          SourceEdit(span: SourceSpan(at: Int(last.end)), text: ")"),
        ], applicability: .safe), to: top.diagnostic)
  }
}

internal import Diagnostics
internal import Source

// Brackets that are missing, too many, or of the wrong kind.
extension Parser {
  /// Pairs all brackets of the text, once a text, when the first of them is found wrong.
  ///
  /// `matching` holds for each bracket's token its partner, or -1. A closing bracket that an outer opening one fits leaves
  /// those in between unclosed; one that none fits stands for the innermost's own, unless that follows at once.
  mutating func matchBrackets() {
    guard matching.isEmpty else { return }
    matching = [Int32](repeating: -1, count: tokens.count)
    var open: [Int] = []
    var openCount = [0, 0, 0]
    for index in tokens.indices {
      let kind = tokens[index].kind
      if kind.isOpener {
        open.append(index)
        openCount[bracketIndex(kind)] += 1
      } else if kind.isCloser, let counterpart = kind.counterpart, let innermost = open.last {
        if tokens[innermost].kind != counterpart, openCount[bracketIndex(counterpart)] == 0 {
          if nextBracketCloses(index, innermost) { continue }  // too many
        } else {
          while let top = open.last, tokens[top].kind != counterpart {
            open.removeLast()
            openCount[bracketIndex(tokens[top].kind)] -= 1
          }
        }
        guard let top = open.popLast() else { continue }
        openCount[bracketIndex(tokens[top].kind)] -= 1
        matching[top] = Int32(truncatingIfNeeded: index)
        matching[index] = Int32(truncatingIfNeeded: top)
      }
    }
  }

  private func bracketIndex(_ kind: TokenKind) -> Int {
    switch kind {
    case .leftParenthesis: 0
    case .leftBracket: 1
    default: 2
    }
  }

  /// Whether the next bracket behind a closing one closes what is open.
  ///
  /// The search is short: the brackets that follow one another are looked at once each.
  private func nextBracketCloses(_ closer: Int, _ opener: Int) -> Bool {
    var index = closer + 1
    while index < min(tokens.count, closer + 64) {
      let kind = tokens[index].kind
      if kind.isOpener { return false }
      if kind.isCloser { return kind.counterpart == tokens[opener].kind }
      index += 1
    }
    return false
  }

  /// Whether the current closing bracket closes nothing.
  mutating func isStrayCloser() -> Bool {
    matchBrackets()
    return matching[position] < 0
  }

  /// Reports and skips a closing bracket that closes nothing.
  mutating func skipStrayCloser() {
    let token = tokens[position]
    if !isLimitReached || context != .condition {
      report(
        InvalidConditionSyntax(
          "unmatched `\(token.kind.spelling)`",
          fixIt: FixIt("remove the `\(token.kind.spelling)`", replacement: "", applicability: .unsafe)),
        at: token.span)
    }
    position += 1
  }

  /// Reads the bracket that closes another; a missing one is reported where it should be.
  ///
  /// - Returns: The offset behind the bracket, or behind what stands before it.
  mutating func expectClosing(_ opener: Int, _ closing: TokenKind) -> Int {
    guard tokens[position].kind == closing else { return recoverClosing(opener, closing) }
    position += 1
    return tokens[position - 1].span.end
  }

  private mutating func recoverClosing(_ opener: Int, _ closing: TokenKind) -> Int {
    matchBrackets()
    let token = tokens[position]
    let related = [RelatedPlace("to match this `\(tokens[opener].kind.spelling)`", at: tokens[opener].span)]
    if token.kind.isCloser, Int(matching[opener]) == position {
      report(
        InvalidConditionSyntax(
          "expected `\(closing.spelling)`, found `\(token.kind.spelling)`",
          fixIt: FixIt("write `\(closing.spelling)`", replacement: closing.spelling, applicability: .unsafe)),
        at: token.span, related: related)
      position += 1
      return token.span.end
    }
    let end = max(previousEnd, tokens[opener].span.end)
    if lexer.swallowedClosers.contains(closing) { return end }
    if isLimitReached, token.kind == .endOfText { return end }
    let place = token.span.start
    if lastMissingCloser.offset == place {
      addMissingCloser(closing, related)
      return end
    }
    let found = token.kind == .endOfText ? nil : excerpt(token.span)
    let fixIt = FixIt(
      "insert `\(closing.spelling)`",
      edits: [SourceEdit(span: SourceSpan(at: end), text: closing.spelling)], applicability: .unsafe)
    let diagnostic = report(
      InvalidConditionSyntax(
        "expected `\(closing.spelling)`, found \(found.map { "`\($0)`" } ?? "the end of the condition")", fixIt: fixIt),
      at: SourceSpan(at: place), related: related)
    lastMissingCloser = (place, diagnostic)
    return end
  }

  /// One more at the same place: one fault, several brackets.
  private mutating func addMissingCloser(_ closing: TokenKind, _ related: [RelatedPlace]) {
    guard lastMissingCloser.diagnostic >= 0 else { return }
    let index = Int(lastMissingCloser.diagnostic)
    diagnostics[index].related += related
    guard let edit = diagnostics[index].fixIts.first?.edits.first else { return }
    let text = edit.text + closing.spelling
    let fixIt = FixIt("insert `\(text)`", edits: [SourceEdit(span: edit.span, text: text)], applicability: .unsafe)
    attach(fixIt, to: lastMissingCloser.diagnostic)
  }

  /// Reads on in a bracket that holds one expression, when a token follows that cannot: `,`, `:` or `;`.
  ///
  /// - Returns: What takes the expression's place.
  mutating func recoverGroup(_ first: Operand, in context: ExpressionContext, _ opener: Int) -> Operand {
    guard tokens[position].kind != context.closing else { return first }
    let mark = items.count
    items.append(first.id)
    var isReported = false
    while skipSeparators(context, opener, &isReported) { items.append(parseExpr(in: context).id) }
    return finishGroup(first, mark)
  }

  /// Goes behind what separates the parts of a group.
  ///
  /// - Returns: Whether a further part is there.
  private mutating func skipSeparators(
    _ context: ExpressionContext, _ opener: Int, _ isReported: inout Bool
  ) -> Bool {
    while true {
      let token = tokens[position]
      switch token.kind {
      case .endOfText, context.closing: return false
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard isStrayCloser() || context == .condition else { return false }
        skipStrayCloser()
      case .comma, .colon, .semicolon:
        if isUnclosed(opener, before: token.kind, outer: self.context) { return false }
        position += 1
        let next = tokens[position].kind
        let isLast = next == .endOfText || next == context.closing
        if !isReported, diagnostics.last?.span.start != token.span.start { reportSeparator(token, isLast: isLast) }
        isReported = true
        silentGap = position
        if next.startsOperand || next == .minus { return true }
      default:
        // INVARIANT: recovery always gets on.
        position += 1
      }
    }
  }

  private mutating func finishGroup(_ first: Operand, _ mark: Int) -> Operand {
    guard items.count > mark + 1 else {
      items.removeLast()
      return first
    }
    let list = makeList(from: mark)
    return makeNode(.error, Int(first.start), max(previousEnd, Int(first.end)), second: list)
  }

  /// Whether a separator belongs to what stands around a bracket, which then ends here without being closed:
  /// `[(a, b]`, `a ? (b : c`.
  mutating func isUnclosed(_ opener: Int, before separator: TokenKind, outer: ExpressionContext) -> Bool {
    guard separator == .comma || separator == .colon, opener >= 0 else { return false }
    matchBrackets()
    guard matching[opener] < 0 else { return false }
    if separator == .comma { return outer.isList }
    return outer == .key || operators.contains { $0.form == .question }
  }

  private mutating func reportSeparator(_ token: Token, isLast: Bool) {
    let written = text(token.span)
    let message = token.kind == .semicolon ? "a condition is one expression and has no `;`" : "unexpected `\(written)`"
    let fixIt = FixIt("remove the `\(written)`", replacement: "", applicability: .safe)
    report(InvalidConditionSyntax(message, fixIt: isLast ? fixIt : nil), at: token.span)
  }

  /// Reads on in parentheses that hold more than one expression; `x in (1, 2)` is SQL's list.
  mutating func recoverParenthesized(_ first: Operand, _ opener: Int) -> Operand {
    guard isForeignList(opener) else { return recoverGroup(first, in: .parentheses, opener) }
    let mark = items.count
    items.append(first.id)
    while skipComma() { items.append(parseExpr(in: .argument).id) }
    return finishForeignList(opener, mark)
  }

  @inline(__always)
  private func isForeignList(_ opener: Int) -> Bool {
    tokens[position].kind == .comma && opener > 0 && tokens[opener - 1].kind == .in
  }

  private mutating func skipComma() -> Bool {
    guard tokens[position].kind == .comma else { return false }
    position += 1
    return tokens[position].kind != .rightParenthesis
  }

  private mutating func finishForeignList(_ opener: Int, _ mark: Int) -> Operand {
    let list = makeList(from: mark)
    var fixIt: FixIt?
    if tokens[position].kind == .rightParenthesis {
      let edits = [
        SourceEdit(span: tokens[opener].span, text: "["), SourceEdit(span: tokens[position].span, text: "]"),
      ]
      fixIt = FixIt("write `[…]`", edits: edits, applicability: .safe)
    }
    report(InvalidConditionSyntax("a list stands in `[…]`, not in parentheses", fixIt: fixIt), at: tokens[opener].span)
    return makeNode(.list, tokens[opener].span.start, tokens[position].span.end, second: list)
  }
}

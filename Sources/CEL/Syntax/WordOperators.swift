internal import Diagnostics
internal import Source

// `and`, `or`, `not`, and the words that SQL, Python and others have for operators.
extension Parser {
  /// Whether the word at a token is `not`, in any letter case, as an operator: an operand follows it, and no token that
  /// could go on with an expression named `not`.
  ///
  /// Where both are possible, as in `not [1]`, a blank decides.
  @inline(__always)
  func isWordNot(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.span.count == 3, token.kind == .identifier, isWord(token.span, 0x6E, 0x6F, 0x74) else { return false }
    let next = tokens[index + 1]
    switch next.kind {
    case .identifier:
      let word = text(next.span).lowercased()
      return word != "and" && word != "or" && word != "in"
    case .int, .uint, .double, .string, .bytes, .true, .false, .null, .not, .malformedLiteral, .malformedName,
      .quotedIdentifier:
      return next.span.start > token.span.end || next.kind == .not
    case .reservedWord: return text(next.span) == "if"
    case .leftParenthesis: return options.wordOperators
    case .leftBracket, .leftBrace, .dot: return options.wordOperators && next.span.start > token.span.end
    case .minus:
      return options.wordOperators && next.span.start > token.span.end && tokens[index + 2].span.start == next.span.end
    case .endOfText, .rightParenthesis, .rightBracket, .rightBrace, .comma, .colon, .question, .semicolon, .or, .and,
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .plus, .star, .slash, .percent,
      .foreignOperator, .unknown, .comment:
      return false
    }
  }

  private func isWord(_ span: SourceSpan, _ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    let start = span.start
    return lexer.bytes[start] | 0x20 == first && lexer.bytes[start + 1] | 0x20 == second
      && lexer.bytes[start + 2] | 0x20 == third
  }

  /// Pushes the `not` at the current token.
  mutating func pushWordNot() {
    let token = tokens[position]
    let word = text(token.span)
    var pending = PendingOperator(.wordNot, .not, Precedence.wordNot, token: position)
    let fixIt = FixIt("write `!`", replacement: "!", applicability: .safe)
    if options.wordOperators, word == "not" {
      pending.diagnostic = report(WordOperator(word: word, fixIt: fixIt), at: token.span)
    } else {
      pending.diagnostic = report(
        InvalidConditionSyntax("`\(word)` is not an operator of CEL: write `!`"), at: token.span)
    }
    operators.append(pending)
    position += 1
  }

  mutating func attachNegationFixIt(_ top: PendingOperator, _ operand: Operand) {
    guard top.diagnostic >= 0 else { return }
    let word = tokens[Int(top.token)].span
    guard !operand.span.isEmpty else {
      attach(nil, to: top.diagnostic)
      return
    }
    let between = SourceSpan(word.end, Int(operand.start))
    let isBlank = lexer.bytes[between.range].allSatisfy(isSpace)
    let replaced = isBlank ? word.union(between) : word
    var edits = [SourceEdit(span: replaced, text: "!")]
    if !isTight(operand), !isPrefixed(operand) {
      edits = [
        SourceEdit(span: replaced, text: "!("), SourceEdit(span: SourceSpan(at: Int(operand.end)), text: ")"),
      ]
    }
    attach(
      FixIt(edits.count == 1 ? "write `!`" : "write `!(…)`", edits: edits, applicability: .safe), to: top.diagnostic)
  }

  /// Whether an operand is `!x` or `-x` as it is written; what `a not in b` is read as is not.
  private func isPrefixed(_ operand: Operand) -> Bool {
    let node = draft[operand.id]
    return node.kind == .unary && draft.nodes[Int(node.first)].span.start > node.span.start
  }

  /// A name behind an operand: perhaps an operator of another language.
  ///
  /// - Returns: `nil` when it is none; else as `recoverOperator`.
  mutating func readWord(_ operand: inout Operand, _ base: Int) -> Continuation? {
    let token = tokens[position]
    guard token.span.count <= 10 else { return nil }
    let word = text(token.span)
    let lower = word.lowercased()
    let next = tokens[position + 1]
    switch lower {
    case "and", "or":
      let kind: TokenKind = lower == "and" ? .and : .or
      let meant = lower == "and" ? "&&" : "||"
      if options.wordOperators, word == lower {
        report(
          WordOperator(word: word, fixIt: FixIt("write `\(meant)`", replacement: meant, applicability: .safe)),
          at: token.span)
        pushBinary(operand, kind.operation, kind.precedence, base)
        if isMisplacedWord() { return readMisplacedWord(&operand) }
      } else {
        mend(&operand, base, token.span, kind, meant, .safe)
      }
      return .operand
    case "then" where pendingIfs > 0: if readThen(&operand, base) { return .operand }
    default: break
    }
    // In a row of words only `and` and `or` are taken for operators.
    guard silentGap != position, operators.last?.isGap(before: position - 1) != true else { return nil }
    let hasOperand = next.kind.startsOperand || next.kind == .minus
    switch lower {
    case "not" where next.kind == .in || (next.kind == .identifier && text(next.span).lowercased() == "in"):
      pushNotIn(&operand, base)
    case "in" where hasOperand: mend(&operand, base, token.span, .in, "in", .safe)
    case "is": return readIs(&operand, base)
    case "eq" where hasOperand, "equals" where hasOperand: mend(&operand, base, token.span, .equal, "==", .unsafe)
    case "ne" where hasOperand, "neq" where hasOperand: mend(&operand, base, token.span, .notEqual, "!=", .unsafe)
    case "lt" where hasOperand: mend(&operand, base, token.span, .less, "<", .unsafe)
    case "le" where hasOperand, "lte" where hasOperand: mend(&operand, base, token.span, .lessOrEqual, "<=", .unsafe)
    case "gt" where hasOperand: mend(&operand, base, token.span, .greater, ">", .unsafe)
    case "ge" where hasOperand, "gte" where hasOperand:
      mend(&operand, base, token.span, .greaterOrEqual, ">=", .unsafe)
    case "mod" where hasOperand: mend(&operand, base, token.span, .percent, "%", .unsafe)
    case "like" where hasOperand, "ilike" where hasOperand:
      report(
        InvalidConditionSyntax(
          "`\(word)` is not an operator of CEL", help: "use `startsWith`, `endsWith`, `contains` or `matches`"),
        at: token.span)
      pushGap(&operand, base, Precedence.relation, skipsToken: true)
    default:
      guard hasOperand, let method = methodMeant(by: lower) else { return nil }
      pushMethod(&operand, base, method, isNegated: false)
    }
    return .operand
  }

  /// Whether the word behind `and` or `or` is another one that has an operand behind it, and lacks the one before.
  private func isMisplacedWord() -> Bool {
    let token = tokens[position]
    guard token.kind == .identifier, token.span.count <= 3, ["and", "or"].contains(text(token.span)) else {
      return false
    }
    let next = tokens[position + 1].kind
    return next.startsOperand && next != .leftParenthesis && next != .leftBracket && next != .dot && next != .leftBrace
  }

  private mutating func readMisplacedWord(_ operand: inout Operand) -> Continuation {
    let token = tokens[position]
    let place = token.span.start
    report(InvalidConditionSyntax(found: text(token.span), expected: "an operand"), at: SourceSpan(at: place))
    if text(token.span) == text(tokens[position - 1].span) {
      position += 1
      return .operand
    }
    operand = errorOperand(place, place)
    return .operator
  }

  /// `a is null`, `a IS NOT NULL`, `a is b`.
  private mutating func readIs(_ operand: inout Operand, _ base: Int) -> Continuation {
    let first = tokens[position].span
    var last = position
    var isNegated = false
    if tokens[last + 1].kind == .identifier, text(tokens[last + 1].span).lowercased() == "not" {
      last += 1
      isNegated = true
    }
    let kind: TokenKind = isNegated ? .notEqual : .equal
    let meant = isNegated ? "!=" : "=="
    let value = tokens[last + 1]
    let isNull =
      value.kind == .null
      || (value.kind == .identifier && ["null", "none", "nil"].contains(text(value.span).lowercased()))
    guard isNull else {
      position = last
      mend(&operand, base, first.union(tokens[last].span), kind, meant, .unsafe)
      return .operand
    }
    let span = first.union(value.span)
    report(
      InvalidConditionSyntax(
        "`\(text(span))` is not CEL: write `\(meant) null`",
        fixIt: FixIt("write `\(meant) null`", replacement: "\(meant) null", applicability: .safe)), at: span)
    position = last
    pushBinary(operand, kind.operation, kind.precedence, base)
    position += 1
    operand = makeNode(.null, value.span.start, value.span.end)
    return .member
  }
}

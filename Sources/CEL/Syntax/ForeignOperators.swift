internal import Diagnostics
internal import Source

// Operators of other languages, where CEL has another spelling or none. What has one is read as if it were spelt so.
extension Parser {
  /// The current token is a `foreignOperator` behind an operand.
  mutating func readForeignOperator(_ operand: inout Operand, _ base: Int) -> Continuation {
    let token = tokens[position]
    let written = text(token.span)
    switch written {
    case "=":
      let second = tokens[position + 1]
      if second.kind == .foreignOperator, text(second.span) == "=" {
        position += 1
        mend(&operand, base, token.span.union(second.span), .equal, "==", .safe)
      } else {
        mend(&operand, base, token.span, .equal, "==", .safe)
      }
    case "===": mend(&operand, base, token.span, .equal, "==", .safe)
    case ":=": mend(&operand, base, token.span, .equal, "==", .unsafe)
    case "!==", "<>": mend(&operand, base, token.span, .notEqual, "!=", .safe)
    case "=<": mend(&operand, base, token.span, .lessOrEqual, "<=", .safe)
    case "=>": mend(&operand, base, token.span, .greaterOrEqual, ">=", .unsafe)
    case "=~", "~", "!~": pushMethod(&operand, base, "matches", isNegated: written == "!~")
    case "++":
      report(InvalidConditionSyntax("CEL has no operator `++`", help: "a condition changes nothing"), at: token.span)
      guard tokens[position + 1].kind.startsOperand else {
        position += 1
        return .operator
      }
      pushBinary(operand, .add, Precedence.addition, base)
    case "??":
      report(
        InvalidConditionSyntax("CEL has no operator `??`", help: "write `has(a.b) ? a.b : c`, or `a.?b.orValue(c)`"),
        at: token.span)
      pushGap(&operand, base, Precedence.or, skipsToken: true)
    case "->":
      report(
        InvalidConditionSyntax("CEL has no `->`", help: "a macro names its variable first: `list.all(x, x > 0)`"),
        at: token.span)
      pushGap(&operand, base, Precedence.or, skipsToken: true)
    default:
      if written.utf8.first == 0x26 {
        mend(&operand, base, token.span, .and, "&&", .safe)
      } else if written.utf8.first == 0x7C {
        mend(&operand, base, token.span, .or, "||", .safe)
      } else {
        report(InvalidConditionSyntax("CEL has no operator `\(written)`"), at: token.span)
        pushGap(&operand, base, Precedence.addition, skipsToken: true)
      }
    }
    return .operand
  }

  /// Reports an operator in another spelling, and reads on as if it were spelt right.
  ///
  /// The current token is the last of the operator's.
  mutating func mend(
    _ operand: inout Operand, _ base: Int, _ span: SourceSpan, _ kind: TokenKind, _ meant: String,
    _ applicability: Applicability
  ) {
    report(
      InvalidConditionSyntax(
        "`\(text(span))` is not an operator of CEL: write `\(meant)`",
        fixIt: FixIt("write `\(meant)`", replacement: meant, applicability: applicability)), at: span)
    pushBinary(operand, kind.operation, kind.precedence, base)
  }

  /// `a =~ b`, `a contains b`: what CEL writes as `a.matches(b)`, `a.contains(b)`.
  mutating func pushMethod(_ operand: inout Operand, _ base: Int, _ method: String, isNegated: Bool) {
    let written = text(tokens[position].span)
    let diagnostic = report(
      InvalidConditionSyntax(
        "`\(written)` is not an operator of CEL: write `\(isNegated ? "!" : "")a.\(method)(b)`"),
      at: tokens[position].span)
    operand = reduce(operand, downTo: Precedence.relation, base)
    var pending = PendingOperator(
      isNegated ? .negatedMethod : .method, .none, Precedence.relation, token: position)
    pending.diagnostic = diagnostic
    operands.append(operand)
    operators.append(pending)
    position += 1
  }

  /// The method that is meant by an infix operator or word.
  func methodMeant(by written: String) -> String? {
    switch written.lowercased() {
    case "=~", "~", "!~", "matches": "matches"
    case "contains": "contains"
    case "startswith": "startsWith"
    case "endswith": "endsWith"
    default: nil
    }
  }

  mutating func makeMethodCall(_ top: PendingOperator, _ left: Operand, _ right: Operand) -> Operand {
    let method = methodMeant(by: text(tokens[Int(top.token)].span)) ?? "matches"
    let isNegated = top.form == .negatedMethod
    let between = SourceSpan(Int(left.end), Int(right.start))
    if top.diagnostic >= 0, !right.span.isEmpty, !text(between).contains("//") {
      let needsParentheses = !isTight(left)
      var edits: [SourceEdit] = []
      let head = (isNegated ? "!" : "") + (needsParentheses ? "(" : "")
      if !head.isEmpty { edits.append(SourceEdit(span: SourceSpan(at: Int(left.start)), text: head)) }
      edits.append(SourceEdit(span: between, text: (needsParentheses ? ")" : "") + ".\(method)("))
      edits.append(SourceEdit(span: SourceSpan(at: Int(right.end)), text: ")"))
      attach(FixIt("write `.\(method)(…)`", edits: edits, applicability: .unsafe), to: top.diagnostic)
    }
    let name = intern(Array(method.utf8))
    let list = makeList([left.id, right.id])
    let call = makeNode(.memberCall, Int(left.start), Int(right.end), first: name.rawValue, second: list)
    guard isNegated else { return call }
    return makeNode(.unary, Int(left.start), Int(right.end), first: call.id.rawValue, .not)
  }

  /// Whether an operand binds as tightly as a member, or stands in parentheses.
  func isTight(_ operand: Operand) -> Bool {
    let node = draft[operand.id]
    if Int(operand.start) < node.span.start { return true }
    switch node.kind {
    case .binary, .chain, .conditional, .error, .unary: return false
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .select, .index, .call, .memberCall, .list,
      .map, .message, .comprehension:
      return true
    }
  }

  /// `!` behind an operand: `a !in b`, `a ! = b`.
  mutating func readNegatedOperator(_ operand: inout Operand, _ base: Int) -> Bool {
    let next = tokens[position + 1]
    if next.kind == .in {
      pushNotIn(&operand, base)
      return true
    }
    guard next.kind == .foreignOperator, text(next.span) == "=" || text(next.span) == "=~" else { return false }
    let span = tokens[position].span.union(next.span)
    position += 1
    if text(next.span) == "=" {
      mend(&operand, base, span, .notEqual, "!=", .safe)
    } else {
      pushMethod(&operand, base, "matches", isNegated: true)
    }
    return true
  }

  /// `a not in b`, `a !in b`; the current token is the first of the two.
  mutating func pushNotIn(_ operand: inout Operand, _ base: Int) {
    let span = tokens[position].span.union(tokens[position + 1].span)
    let diagnostic = report(
      InvalidConditionSyntax("`\(text(span))` is not an operator of CEL: write `!(a in b)`"), at: span)
    operand = reduce(operand, downTo: Precedence.relation, base)
    var pending = PendingOperator(.notIn, .none, Precedence.relation, token: position)
    pending.diagnostic = diagnostic
    operands.append(operand)
    operators.append(pending)
    position += 2
  }

  mutating func attachNotInFixIt(_ top: PendingOperator, _ left: Operand, _ right: Operand) {
    guard top.diagnostic >= 0, !right.span.isEmpty else { return }
    let word = tokens[Int(top.token)].span
    let membership = tokens[Int(top.token) + 1].span
    attach(
      FixIt(
        "write `!(… in …)`",
        edits: [
          SourceEdit(span: SourceSpan(at: Int(left.start)), text: "!("),
          SourceEdit(span: SourceSpan(word.start, membership.end), text: "in"),
          SourceEdit(span: SourceSpan(at: Int(right.end)), text: ")"),
        ], applicability: .safe), to: top.diagnostic)
  }

  /// `a > = b`: one operator with a blank in it.
  ///
  /// The first half is pending already.
  mutating func mendSplitOperator() -> Bool {
    guard position > 0, text(tokens[position].span) == "=", let last = operators.last, Int(last.token) == position - 1
    else {
      return false
    }
    let first = tokens[position - 1]
    let span = first.span.union(tokens[position].span)
    var meant = text(first.span)
    switch first.kind {
    case .less:
      operators[operators.count - 1].operation = .lessOrEqual
      meant = "<="
    case .greater:
      operators[operators.count - 1].operation = .greaterOrEqual
      meant = ">="
    case .equal, .notEqual: break
    default: return false
    }
    report(
      InvalidConditionSyntax(
        "`\(text(span))` is written `\(meant)`",
        fixIt: FixIt("write `\(meant)`", replacement: meant, applicability: .safe)), at: span)
    position += 1
    return true
  }

  /// `list.0`: an index, as other languages write it.
  mutating func mendNumericField(_ operand: inout Operand) -> Bool {
    let token = tokens[position]
    guard lexer.bytes[token.span.start] == 0x2E, previousEnd == token.span.start else { return false }
    let digits = text(token.span).dropFirst()
    guard digits.utf8.allSatisfy(isDigit), let value = UInt32(digits) else { return false }
    report(
      InvalidConditionSyntax(
        "an index stands in brackets: `[\(digits)]`",
        fixIt: FixIt("write `[\(digits)]`", replacement: "[\(digits)]", applicability: .safe)), at: token.span)
    position += 1
    let index = makeNode(.int, token.span.start + 1, token.span.end, first: value)
    operand = makeNode(
      .index, Int(operand.start), token.span.end, first: operand.id.rawValue, second: index.id.rawValue)
    return true
  }

  /// `a?.b` of other languages, which is CEL only where a `:` follows, as in `a?.b:c`.
  ///
  /// It is read as `a.b`, which means the same where absent attributes read as null; `a.?b` would give an optional, which
  /// compares with nothing that is written beside it.
  mutating func mendSafeNavigation(_ operand: inout Operand) -> Bool {
    let question = tokens[position].span
    let next = tokens[position + 1]
    guard next.kind == .dot, next.span.start == question.end, previousEnd == question.start,
      tokens[position + 2].kind == .identifier || tokens[position + 2].kind == .leftBracket, !hasColonAhead()
    else { return false }
    let isIndex = tokens[position + 2].kind == .leftBracket
    report(
      InvalidConditionSyntax(
        "`?.` is not an operator of CEL: write \(isIndex ? "`[…]`" : "`.`")",
        help: "`has(a.b)` tests for presence; `a.?b` and `a[?k]` give optional values",
        fixIt: FixIt(isIndex ? "remove `?.`" : "write `.`", replacement: isIndex ? "" : ".", applicability: .unsafe)),
      at: question.union(next.span))
    position += 2
    if isIndex { return true }
    let name = tokens[position].span
    position += 1
    let id = intern(name)
    operand = makeNode(
      .select, Int(operand.start), name.end, first: operand.id.rawValue, second: id.rawValue)
    return true
  }

  /// Whether a `:` follows in this bracket.
  ///
  /// Looks only so far that a text full of `?.` takes no quadratic time.
  private func hasColonAhead() -> Bool {
    var nesting = 0
    var index = position + 1
    let limit = min(tokens.count, position + 1000)
    while index < limit {
      switch tokens[index].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: nesting += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        nesting -= 1
        if nesting < 0 { return false }
      case .colon where nesting == 0: return context != .key && context != .value || !isEntryColon(index)
      case .comma where nesting == 0: return false
      default: break
      }
      index += 1
    }
    return false
  }

  /// In `{a?.b: c}` the colon is the entry's, if no other follows it.
  private func isEntryColon(_ colon: Int) -> Bool {
    guard context == .key else { return false }
    var index = colon + 1
    while index < min(tokens.count, colon + 1000) {
      let kind = tokens[index].kind
      if kind == .colon { return false }
      if kind == .comma || kind.isCloser || kind.isOpener { return true }
      index += 1
    }
    return true
  }
}

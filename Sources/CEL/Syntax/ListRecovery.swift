internal import Diagnostics
internal import Source

// Lists, maps, messages and arguments in which something is missing.
extension Parser {
  /// A comma where an element should be.
  mutating func recoverMissingElement(_ context: ExpressionContext) -> Operand {
    let place = tokens[position].span.start
    let expected =
      switch context {
      case .argument: "an argument"
      case .key, .value: "a key"
      case .condition, .parentheses, .index, .element: "an element"
      }
    report(InvalidConditionSyntax(found: ",", expected: expected), at: SourceSpan(at: place))
    return errorOperand(place, place)
  }

  mutating func reportTrailingComma() {
    report(
      InvalidConditionSyntax(
        "a call has no `,` behind its last argument",
        fixIt: FixIt("remove the `,`", replacement: "", applicability: .safe)),
      at: tokens[position - 1].span)
  }

  /// What stands behind an element and neither separates nor ends.
  ///
  /// - Returns: Whether another element may follow.
  mutating func recoverSeparator(in context: ExpressionContext, _ opener: Int, since before: Int) -> Bool {
    let token = tokens[position]
    if isUnclosed(opener, before: token.kind, outer: self.context) { return false }
    switch token.kind {
    case .endOfText: return false
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard isStrayCloser() else { return false }
      skipStrayCloser()
      return true
    case .semicolon, .colon:
      // Where no element was, that was reported.
      if position == before {
        position += 1
        return true
      }
      report(
        InvalidConditionSyntax(
          "expected `,`, found `\(token.kind.spelling)`",
          fixIt: token.kind == .semicolon ? FixIt("write `,`", replacement: ",", applicability: .unsafe) : nil),
        at: token.span)
      position += 1
      return true
    default:
      if silentGap != position {
        report(
          InvalidConditionSyntax(
            "expected `,`, found `\(excerpt(token.span))`",
            fixIt: FixIt(
              "insert `,`", edits: [SourceEdit(span: SourceSpan(at: previousEnd), text: ",")], applicability: .unsafe)),
          at: SourceSpan(at: token.span.start))
      }
      if position == before { position += 1 }
      return true
    }
  }

  /// No colon behind a key.
  ///
  /// - Returns: Whether a value follows nevertheless.
  mutating func recoverColon() -> Bool {
    let token = tokens[position]
    if token.kind == .foreignOperator {
      report(
        InvalidConditionSyntax(
          "expected `:`, found `\(excerpt(token.span))`",
          fixIt: FixIt("write `:`", replacement: ":", applicability: .safe)
        ),
        at: token.span)
      position += 1
      return true
    }
    let hasValue = token.kind.startsOperand || token.kind == .minus
    if silentGap != position || !hasValue {
      let found = token.kind == .endOfText ? "the end of the condition" : "`\(excerpt(token.span))`"
      let fixIt = FixIt(
        "insert `:`", edits: [SourceEdit(span: SourceSpan(at: previousEnd), text: ":")], applicability: .unsafe)
      report(
        InvalidConditionSyntax(
          hasValue ? "expected `:`, found \(found)" : "expected `:` and a value, found \(found)",
          fixIt: hasValue ? fixIt : nil), at: SourceSpan(at: token.span.start))
    }
    return hasValue
  }

  /// What stands where a message's field should be named.
  ///
  /// - Returns: The field's name as an expression; `nil` where the message ends.
  mutating func recoverFieldName() -> ExpressionID? {
    let token = tokens[position]
    switch token.kind {
    case .string:
      let name = text(token.span).dropFirst().dropLast()
      report(
        InvalidConditionSyntax(
          "a field's name stands without quotes",
          fixIt: FixIt("write `\(name)`", replacement: String(name), applicability: .unsafe)), at: token.span)
    case .malformedName: break
    case .endOfText, .rightParenthesis, .rightBracket, .rightBrace: return nil
    default: report(InvalidConditionSyntax(found: excerpt(token.span), expected: "a field name"), at: token.span)
    }
    if token.kind != .colon { position += 1 }
    // The name of an unreadable field is kept empty: nothing is known of it.
    let isPlain = token.kind == .string && token.flags.isEmpty
    let id = isPlain ? intern(SourceSpan(token.span.start + 1, token.span.end - 1)) : intern([])
    return append(Node(.identifier, token.span, first: id.rawValue))
  }

  /// What stands behind a `.` and is no field's name.
  mutating func recoverSelection(_ operand: Operand, nameAt index: Int, _ flags: NodeFlags) -> Operand {
    let name = tokens[index]
    let dot = tokens[position].span
    position = index
    switch name.kind {
    case .in, .true, .false, .null:
      guard name.span.start == tokens[index - 1].span.end else { break }
      position += 1
      let written = text(name.span)
      report(
        InvalidConditionSyntax(
          "`\(written)` is a keyword: as a field it stands in backquotes",
          fixIt: FixIt("write `` `\(written)` ``", replacement: "`\(written)`", applicability: .safe)),
        at: name.span)
      let id = intern(name.span)
      return makeNode(
        .select, Int(operand.start), name.span.end, first: operand.id.rawValue, second: id.rawValue, flags: flags)
    case .malformedName:
      position += 1
      return errorOperand(Int(operand.start), name.span.end, parts: [operand.id])
    case .unknown:
      position += 1
      if tokens[position].kind == .identifier { position += 1 }
      return errorOperand(Int(operand.start), previousEnd, parts: [operand.id])
    case .int, .uint, .double, .malformedLiteral:
      if name.kind != .malformedLiteral {
        report(InvalidConditionSyntax(found: excerpt(name.span), expected: "a field name"), at: name.span)
      }
      position += 1
      return errorOperand(Int(operand.start), name.span.end, parts: [operand.id])
    case .string where flags.isEmpty:
      let written = text(name.span)
      report(
        InvalidConditionSyntax(
          "a field's name behind `.` stands without quotes",
          fixIt: FixIt(
            "write `[\(written)]`",
            edits: [SourceEdit(span: SourceSpan(dot.start, name.span.end), text: "[\(written)]")], applicability: .safe)
        ),
        at: name.span)
      let key = readString()
      return makeNode(
        .index, Int(operand.start), name.span.end, first: operand.id.rawValue, second: key.id.rawValue)
    case .leftBracket, .dot:
      if flags.isEmpty {
        let surplus = name.kind == .dot ? name.span : dot
        report(
          InvalidConditionSyntax(
            name.kind == .dot ? "expected a field name, found `.`" : "`[` follows its operand without `.`",
            fixIt: FixIt("remove the `.`", replacement: "", applicability: .safe)), at: surplus)
        // `a..b`: the second dot serves.
        return operand
      }
    default: break
    }
    let found = name.kind == .endOfText ? "the end of the condition" : "`\(excerpt(name.span))`"
    report(
      InvalidConditionSyntax(
        "expected a field name after `\(text(SourceSpan(dot.start, tokens[index - 1].span.end)))`, found \(found)"),
      at: SourceSpan(at: name.span.start))
    silentGap = position
    return errorOperand(Int(operand.start), previousEnd, parts: [operand.id])
  }

  /// Whether the current `(` belongs to a name that cannot be called: it stands right behind it.
  mutating func isUnreadableMethod() -> Bool {
    let previous = tokens[position - 1]
    guard previous.span.end == tokens[position].span.start else { return false }
    switch previous.kind {
    case .quotedIdentifier where position > 1 && tokens[position - 2].kind == .dot:
      report(InvalidConditionSyntax("a method's name stands without backquotes"), at: previous.span)
    case .identifier where position > 2 && tokens[position - 2].kind == .question && tokens[position - 3].kind == .dot:
      report(InvalidConditionSyntax("a method cannot be called with `.?`"), at: previous.span)
    case .malformedName, .quotedIdentifier, .reservedWord: break
    default: return false
    }
    return true
  }

  // The arguments of a call whose name could not be read.
  mutating func parseUnreadableCall(_ receiver: Operand) -> Operand {
    guard var frame = openBracket() else {
      return errorOperand(Int(receiver.start), skippedEnd(), parts: [receiver.id])
    }
    items.append(receiver.id)
    let end = parseExprList(&frame, in: .argument)
    return finishUnreadableCall(receiver, frame, end)
  }

  private mutating func skippedEnd() -> Int {
    skipBracket()
    return previousEnd
  }

  private mutating func finishUnreadableCall(_ receiver: Operand, _ frame: BracketFrame, _ end: Int) -> Operand {
    let list = makeList(from: frame.mark)
    return makeNode(.error, Int(receiver.start), end, second: list)
  }
}

internal import Diagnostics
internal import Source

// Member and Primary of the grammar.
extension Parser {
  // Member = Primary { "." ["?"] Field [ "(" [ExprList] ")" ] | "[" ["?"] Expr "]" | "{" [FieldInits] "}" }
  mutating func parseMember() -> Operand { parseMember(parsePrimary()) }

  mutating func parseMember(_ primary: Operand) -> Operand {
    var operand = primary
    while true {
      switch tokens[position].kind {
      case .dot: operand = parseSelection(operand)
      case .leftBracket: operand = parseIndex(operand)
      case .leftBrace:
        guard isTypeName(operand) else { return operand }
        operand = parseMessage(operand)
      default: return operand
      }
    }
  }

  // Primary = ["."] Identifier [ "(" [ExprList] ")" ] | "(" Expr ")" | "[" … "]" | "{" … "}" | Literal
  mutating func parsePrimary() -> Operand {
    let token = tokens[position]
    switch token.kind {
    case .identifier:
      position += 1
      if tokens[position].kind == .leftParenthesis { return parseCall(token.span, []) }
      return parseIdentifier(token.span, start: token.span.start, [])
    case .string, .bytes:
      position += 1
      return parseString(token)
    case .int, .uint, .double: return parseNumber(isNegative: false)
    case .true, .false:
      position += 1
      return makeNode(.bool, token.span.start, token.span.end, first: token.kind == .true ? 1 : 0)
    case .null:
      position += 1
      return makeNode(.null, token.span.start, token.span.end)
    case .leftParenthesis: return parseParenthesized()
    case .leftBracket: return parseList()
    case .leftBrace: return parseMap()
    case .dot where tokens[position + 1].kind == .identifier:
      position += 2
      let name = tokens[position - 1].span
      if tokens[position].kind == .leftParenthesis { return parseCall(name, .isAbsolute, start: token.span.start) }
      return parseIdentifier(name, start: token.span.start, .isAbsolute)
    default: return recoverOperand()
    }
  }

  private mutating func parseIdentifier(_ name: SourceSpan, start: Int, _ flags: NodeFlags) -> Operand {
    let id = intern(name)
    return makeNode(.identifier, start, name.end, first: id.rawValue, flags: flags)
  }

  /// The current token is the `(` behind a name.
  private mutating func parseCall(_ name: SourceSpan, _ flags: NodeFlags, start: Int? = nil) -> Operand {
    let start = start ?? name.start
    guard enterNesting() else {
      skipBracket()
      return errorOperand(start, previousEnd)
    }
    let id = intern(name)
    let mark = items.count
    let end = parseExprList(in: .argument)
    let list = makeList(from: mark)
    let call = makeNode(.call, start, end, first: id.rawValue, second: list, flags: flags)
    return expand(call)
  }

  @inline(__always)
  private mutating func expand(_ call: Operand) -> Operand {
    guard options.macros, let expansion = expandMacro(call.id) else { return call }
    return Operand(expansion, Int(call.start), Int(call.end))
  }

  /// "." ["?"] Field, or a call of a method.
  private mutating func parseSelection(_ operand: Operand) -> Operand {
    var index = position + 1
    var flags: NodeFlags = []
    if tokens[index].kind == .question {
      index += 1
      flags = .isOptional
    }
    let name = tokens[index]
    switch name.kind {
    case .identifier, .reservedWord:
      position = index + 1
      if tokens[position].kind == .leftParenthesis, flags.isEmpty { return parseMemberCall(operand, name.span) }
      let id = intern(name.span)
      return makeNode(
        .select, Int(operand.start), name.span.end, first: operand.id.rawValue, second: id.rawValue, flags: flags)
    case .quotedIdentifier:
      position = index + 1
      let id = intern(SourceSpan(name.span.start + 1, name.span.end - 1))
      let select = makeNode(
        .select, Int(operand.start), name.span.end, first: operand.id.rawValue, second: id.rawValue,
        flags: flags.union(.isQuoted))
      return tokens[position].kind == .leftParenthesis ? parseQuotedMethod(select, name.span) : select
    default: return recoverSelection(operand, nameAt: index, flags)
    }
  }

  /// The current token is the `(` behind a method's name.
  private mutating func parseMemberCall(_ receiver: Operand, _ name: SourceSpan) -> Operand {
    guard enterNesting() else {
      skipBracket()
      return errorOperand(Int(receiver.start), previousEnd, parts: [receiver.id])
    }
    let id = intern(name)
    let mark = items.count
    items.append(receiver.id)
    let end = parseExprList(in: .argument)
    let list = makeList(from: mark)
    let call = makeNode(.memberCall, Int(receiver.start), end, first: id.rawValue, second: list)
    return expand(call)
  }

  // "[" ["?"] Expr "]"
  private mutating func parseIndex(_ operand: Operand) -> Operand {
    let opener = position
    guard enterNesting() else {
      skipBracket()
      return errorOperand(Int(operand.start), previousEnd, parts: [operand.id])
    }
    position += 1
    let isOptional = tokens[position].kind == .question
    if isOptional { position += 1 }
    var index = parseExpr(in: .index)
    if tokens[position].kind != .rightBracket { index = recoverGroup(index, in: .index, opener) }
    let end = expectClosing(opener, .rightBracket)
    depth -= 1
    return makeNode(
      .index, Int(operand.start), end, first: operand.id.rawValue, second: index.id.rawValue,
      flags: isOptional ? .isOptional : [])
  }

  /// "(" Expr ")": no node of its own; only the operand reaches further.
  private mutating func parseParenthesized() -> Operand {
    let opener = position
    guard enterNesting() else { return skipOperand() }
    position += 1
    var inner = parseExpr(in: .parentheses)
    if tokens[position].kind != .rightParenthesis { inner = recoverParenthesized(inner, opener) }
    let end = expectClosing(opener, .rightParenthesis)
    depth -= 1
    return Operand(inner.id, tokens[opener].span.start, end)
  }

  // "[" [ ["?"] Expr { "," ["?"] Expr } ] [","] "]"
  private mutating func parseList() -> Operand {
    let opener = position
    guard enterNesting() else { return skipOperand() }
    let mark = items.count
    let end = parseExprList(in: .element)
    let list = makeList(from: mark)
    return makeNode(.list, tokens[opener].span.start, end, second: list)
  }

  /// Reads the expressions of a bracket, which go to `items`.
  ///
  /// - Parameter context: `.argument` or `.element`; only elements may be optional, and only they may have a comma last.
  /// - Returns: The offset behind the closing bracket.
  private mutating func parseExprList(in context: ExpressionContext) -> Int {
    let opener = position
    let closing = context.closing
    position += 1
    let mark = items.count
    while tokens[position].kind != closing {
      if tokens[position].kind == .endOfText, items.count == mark || context == .element { break }
      if tokens[position].kind == .comma {
        if context == .element, items.count == mark, tokens[position + 1].kind == closing {
          position += 1  // [,]
          break
        }
        items.append(recoverMissingElement(context).id)
        position += 1
        continue
      }
      let before = position
      let isOptional = context == .element && tokens[position].kind == .question
      if isOptional { position += 1 }
      let element = parseExpr(in: context)
      if isOptional { tree.nodes[element.id.index].flags.insert(.isOptionalEntry) }
      items.append(element.id)
      if tokens[position].kind == .comma {
        position += 1
        if tokens[position].kind == closing, context == .argument { reportTrailingComma() }
      } else if tokens[position].kind != closing, !recoverSeparator(in: context, opener, since: before) {
        break
      }
    }
    let end = expectClosing(opener, closing)
    depth -= 1
    return end
  }

  // "{" [ ["?"] Expr ":" Expr { "," ["?"] Expr ":" Expr } ] [","] "}"
  private mutating func parseMap() -> Operand {
    let opener = position
    guard enterNesting() else { return skipOperand() }
    position += 1
    let mark = items.count
    while tokens[position].kind != .rightBrace, tokens[position].kind != .endOfText {
      if tokens[position].kind == .comma {
        if items.count != mark || tokens[position + 1].kind != .rightBrace { _ = recoverMissingElement(.key) }
        position += 1
        continue
      }
      let before = position
      let isOptional = tokens[position].kind == .question
      if isOptional { position += 1 }
      items.append(parseExpr(in: .key).id)
      let value = parseEntryValue()
      if isOptional { tree.nodes[value.id.index].flags.insert(.isOptionalEntry) }
      items.append(value.id)
      guard continueEntries(opener, since: before) else { break }
    }
    let end = expectClosing(opener, .rightBrace)
    depth -= 1
    let list = makeList(from: mark)
    return makeNode(.map, tokens[opener].span.start, end, second: list)
  }

  // ":" Expr
  private mutating func parseEntryValue() -> Operand {
    guard tokens[position].kind == .colon || recoverColon() else {
      return errorOperand(tokens[position].span.start, tokens[position].span.start)
    }
    if tokens[position].kind == .colon { position += 1 }
    return parseExpr(in: .value)
  }

  private mutating func continueEntries(_ opener: Int, since before: Int) -> Bool {
    if tokens[position].kind == .comma {
      position += 1
      return true
    }
    return tokens[position].kind == .rightBrace || recoverSeparator(in: .value, opener, since: before)
  }

  /// Whether an operand is a plain qualified name, which a `{` makes a message construction.
  private func isTypeName(_ operand: Operand) -> Bool {
    guard tokens[position - 1].kind == .identifier || tokens[position - 1].kind == .reservedWord else { return false }
    var node = tree[operand.id]
    guard node.span.start == Int(operand.start) else { return false }
    while node.kind == .select, node.flags.isEmpty { node = tree.nodes[Int(node.first)] }
    return node.kind == .identifier
  }

  // Name "{" [ ["?"] Field ":" Expr { "," ["?"] Field ":" Expr } ] [","] "}"
  private mutating func parseMessage(_ name: Operand) -> Operand {
    let opener = position
    guard enterNesting() else {
      skipBracket()
      return errorOperand(Int(name.start), previousEnd)
    }
    // The name was read as selections. They are the last nodes, and now they are no expressions.
    var qualified: [UInt8] = []
    var flags: NodeFlags = []
    var node = tree[name.id]
    var parts: [NameID] = []
    while node.kind == .select {
      parts.append(NameID(rawValue: node.second))
      node = tree.nodes[Int(node.first)]
    }
    parts.append(NameID(rawValue: node.first))
    flags = node.flags
    tree.nodes.removeLast(parts.count)
    for part in parts.reversed() {
      if !qualified.isEmpty { qualified.append(0x2E) }
      qualified += tree.nameBytes[tree.names[Int(part.rawValue)].range]
    }
    let id = intern(qualified)
    position += 1
    let mark = items.count
    while tokens[position].kind != .rightBrace, tokens[position].kind != .endOfText {
      if tokens[position].kind == .comma {
        if items.count != mark || tokens[position + 1].kind != .rightBrace { _ = recoverMissingElement(.key) }
        position += 1
        continue
      }
      let before = position
      let isOptional = tokens[position].kind == .question
      if isOptional { position += 1 }
      guard let field = parseFieldName() else { break }
      items.append(field)
      let value = parseEntryValue()
      if isOptional { tree.nodes[value.id.index].flags.insert(.isOptionalEntry) }
      items.append(value.id)
      guard continueEntries(opener, since: before) else { break }
    }
    let end = expectClosing(opener, .rightBrace)
    depth -= 1
    let list = makeList(from: mark)
    return makeNode(.message, Int(name.start), end, first: id.rawValue, second: list, flags: flags)
  }

  // Field = Identifier | ReservedWord | a name in backquotes
  private mutating func parseFieldName() -> ExpressionID? {
    let token = tokens[position]
    switch token.kind {
    case .identifier, .reservedWord:
      position += 1
      return parseIdentifier(token.span, start: token.span.start, []).id
    case .quotedIdentifier:
      position += 1
      let id = intern(SourceSpan(token.span.start + 1, token.span.end - 1))
      return makeNode(.identifier, token.span.start, token.span.end, first: id.rawValue, flags: .isQuoted).id
    default: return recoverFieldName()
    }
  }
}

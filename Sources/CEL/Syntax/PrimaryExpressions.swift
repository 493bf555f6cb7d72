internal import Diagnostics
internal import Source

// Member and Primary of the grammar.
extension Parser {
  /// A bracket that is being read.
  struct BracketFrame {
    /// The opening bracket's token.
    var opener: Int
    /// Where its parts start in `items`.
    var mark: Int
    /// The current part's first token, and whether a `?` stands before it.
    var partStart = 0
    var isOptional = false
  }

  // Member = Primary { "." ["?"] Field [ "(" [ExprList] ")" ] | "[" ["?"] Expr "]" | "{" [FieldInits] "}" }
  mutating func parseMember(_ primary: Operand) -> Operand {
    var operand = primary
    while true {
      switch readMember(&operand) {
      case .end: return operand
      case .again: continue
      case .method: operand = parseMemberCall(operand)
      case .index: operand = parseIndex(operand)
      case .message: operand = parseMessage(operand)
      case .unreadableCall: operand = parseUnreadableCall(operand)
      }
    }
  }

  /// What follows an operand and belongs to it.
  private enum MemberForm { case end, again, method, index, message, unreadableCall }

  private mutating func readMember(_ operand: inout Operand) -> MemberForm {
    switch tokens[position].kind {
    case .dot: readSelection(&operand) ? .method : .again
    case .leftBracket: .index
    case .leftBrace: isTypeName(operand) ? .message : .end
    case .leftParenthesis: isUnreadableMethod() ? .unreadableCall : .end
    default: .end
    }
  }

  // Primary = ["."] Identifier [ "(" [ExprList] ")" ] | "(" Expr ")" | "[" … "]" | "{" … "}" | Literal
  //
  // `nil`: something was skipped, and an operand may follow now.
  mutating func parsePrimary() -> Operand? {
    var operand: Operand?
    switch readPrimary(&operand) {
    case .whole: break
    case .call: operand = parseCall()
    case .parentheses: operand = parseParenthesized()
    case .list: operand = parseList()
    case .map: operand = parseMap()
    }
    return operand
  }

  private enum PrimaryForm { case whole, call, parentheses, list, map }

  /// Reads an operand without brackets, or says what bracket there is.
  private mutating func readPrimary(_ operand: inout Operand?) -> PrimaryForm {
    switch tokens[position].kind {
    case .identifier:
      if isCall(position) { return .call }
      operand = readIdentifier()
    case .string, .bytes: operand = readString()
    case .int, .uint, .double, .minus: operand = readNumber()
    case .true, .false, .null: operand = readConstant()
    case .leftParenthesis: return .parentheses
    case .leftBracket: return .list
    case .leftBrace: return .map
    case .dot where isAbsoluteName():
      if isCall(position + 1) { return .call }
      operand = readIdentifier()
    default: operand = recoverOperand()
    }
    return .whole
  }

  private func isCall(_ name: Int) -> Bool { tokens[name + 1].kind == .leftParenthesis }

  private func isAbsoluteName() -> Bool { tokens[position + 1].kind == .identifier }

  /// The current token is the identifier, or the `.` before it.
  private mutating func readIdentifier() -> Operand {
    let start = tokens[position].span.start
    let isAbsolute = tokens[position].kind == .dot
    if isAbsolute { position += 1 }
    let name = tokens[position].span
    position += 1
    let id = intern(name)
    return makeNode(.identifier, start, name.end, first: id.rawValue, flags: isAbsolute ? .isAbsolute : [])
  }

  private mutating func readConstant() -> Operand {
    let token = tokens[position]
    position += 1
    let kind: NodeKind = token.kind == .null ? .null : .bool
    return makeNode(kind, token.span.start, token.span.end, first: token.kind == .true ? 1 : 0)
  }

  // ["."] Identifier "(" [ExprList] ")"
  private mutating func parseCall() -> Operand {
    let name = startCall()
    guard var frame = openBracket() else { return skipCall(name, receiver: nil) }
    let end = parseExprList(&frame, in: .argument)
    return finishCall(name, frame, end)
  }

  /// Goes to a call's `(`, and returns where its name starts.
  private mutating func startCall() -> Int {
    position += tokens[position].kind == .dot ? 2 : 1
    return position - 1
  }

  private mutating func skipCall(_ name: Int, receiver: Operand?) -> Operand {
    skipBracket()
    let start = receiver.map { Int($0.start) } ?? tokens[name].span.start
    return errorOperand(start, previousEnd, parts: receiver.map { [$0.id] } ?? [])
  }

  private mutating func finishCall(_ name: Int, _ frame: BracketFrame, _ end: Int) -> Operand {
    let id = intern(tokens[name].span)
    let list = makeList(from: frame.mark)
    // Only a leading dot can stand before the name: behind an operand this would be a member call.
    let isAbsolute = name > 0 && tokens[name - 1].kind == .dot && frame.opener == name + 1
    let start = isAbsolute ? tokens[name - 1].span.start : tokens[name].span.start
    let call = makeNode(
      .call, start, end, first: id.rawValue, second: list, flags: isAbsolute ? .isAbsolute : [])
    return expand(call)
  }

  private mutating func expand(_ call: Operand) -> Operand {
    guard options.macros, let expansion = expandMacro(call.id) else { return call }
    return Operand(expansion, Int(call.start), Int(call.end))
  }

  /// Reads "." ["?"] Field.
  ///
  /// - Returns: Whether it is a method's name, and the current token the `(` behind it.
  private mutating func readSelection(_ operand: inout Operand) -> Bool {
    var index = position + 1
    var flags: NodeFlags = []
    if tokens[index].kind == .question {
      index += 1
      flags = .isOptional
    }
    let name = tokens[index]
    var span = name.span
    switch name.kind {
    case .identifier, .reservedWord:
      position = index + 1
      if tokens[position].kind == .leftParenthesis, flags.isEmpty { return true }
    case .quotedIdentifier:
      position = index + 1
      flags.insert(.isQuoted)
      span = SourceSpan(span.start + 1, span.end - 1)
    default:
      operand = recoverSelection(operand, nameAt: index, flags)
      return false
    }
    let id = intern(span)
    operand = makeNode(
      .select, Int(operand.start), name.span.end, first: operand.id.rawValue, second: id.rawValue, flags: flags)
    return false
  }

  // The current token is the "(" behind a method's name.
  private mutating func parseMemberCall(_ receiver: Operand) -> Operand {
    guard var frame = openBracket() else { return skipCall(position - 1, receiver: receiver) }
    items.append(receiver.id)
    let end = parseExprList(&frame, in: .argument)
    return finishMemberCall(receiver, frame, end)
  }

  private mutating func finishMemberCall(_ receiver: Operand, _ frame: BracketFrame, _ end: Int) -> Operand {
    let id = intern(tokens[frame.opener - 1].span)
    let list = makeList(from: frame.mark)
    return expand(makeNode(.memberCall, Int(receiver.start), end, first: id.rawValue, second: list))
  }

  /// Reads an opening bracket; `nil` when it is too deep.
  mutating func openBracket() -> BracketFrame? {
    guard enterNesting() else { return nil }
    position += 1
    return BracketFrame(opener: position - 1, mark: items.count)
  }

  /// Reads a closing bracket, and returns where it ends.
  mutating func closeBracket(_ frame: BracketFrame, _ closing: TokenKind) -> Int {
    depth -= 1
    return expectClosing(frame.opener, closing)
  }

  // "[" ["?"] Expr "]"
  private mutating func parseIndex(_ operand: Operand) -> Operand {
    guard var frame = openBracket() else { return skipCall(position, receiver: operand) }
    readQuestion(&frame)
    let index = recoverGroup(parseExpr(in: .index), in: .index, frame.opener)
    return finishIndex(operand, index, frame)
  }

  private mutating func readQuestion(_ frame: inout BracketFrame) {
    frame.partStart = position
    frame.isOptional = tokens[position].kind == .question
    if frame.isOptional { position += 1 }
  }

  private mutating func finishIndex(_ operand: Operand, _ index: Operand, _ frame: BracketFrame) -> Operand {
    let end = closeBracket(frame, .rightBracket)
    return makeNode(
      .index, Int(operand.start), end, first: operand.id.rawValue, second: index.id.rawValue,
      flags: frame.isOptional ? .isOptional : [])
  }

  // "(" Expr ")": no node of its own; only the operand reaches further.
  private mutating func parseParenthesized() -> Operand {
    guard let frame = openBracket() else { return skipOperand() }
    let inner = recoverParenthesized(parseExpr(in: .parentheses), frame.opener)
    return finishParenthesized(inner, frame)
  }

  private mutating func finishParenthesized(_ inner: Operand, _ frame: BracketFrame) -> Operand {
    let end = closeBracket(frame, .rightParenthesis)
    return Operand(inner.id, tokens[frame.opener].span.start, end)
  }

  // "[" [ ["?"] Expr { "," ["?"] Expr } ] [","] "]"
  private mutating func parseList() -> Operand {
    guard var frame = openBracket() else { return skipOperand() }
    let end = parseExprList(&frame, in: .element)
    return finishLiteral(.list, frame, end)
  }

  private mutating func finishLiteral(_ kind: NodeKind, _ frame: BracketFrame, _ end: Int) -> Operand {
    let list = makeList(from: frame.mark)
    return makeNode(kind, tokens[frame.opener].span.start, end, second: list)
  }

  // ExprList = Expr { "," Expr }
  //
  // The expressions go to `items`. Returns the offset behind the closing bracket.
  mutating func parseExprList(_ frame: inout BracketFrame, in context: ExpressionContext) -> Int {
    while startElement(&frame, context) {
      let element = parseExpr(in: context)
      if !finishElement(element, frame, context) { break }
    }
    return closeBracket(frame, context.closing)
  }

  /// Goes to the next element; there is none at the closing bracket.
  private mutating func startElement(_ frame: inout BracketFrame, _ context: ExpressionContext) -> Bool {
    while true {
      let kind = tokens[position].kind
      if kind == context.closing { return false }
      // Where the text ends, the bracket is missing rather than an element.
      if kind == .endOfText, position == frame.opener + 1 || context == .element { return false }
      guard kind == .comma else { break }
      if context == .element, items.count == frame.mark, tokens[position + 1].kind == .rightBracket {
        position += 1  // [,]
        return false
      }
      items.append(recoverMissingElement(context).id)
      position += 1
    }
    if context == .element {
      readQuestion(&frame)
    } else {
      frame.partStart = position
    }
    return true
  }

  /// Reads what separates an element from the next one.
  ///
  /// - Returns: Whether another may follow.
  private mutating func finishElement(
    _ element: Operand, _ frame: BracketFrame, _ context: ExpressionContext
  ) -> Bool {
    if frame.isOptional { draft.nodes[element.id.index].flags.insert(.isOptionalEntry) }
    items.append(element.id)
    let kind = tokens[position].kind
    if kind == .comma {
      position += 1
      if context == .argument, tokens[position].kind == .rightParenthesis { reportTrailingComma() }
      return true
    }
    return kind != context.closing && recoverSeparator(in: context, frame.opener, since: frame.partStart)
  }

  // "{" [ ["?"] Expr ":" Expr { "," ["?"] Expr ":" Expr } ] [","] "}"
  private mutating func parseMap() -> Operand {
    guard var frame = openBracket() else { return skipOperand() }
    while startEntry(&frame) {
      items.append(parseExpr(in: .key).id)
      let value = readColon() ? parseExpr(in: .value) : missingValue()
      if !finishEntry(value, frame) { break }
    }
    return finishLiteral(.map, frame, closeBracket(frame, .rightBrace))
  }

  /// Goes to the next entry; there is none at the closing bracket.
  private mutating func startEntry(_ frame: inout BracketFrame) -> Bool {
    while true {
      let kind = tokens[position].kind
      if kind == .rightBrace || kind == .endOfText { return false }
      guard kind == .comma else { break }
      if items.count != frame.mark || tokens[position + 1].kind != .rightBrace { _ = recoverMissingElement(.key) }
      position += 1
    }
    readQuestion(&frame)
    return true
  }

  /// Reads the colon behind a key; without one there may be no value.
  private mutating func readColon() -> Bool {
    guard tokens[position].kind == .colon else { return recoverColon() }
    position += 1
    return true
  }

  private mutating func missingValue() -> Operand {
    errorOperand(tokens[position].span.start, tokens[position].span.start)
  }

  private mutating func finishEntry(_ value: Operand, _ frame: BracketFrame) -> Bool {
    if frame.isOptional { draft.nodes[value.id.index].flags.insert(.isOptionalEntry) }
    items.append(value.id)
    if tokens[position].kind == .comma {
      position += 1
      return true
    }
    return tokens[position].kind != .rightBrace && recoverSeparator(in: .value, frame.opener, since: frame.partStart)
  }

  /// Whether an operand is a plain qualified name, which a `{` makes a message construction.
  private func isTypeName(_ operand: Operand) -> Bool {
    guard tokens[position - 1].kind == .identifier || tokens[position - 1].kind == .reservedWord else { return false }
    var node = draft[operand.id]
    guard node.span.start == Int(operand.start) else { return false }
    while node.kind == .select, node.flags.isEmpty { node = draft.nodes[Int(node.first)] }
    return node.kind == .identifier
  }

  // Name "{" [ ["?"] Field ":" Expr { "," ["?"] Field ":" Expr } ] [","] "}"
  private mutating func parseMessage(_ name: Operand) -> Operand {
    guard var frame = openBracket() else { return skipCall(position, receiver: nil) }
    let type = readTypeName(name)
    while startEntry(&frame) {
      guard let field = readFieldName() else { break }
      items.append(field)
      let value = readColon() ? parseExpr(in: .value) : missingValue()
      if !finishEntry(value, frame) { break }
    }
    return finishMessage(name, type, frame)
  }

  private mutating func finishMessage(_ name: Operand, _ type: Node, _ frame: BracketFrame) -> Operand {
    let end = closeBracket(frame, .rightBrace)
    let list = makeList(from: frame.mark)
    return makeNode(.message, Int(name.start), end, first: type.first, second: list, flags: type.flags)
  }

  /// Takes a name that was read as selections back out of the tree: its nodes are the last, and no expressions.
  ///
  /// - Returns: The qualified name as an identifier, which is not in the tree.
  private mutating func readTypeName(_ name: Operand) -> Node {
    var parts: [NameID] = []
    var node = draft[name.id]
    while node.kind == .select {
      parts.append(NameID(rawValue: node.second))
      node = draft.nodes[Int(node.first)]
    }
    parts.append(NameID(rawValue: node.first))
    draft.nodes.removeLast(parts.count)
    var qualified: [UInt8] = []
    for part in parts.reversed() {
      if !qualified.isEmpty { qualified.append(0x2E) }
      qualified += draft.nameBytes[draft.names[Int(part.rawValue)].range]
    }
    node.first = intern(qualified).rawValue
    return node
  }

  // Field = Identifier | ReservedWord | a name in backquotes
  private mutating func readFieldName() -> ExpressionID? {
    let token = tokens[position]
    switch token.kind {
    case .identifier, .reservedWord:
      position += 1
      let id = intern(token.span)
      return append(Node(.identifier, token.span, first: id.rawValue))
    case .quotedIdentifier:
      position += 1
      let id = intern(SourceSpan(token.span.start + 1, token.span.end - 1))
      return append(Node(.identifier, token.span, first: id.rawValue, flags: .isQuoted))
    default: return recoverFieldName()
    }
  }
}

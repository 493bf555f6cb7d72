internal import Diagnostics
internal import Source

// Expr, ConditionalOr, ConditionalAnd, Negation, Relation, Addition, Multiplication and Unary of the grammar. They are one
// loop over a stack of pending operators: a production a method would cost a call a level for every operand.
//
// What recurses (`parse…`) is kept apart from what works (`read…`, `start…`, `finish…`): the frames of the former are
// small, so that the nesting limit fits a stack of 512 KB in a debug build too.
extension Parser {
  /// What an expression goes on with, once an operator or what stands for one was read.
  enum Continuation {
    /// An operand.
    case operand
    /// A selection or index, perhaps, of the operand that was mended.
    case member
    /// An operator: what was there is mended or skipped.
    case `operator`
    /// Nothing: its end is reached.
    case end
  }

  /// What an expression puts back when it is read.
  struct ExpressionFrame {
    var context: ExpressionContext
    var depth: Int
    var base: Int
  }

  /// Reads up to a token that no expression can hold: a comma, a colon without `?`, a closing bracket, the end.
  mutating func parseExpr(in context: ExpressionContext) -> Operand {
    let frame = startExpr(in: context)
    var operand = parseUnary()
    while true {
      switch readOperator(&operand, frame.base) {
      case .operand: operand = parseUnary()
      case .member: operand = parseMember(operand)
      case .operator: continue
      case .end: return finishExpr(operand, frame)
      }
    }
  }

  private mutating func startExpr(in context: ExpressionContext) -> ExpressionFrame {
    let frame = ExpressionFrame(context: self.context, depth: depth, base: operators.count)
    self.context = context
    return frame
  }

  private mutating func finishExpr(_ last: Operand, _ frame: ExpressionFrame) -> Operand {
    let operand = operators.count > frame.base ? reduce(last, downTo: 0, frame.base) : last
    depth = frame.depth
    context = frame.context
    return operand
  }

  private mutating func readOperator(_ operand: inout Operand, _ base: Int) -> Continuation {
    let kind = tokens[position].kind
    let precedence = kind.precedence
    if precedence != 0 {
      pushBinary(operand, kind.operation, precedence, base)
      return .operand
    }
    if kind == context.closing || kind == .comma { return .end }
    switch kind {
    case .question: return startConditional(&operand, base)
    case .colon: return startAlternative(&operand, base)
    default: return recoverOperator(&operand, base)
    }
  }

  /// Pushes an operator and its left operand, after what binds tighter was put together.
  mutating func pushBinary(_ left: Operand, _ operation: Operator, _ precedence: UInt8, _ base: Int) {
    var left = left
    if precedence <= Precedence.and {
      if operators.count > base { left = reduce(left, downTo: precedence + 1, base) }
      operands.append(left)
      if operators.count > base, operators[operators.count - 1].operation == operation,
        operators[operators.count - 1].form == .chain
      {
        operators[operators.count - 1].count += 1
      } else {
        operators.append(PendingOperator(.chain, operation, precedence, token: position))
      }
    } else {
      if operators.count > base { left = reduce(left, downTo: precedence, base) }
      operands.append(left)
      operators.append(PendingOperator(.binary, operation, precedence, token: position))
    }
    position += 1
  }

  /// Puts together the pending operators that bind at least as tightly as `precedence`.
  mutating func reduce(_ last: Operand, downTo precedence: UInt8, _ base: Int) -> Operand {
    var operand = last
    while operators.count > base {
      let top = operators[operators.count - 1]
      guard top.precedence >= precedence else { break }
      operators.removeLast()
      switch top.form {
      case .binary:
        let left = operands.removeLast()
        operand = makeNode(
          .binary, Int(left.start), Int(operand.end), first: left.id.rawValue, second: operand.id.rawValue,
          top.operation)
      case .chain:
        let list = makeChainList(Int(top.count), operand)
        let start = Int(operands[operands.count - Int(top.count)].start)
        operands.removeLast(Int(top.count))
        operand = makeNode(.chain, start, Int(operand.end), second: list, top.operation)
      case .prefix:
        depth -= 1
        let start = tokens[Int(top.token)].span.start
        operand = makeNode(.unary, start, Int(operand.end), first: operand.id.rawValue, top.operation)
      case .wordNot, .question, .colon, .gap, .notIn, .method, .negatedMethod, .ifWord:
        operand = reduceSpecial(top, operand)
      }
    }
    return operand
  }

  private mutating func makeChainList(_ count: Int, _ last: Operand) -> UInt32 {
    let start = UInt32(truncatingIfNeeded: draft.lists.count)
    draft.lists.append(UInt32(truncatingIfNeeded: count + 1))
    for index in (operands.count - count)..<operands.count { draft.lists.append(operands[index].id.rawValue) }
    draft.lists.append(last.id.rawValue)
    return start
  }

  private mutating func reduceSpecial(_ top: PendingOperator, _ operand: Operand) -> Operand {
    switch top.form {
    case .binary, .chain, .prefix: return operand
    case .wordNot:
      depth -= 1
      let start = tokens[Int(top.token)].span.start
      attachNegationFixIt(top, operand)
      return makeNode(.unary, start, Int(operand.end), first: operand.id.rawValue, .not)
    case .question:
      // The `:` never came.
      depth -= 1
      let condition = operands.removeLast()
      if tokens[Int(top.token)].kind == .question {
        reportMissingColon(top)
      } else {
        pendingIfs -= 1
        attach(nil, to: top.diagnostic)
      }
      let missing = errorOperand(Int(operand.end), Int(operand.end))
      return makeConditional(condition, operand, missing)
    case .colon:
      depth -= 1
      let yes = operands.removeLast()
      let condition = operands.removeLast()
      attachConditionalFixIt(top, condition, operand)
      return makeConditional(condition, yes, operand)
    case .gap:
      let left = operands.removeLast()
      let right = silencingName(operand)
      return errorOperand(Int(left.start), Int(right.end), parts: [left.id, right.id])
    case .ifWord:
      depth -= 1
      pendingIfs -= 1
      attach(nil, to: top.diagnostic)
      return errorOperand(tokens[Int(top.token)].span.start, Int(operand.end), parts: [operand.id])
    case .notIn:
      let left = operands.removeLast()
      attachNotInFixIt(top, left, operand)
      let membership = makeNode(
        .binary, Int(left.start), Int(operand.end), first: left.id.rawValue, second: operand.id.rawValue, .in)
      return makeNode(.unary, Int(left.start), Int(operand.end), first: membership.id.rawValue, .not)
    case .method, .negatedMethod:
      let left = operands.removeLast()
      return makeMethodCall(top, left, operand)
    }
  }

  private mutating func makeConditional(_ condition: Operand, _ yes: Operand, _ no: Operand) -> Operand {
    let list = makeList([condition.id, yes.id, no.id])
    return makeNode(.conditional, Int(condition.start), Int(no.end), second: list)
  }

  /// Adds a node; its extent is its span.
  mutating func makeNode(
    _ kind: NodeKind, _ start: Int, _ end: Int, first: UInt32 = 0, second: UInt32 = 0, _ operation: Operator = .none,
    flags: NodeFlags = []
  ) -> Operand {
    let id = append(
      Node(
        kind, SourceSpan(ordered: start, max(start, end)), first: first, second: second, operation: operation,
        flags: flags))
    return Operand(id, start, end)
  }

  // Unary = Member | "!" { "!" } Member | "-" { "-" } Member; and `not`.
  mutating func parseUnary() -> Operand {
    while true {
      if let skipped = readPrefixes() { return parseMember(skipped) }
      if let primary = parsePrimary() { return parseMember(primary) }
    }
  }

  /// Pushes the prefix operators before an operand.
  ///
  /// - Returns: What takes the operand's place when they are too many.
  private mutating func readPrefixes() -> Operand? {
    while true {
      switch tokens[position].kind {
      case .identifier:
        // Most names are longer or shorter.
        guard tokens[position].span.count == 3, isWordNot(position) else { return nil }
        guard enterNesting() else { return skipOperand() }
        pushWordNot()
      case .not:
        guard enterNesting() else { return skipOperand() }
        operators.append(PendingOperator(.prefix, .not, Precedence.prefix, token: position))
        position += 1
      case .minus:
        // A literal takes in the minus before it: only so the least integer can be written.
        let next = tokens[position + 1].kind
        if next == .int || next == .double { return nil }
        guard enterNesting() else { return skipOperand() }
        operators.append(PendingOperator(.prefix, .negate, Precedence.prefix, token: position))
        position += 1
      default: return nil
      }
    }
  }

  private mutating func startConditional(_ operand: inout Operand, _ base: Int) -> Continuation {
    if mendSafeNavigation(&operand) { return .member }
    let question = position
    operand = reduce(operand, downTo: Precedence.or, base)
    guard enterNesting() else {
      let condition = operand
      skipConditional()
      operand = errorOperand(Int(condition.start), max(previousEnd, Int(condition.end)), parts: [condition.id])
      return .operator
    }
    var pending = PendingOperator(.question, .none, Precedence.conditional, token: question)
    if operators.count > base, operators[operators.count - 1].form == .question {
      pending.diagnostic = reportBareConditional()
    }
    operands.append(operand)
    operators.append(pending)
    position += 1
    return .operand
  }

  /// Reads the `:` of a conditional, if a `?` waits for one.
  mutating func startAlternative(_ operand: inout Operand, _ base: Int) -> Continuation {
    guard hasPendingQuestion(base) else { return .end }
    operand = reduce(operand, downTo: Precedence.or, base)
    // `a ? b ? c : d : e`: the inner conditional is complete; so is an `if` without `then`.
    while operators[operators.count - 1].form != .question {
      let top = operators.removeLast()
      operand = reduceSpecial(top, operand)
    }
    operands.append(operand)
    operators[operators.count - 1].form = .colon
    position += 1
    return .operand
  }

  /// Whether a `?` of this expression waits for its `:`.
  ///
  /// The stack is searched from the top; what lies over the `?` are complete conditionals, which a `:` puts together,
  /// so that the search is paid for by them.
  private func hasPendingQuestion(_ base: Int) -> Bool {
    var index = operators.count
    while index > base {
      index -= 1
      if operators[index].form == .question { return true }
    }
    return false
  }
}

extension TokenKind {
  /// How tightly a binary operator binds; 0 for all other tokens.
  @inline(__always) var precedence: UInt8 {
    switch self {
    case .or: Precedence.or
    case .and: Precedence.and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: Precedence.relation
    case .plus, .minus: Precedence.addition
    case .star, .slash, .percent: Precedence.multiplication
    default: 0
    }
  }

  /// The operation of a binary operator.
  @inline(__always) var operation: Operator {
    switch self {
    case .or: .or
    case .and: .and
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .in: .in
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .modulo
    default: .none
    }
  }
}

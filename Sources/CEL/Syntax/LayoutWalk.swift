internal import Source

/// Goes through a condition's tree and tokens side by side, and says where its lines may be broken.
///
/// The tree knows what belongs together; the tokens have the spelling, and the comments between them. A comment goes to the
/// next place where the line may be broken, which it makes one where it is: so none is ever in the way of a token.
struct LayoutWalk {
  /// What is still to be done, the next on top; it takes the place of recursion.
  enum Work {
    case expression(ExpressionID, Binding, ExpressionPlace)
    case piece(LayoutPiece)
    /// Write the next token.
    case take
    /// Write the tokens before an offset.
    case takeAll(before: Int)
    /// Write the tokens up to the first of a kind, and that.
    case takeThrough(TokenKind)
    case takeQuestion
    /// Leave out tokens, and keep the comments before them.
    case skip(Int)
    case skipComma
    case skipParentheses(before: Int)
    case skipClosingParentheses
    case line(isBlank: Bool)
    /// Break the line, and write an operator at its start.
    case operatorLine(StaticString)
    /// Write an operator without a line break before it.
    case operatorText(StaticString)
    /// Write the comments in front of a closing bracket that is still to be taken.
    case closing
    /// Write the comments that were taken up.
    case writeComments
  }

  private(set) var pieces: [LayoutPiece] = []
  let tree: SyntaxTree
  let bytes: [UInt8]
  private let tokens: [Token]
  private let comments: [SourceSpan]
  private var work: [Work] = []
  private var tokenIndex = 0
  private var commentIndex = 0
  /// Comments that are not written yet.
  private var pending: [(span: SourceSpan, isTrailing: Bool, hasEmptyLine: Bool)] = []
  /// Whether the author left an empty line before the current token.
  private var hasEmptyLine = false

  /// Prepares to lay out what a parser has read without errors.
  init(_ parser: Parser) {
    tree = parser.tree
    bytes = Array(parser.lexer.bytes)
    tokens = Array(parser.lexer.tokens)
    comments = parser.lexer.comments
  }

  /// Lays out the whole condition.
  mutating func walk() {
    collectComments()
    for (index, comment) in pending.enumerated() {
      let next = index + 1 < pending.count ? pending[index + 1].hasEmptyLine : hasEmptyLine
      pieces.append(.header(comment.span, hasEmptyLine: next))
    }
    pending = []
    work.append(.expression(tree.root, .conditional, .whole))
    while let next = work.popLast() { perform(next) }
    collectComments()
    writeComments()
  }

  var token: Token { tokens[tokenIndex] }

  func hasComments(in span: SourceSpan) -> Bool {
    guard !comments.isEmpty else { return false }
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].start < span.start { low = middle + 1 } else { high = middle }
    }
    return low < comments.count && comments[low].start < span.end
  }

  private mutating func perform(_ next: Work) {
    switch next {
    case .expression(let id, let least, let place): writeExpression(id, least, place)
    case .piece(let piece): pieces.append(piece)
    case .take: take()
    case .takeAll(let end): while tokenIndex < tokens.count - 1, token.span.start < end { take() }
    case .takeThrough(let kind):
      while tokenIndex < tokens.count - 1, token.kind != kind { take() }
      take()
    case .takeQuestion: if token.kind == .question { take() }
    case .skip(let count): for _ in 0..<count { skip() }
    case .skipComma: if token.kind == .comma { skip() }
    case .skipParentheses(let start): for _ in 0..<openParentheses(before: start) { skip() }
    case .skipClosingParentheses: while token.kind == .rightParenthesis { skip() }
    case .line(let isBlank):
      collectComments()
      writeComments()
      pieces.append(.line(isBlank: isBlank, keepsEmptyLine: isBlank && hasEmptyLine))
    case .operatorLine(let spelling):
      let isAfterEmptyLine = skipOperator()
      writeComments()
      pieces.append(.line(isBlank: true, keepsEmptyLine: isAfterEmptyLine))
      pieces += [.text(spelling), .text(" ")]
    case .operatorText(let spelling):
      _ = skipOperator()
      pieces += [.text(" "), .text(spelling), .text(" ")]
    case .closing:
      collectComments()
      writeComments()
    case .writeComments: writeComments()
    }
  }

  /// Leaves out an operator, with the comments around it, which belong to what it stands behind.
  ///
  /// - Returns: Whether the author left an empty line before it, or before its right operand.
  private mutating func skipOperator() -> Bool {
    collectComments()
    let wasAfterEmptyLine = hasEmptyLine
    advance()
    let count = pending.count
    collectComments()
    // An empty line before a comment stays there.
    return hasEmptyLine || wasAfterEmptyLine && pending.count == count
  }

  private mutating func take() {
    collectComments()
    pieces.append(.source(token.span))
    advance()
  }

  private mutating func skip() {
    collectComments()
    advance()
  }

  private mutating func advance() {
    if tokenIndex < tokens.count - 1 { tokenIndex += 1 }
  }

  /// How many parentheses are open at the current token that do not belong to an expression starting at an offset.
  func openParentheses(before start: Int) -> Int {
    var index = tokenIndex
    while tokens[index].kind == .leftParenthesis, tokens[index].span.start < start { index += 1 }
    return index - tokenIndex
  }

  /// Leaves work for later, to be done in the order given.
  mutating func push(_ items: [Work]) { work.append(contentsOf: items.reversed()) }
}

// Comments
extension LayoutWalk {
  /// Takes up the comments in front of the current token.
  private mutating func collectComments() {
    var end = tokenIndex > 0 ? tokens[tokenIndex - 1].span.end : 0
    if commentIndex > 0 { end = max(end, comments[commentIndex - 1].end) }
    while commentIndex < comments.count, comments[commentIndex].start < token.span.start || token.kind == .endOfText {
      let comment = comments[commentIndex]
      let lines = lineBreaks(end, comment.start)
      let isTrailing = lines == 0 && tokenIndex > 0 && pending.isEmpty
      pending.append((trimmed(comment, bytes), isTrailing, lines > 1 && !(tokenIndex == 0 && pending.isEmpty)))
      end = comment.end
      commentIndex += 1
    }
    hasEmptyLine = token.kind != .endOfText && lineBreaks(end, token.span.start) > 1
  }

  private mutating func writeComments() {
    for comment in pending {
      pieces.append(.comment(comment.span, isTrailing: comment.isTrailing, hasEmptyLine: comment.hasEmptyLine))
    }
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
  }

  /// How many line breaks stand in a range of blanks.
  private func lineBreaks(_ start: Int, _ end: Int) -> Int {
    guard start < end else { return 0 }
    var count = 0
    for index in start..<end {
      switch bytes[index] {
      case 0x0A: if index == start || bytes[index - 1] != 0x0D { count += 1 }
      case 0x0D: count += 1
      default: break
      }
    }
    return count
  }
}

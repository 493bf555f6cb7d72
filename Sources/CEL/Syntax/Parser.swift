package import Diagnostics
internal import Source

/// Reads a condition into a syntax tree, and finds every independent error on the way.
///
/// A parser is meant to be kept: its arrays are reused, so that a warmed-up one allocates nothing on clean input.
/// Brackets are read by recursion, which `NestingLimit` bounds; operators, prefixes, conditionals, selections and indexes
/// by loops and a stack of their own, so that a chain may be of any length.
package struct Parser {
  package let options: ParserOptions
  /// What the last `parse` read; never without a root.
  package private(set) var tree = SyntaxTree()
  /// What the last `parse` found, in offsets of its text and in order of their places.
  package internal(set) var diagnostics: [Diagnostic] = []

  /// The tree as far as it is read.
  var draft = TreeDraft()
  var names = NameTable()
  var lexer = Lexer()
  /// The current token's index.
  var position = 0
  /// How many brackets, prefix operators and conditionals are open.
  var depth = 0
  var context = ExpressionContext.condition

  // Of these each production uses the part that it pushed itself.
  var operands = Stack<Operand>()
  var operators = Stack<PendingOperator>()
  var items = Stack<ExpressionID>()

  // Recovery
  var matching: [Int32] = []
  var isLimitReached = false
  var faultLimit = FaultLimit()
  /// Two operands side by side at this token were reported already, or follow from something that was.
  var silentGap = -1
  /// How many `if` wait for their `then` or `else`.
  var pendingIfs = 0
  /// How many `if` behind an operand wait for their `else`.
  var trailingIfs = 0
  /// The last missing closing bracket: its place, and its diagnostic.
  var lastMissingCloser: (offset: Int, diagnostic: Int32) = (-1, -1)

  package init(options: ParserOptions = .cel) { self.options = options }

  /// Reads a text; what was read before is gone.
  package mutating func parse(_ text: UnsafeBufferPointer<UInt8>) {
    reset()
    let root = unsafe read(text)
    draft.replaceContent(of: &tree)
    tree.root = root
    guard !lexer.diagnostics.isEmpty || !diagnostics.isEmpty else { return }
    diagnostics += lexer.diagnostics
    diagnostics.sort(by: Diagnostic.precedes)
  }

  /// Reads a text into the draft, and returns the whole's place in it.
  private mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> ExpressionID {
    guard text.count <= NestingLimit.size else {
      report(
        ConditionLimitExceeded("a condition may have \(NestingLimit.size) bytes, and this one has \(text.count)"),
        at: SourceSpan(NestingLimit.size, text.count))
      unsafe lexer.load(UnsafeBufferPointer(start: nil, count: 0))
      return append(Node(.error, SourceSpan(0, text.count)))
    }
    unsafe lexer.load(text)
    lexer.tokenize()
    return parseCondition().id
  }

  private mutating func reset() {
    draft.removeAll()
    names.removeAll()
    if !diagnostics.isEmpty { diagnostics = [] }
    if !matching.isEmpty { matching.removeAll(keepingCapacity: true) }
    position = 0
    depth = 0
    context = .condition
    operands.removeAll()
    operators.removeAll()
    items.removeAll()
    isLimitReached = false
    faultLimit = FaultLimit()
    silentGap = -1
    pendingIfs = 0
    trailingIfs = 0
    lastMissingCloser = (-1, -1)
  }

  /// Condition = Expr, and nothing behind it.
  private mutating func parseCondition() -> Operand {
    recoverGroup(parseExpr(in: .condition), in: .condition, -1)
  }

  @inline(__always) var tokens: Stack<Token> { _read { yield lexer.tokens } }

  /// Where the last token that was read ends.
  var previousEnd: Int { position > 0 ? tokens[position - 1].span.end : 0 }
}

// What trees and macro expansions are built with.
extension Parser {
  /// Adds a node behind all others.
  mutating func append(_ node: Node) -> ExpressionID {
    draft.nodes.append(node)
    return ExpressionID(draft.nodes.count - 1)
  }

  /// The id of a name, which is added to the tree when it is new.
  mutating func intern(_ name: StaticString) -> NameID { intern(Array("\(name)".utf8)) }

  /// The id of a name, which is added to the tree when it is new.
  mutating func intern(_ name: [UInt8]) -> NameID {
    unsafe name.withUnsafeBytes { unsafe names.intern($0, in: &draft) }
  }

  /// The id of the name that stands at a span of the text.
  mutating func intern(_ span: SourceSpan) -> NameID {
    unsafe names.intern(
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(lexer.bytes.buffer)[span.range]), in: &draft)
  }

  /// Adds an operand list; the result is what a node's `second` holds.
  mutating func makeList(_ items: [ExpressionID]) -> UInt32 {
    let start = UInt32(truncatingIfNeeded: draft.lists.count)
    draft.lists.append(UInt32(truncatingIfNeeded: items.count))
    for item in items { draft.lists.append(item.rawValue) }
    return start
  }

  /// Moves the pending items from `mark` on into an operand list.
  mutating func makeList(from mark: Int) -> UInt32 {
    let start = UInt32(truncatingIfNeeded: draft.lists.count)
    draft.lists.append(UInt32(truncatingIfNeeded: items.count - mark))
    for index in mark..<items.count { draft.lists.append(items[index].rawValue) }
    items.removeLast(items.count - mark)
    return start
  }

  /// Reports an error or advice at a place of the condition.
  ///
  /// - Returns: The diagnostic's index, for a fix-it that is known only later; -1 when there are too many.
  @discardableResult
  mutating func report(
    _ message: some DiagnosticMessage, at span: SourceSpan, related: [RelatedPlace] = []
  ) -> Int32 {
    faultLimit.append(Diagnostic(message, at: span, related: related), to: &diagnostics)
  }

  /// Gives a diagnostic the fix-it that could not be known when it was reported; `nil` takes one away.
  mutating func attach(_ fixIt: FixIt?, to diagnostic: Int32) {
    if diagnostic >= 0 { diagnostics[Int(diagnostic)].fixIts = fixIt.map { [$0] } ?? [] }
  }

  /// A part of the text for a message, shortened when it is long.
  func excerpt(_ span: SourceSpan) -> String {
    guard span.count > 60 else { return text(span) }
    var end = span.start + 40
    while end > span.start, lexer.bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return text(SourceSpan(span.start, end)) + "…"
  }

  /// A part of the text.
  func text(_ span: SourceSpan) -> String { String(decoding: lexer.bytes[span.range], as: UTF8.self) }
}

/// Reads one text with a parser of its own.
package func parseExpression(
  _ text: String, options: ParserOptions = .cel
) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
  var parser = Parser(options: options)
  var text = text
  text.withUTF8 { unsafe parser.parse($0) }
  return (parser.tree, parser.diagnostics)
}

/// The tokens of a text in order, comments among them.
package func tokens(of text: String) -> [Token] {
  var lexer = Lexer()
  var text = text
  text.withUTF8 { unsafe lexer.load($0) }
  lexer.tokenize()
  let comments = lexer.comments.map { Token(.comment, $0.start, $0.end) }
  return (lexer.tokens.dropLast() + comments).sorted { $0.span.start < $1.span.start }
}

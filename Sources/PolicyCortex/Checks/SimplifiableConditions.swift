import CEL
import Diagnostics
import Source

/// Whether a node compares what is surely a boolean with `true` or `false`.
@inline(__always)
func comparesBoolean(_ node: Node, _ tree: SyntaxTree, _ types: CheckedTypes) -> Bool {
  guard node.operation == .equal || node.operation == .notEqual else { return false }
  let left = tree.nodes[Int(node.first)].kind
  let right = tree.nodes[Int(node.second)].kind
  if right == .bool { return !left.isLiteral && types.isBoolean(ExpressionID(rawValue: node.first)) }
  return left == .bool && !right.isLiteral && types.isBoolean(ExpressionID(rawValue: node.second))
}

/// Whether the left operand of a comparison is a literal, and the right one is none.
@inline(__always)
func hasLiteralLeft(_ node: Node, _ tree: SyntaxTree) -> Bool {
  guard tree.nodes[Int(node.first)].kind.isLiteral else { return false }
  let right = tree.nodes[Int(node.second)]
  switch right.kind {
  // `"a" == !x` would become `!x == "a"`, which reads otherwise.
  case .unary: return right.operation == .negate
  case .identifier, .select, .index, .call, .memberCall, .binary, .comprehension, .conditional: return true
  case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .chain, .list, .map, .message: return false
  }
}

/// Whether a node is `!!x` of what is surely a boolean.
@inline(__always)
func isDoubleNegation(_ node: Node, _ tree: SyntaxTree, _ types: CheckedTypes) -> Bool {
  let inner = tree.nodes[Int(node.first)]
  return node.operation == .not && inner.kind == .unary && inner.operation == .not
    && inner.span.start == node.span.start + 1 && types.isBoolean(ExpressionID(rawValue: inner.first))
}

extension CheckedExpression {
  /// `x == true` is `x`, and `x == false` is `!x`.
  func checkBooleanComparison(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let node = tree[id]
    guard !isFaulty(id) else { return }
    let places = written(id)
    let isRight = tree.nodes[Int(node.second)].kind == .bool
    let (kept, operand) = isRight ? (places.left, node.first) : (places.right, node.second)
    let literal = tree.nodes[Int(isRight ? node.second : node.first)]
    let isKept = (literal.first != 0) == (node.operation == .equal)
    let lost = isRight ? SourceSpan(kept.end, node.span.end) : SourceSpan(node.span.start, kept.start)
    let isTight = tree.nodes[Int(operand)].span != kept || !tree.nodes[Int(operand)].kind.isLoose
    var edits: [SourceEdit] = []
    if !isKept { edits.append(SourceEdit(span: SourceSpan(at: kept.start), text: isTight ? "!" : "!(")) }
    edits.append(SourceEdit(span: lost, text: !isKept && !isTight && isRight ? ")" : ""))
    if !isRight {
      // What is lost stands before the operand: a negation takes its place.
      edits = [SourceEdit(span: lost, text: isKept ? "" : isTight ? "!" : "!(")]
      if !isKept, !isTight { edits.append(SourceEdit(span: SourceSpan(at: kept.end), text: ")")) }
    }
    let meant = isKept ? excerpt(kept) : isTight ? "!" + excerpt(kept) : "!(\(excerpt(kept)))"
    let fixIt = hasComment(in: lost) ? nil : FixIt("write `\(meant)`", edits: edits, applicability: .safe)
    let message = SimplifiableCondition(
      "what is compared with `\(source(literal.span))` is a boolean itself: `\(meant)` says the same", fixIt: fixIt)
    found.append(Diagnostic(message, at: node.span))
  }

  /// `!!x` is `x`.
  func checkDoubleNegation(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let start = tree[id].span.start
    guard !isFaulty(id), text[start] == UInt8(ascii: "!") else { return }
    // INVARIANT: the walk meets the inner pairs of `!!!!x` first; the outer ones are told of when those are gone.
    if start >= 1, text[start - 1] == UInt8(ascii: "!") { return }
    let end = skippingBlanks(from: start + 2, before: tree[id].span.end)
    let fixIt = FixIt(
      "remove both", edits: [SourceEdit(span: SourceSpan(start, end), text: "")], applicability: .safe)
    let message = SimplifiableCondition(
      "two negations of a boolean cancel out", fixIt: hasComment(in: SourceSpan(start, end)) ? nil : fixIt)
    found.append(Diagnostic(message, at: tree[id].span))
  }

  /// `"a" == x` is `x == "a"`, and `5 < x` is `x > 5`.
  mutating func checkLiteralLeft(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let node = tree[id]
    guard !isFaulty(id), !isPartOfRange(id) else { return }
    let places = written(id)
    let (left, right) = (source(places.left), source(places.right))
    let operation = source(places.operation)
    let mirrored = node.operation == node.operation.mirrored ? operation : node.operation.mirrored.sign
    let isOnOneLine = !(left + right).utf8.contains { $0 == 0x0A || $0 == 0x0D }
    var edits = [SourceEdit(span: places.left, text: right), SourceEdit(span: places.right, text: left)]
    if mirrored != operation { edits.insert(SourceEdit(span: places.operation, text: mirrored), at: 1) }
    let meant = "\(excerpt(places.right)) \(mirrored) \(excerpt(places.left))"
    let message = SimplifiableCondition(
      "what is asked about stands behind the literal it is compared with",
      fixIt: isOnOneLine ? FixIt("write `\(meant)`", edits: edits, applicability: .safe) : nil)
    found.append(Diagnostic(message, at: node.span))
  }

  /// Whether an ordering stands beside another one: `1 < x && x < 5` is written so to show the range.
  private mutating func isPartOfRange(_ id: ExpressionID) -> Bool {
    guard tree[id].operation.isOrdering, let parent = parent(of: id), tree[parent].kind == .chain else { return false }
    for operand in tree.list(tree[parent].second) where operand != id {
      guard look() else { return true }
      if tree[operand].kind == .binary, tree[operand].operation.isOrdering { return true }
    }
    return false
  }
}

extension Operator {
  fileprivate var isOrdering: Bool { mirrored != self }

  /// An ordering as CEL writes it.
  fileprivate var sign: String {
    switch self {
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .none, .not, .negate, .or, .and, .equal, .notEqual, .in, .add, .subtract, .multiply, .divide, .modulo: ""
    }
  }
}

extension NodeKind {
  /// Whether a `!` before it would apply to its first part only.
  fileprivate var isLoose: Bool {
    switch self {
    case .binary, .chain, .conditional: true
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .call, .memberCall,
      .unary, .list, .map, .message, .comprehension:
      false
    }
  }
}

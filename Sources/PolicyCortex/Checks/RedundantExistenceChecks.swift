import CEL
import Diagnostics
import Source

/// What an operand says of an attribute being there.
///
/// Of `&&` what it says by being true, of `||` what it says by being false.
enum Existence {
  /// `has(a.b)`; `!has(a.b)`.
  case member(of: UInt32, name: UInt32)
  /// `a.b != null`; `a.b == null`.
  case notNull(UInt32)
  /// `a.b == "x"`, `a.b in ["x"]`: never of an attribute that is absent.
  case value(UInt32)

  /// Reads one operand of a chain.
  init?(_ id: UInt32, _ tree: SyntaxTree, isConjunction: Bool) {
    let node = tree.nodes[Int(id)]
    switch node.kind {
    case .select where isConjunction && node.flags.contains(.isPresenceTest):
      self = .member(of: node.first, name: node.second)
    case .unary where !isConjunction && node.operation == .not:
      let test = tree.nodes[Int(node.first)]
      guard test.kind == .select, test.flags.contains(.isPresenceTest) else { return nil }
      self = .member(of: test.first, name: test.second)
    case .binary:
      let left = tree.nodes[Int(node.first)]
      let right = tree.nodes[Int(node.second)]
      let sought: Operator = isConjunction ? .notEqual : .equal
      if node.operation == sought, right.kind == .null, left.isPlainSelection {
        self = .notNull(node.first)
      } else if node.operation == sought, left.kind == .null, right.isPlainSelection {
        self = .notNull(node.second)
      } else if isConjunction, node.operation == .equal, right.kind.isLiteral, right.kind != .null,
        left.isPlainSelection
      {
        self = .value(node.first)
      } else if isConjunction, node.operation == .in, right.kind == .list, left.isPlainSelection,
        tree.list(right.second).allSatisfy({ tree[$0].kind.isLiteral && tree[$0].kind != .null })
      {
        self = .value(node.first)
      } else {
        return nil
      }
    case .select, .unary, .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .index, .call,
      .memberCall, .chain, .conditional, .list, .map, .message, .comprehension:
      return nil
    }
  }

  /// Whether it asks for nothing but presence.
  var isQuestion: Bool {
    switch self {
    case .member, .notNull: true
    case .value: false
    }
  }

  /// Whether what this says makes the other certain, and fails only where the other fails or is certain.
  ///
  /// `has(a.b)` does not say that `a.b` is not null; but `has(a.b.c)` does, and so does all that is said of `a.b.c`.
  func settles(_ other: Existence, _ tree: SyntaxTree) -> Bool {
    switch (self, other) {
    case (.member(let operand, let name), .member(let otherOperand, let otherName)):
      name == otherName && tree.areSamePaths(operand, otherOperand)
        || tree.isSelection(operand, of: otherOperand, otherName)
        || tree.isPath(operand, beyondMember: otherName, of: otherOperand)
    case (.member(let operand, _), .notNull(let path)):
      tree.areSamePaths(operand, path) || tree.isPath(operand, beyond: path)
    case (.notNull(let path), .member(let operand, let name)), (.value(let path), .member(let operand, let name)):
      tree.isSelection(path, of: operand, name) || tree.isPath(path, beyondMember: name, of: operand)
    case (.notNull(let path), .notNull(let other)), (.value(let path), .notNull(let other)):
      tree.areSamePaths(path, other) || tree.isPath(path, beyond: other)
    case (_, .value): false
    }
  }

  /// The attribute's innermost expression, by which its root is found.
  var path: UInt32 {
    switch self {
    case .member(let operand, _): operand
    case .notNull(let path), .value(let path): path
    }
  }
}

extension SyntaxTree {
  /// Whether a path selects that member of that operand.
  fileprivate func isSelection(_ path: UInt32, of operand: UInt32, _ name: UInt32) -> Bool {
    let node = nodes[Int(path)]
    return node.isPlainSelection && node.second == name && areSamePaths(node.first, operand)
  }

  /// Whether a path goes on by names from a member of an operand.
  fileprivate func isPath(_ path: UInt32, beyondMember name: UInt32, of operand: UInt32) -> Bool {
    var id = path
    for _ in 0..<32 {
      let node = nodes[Int(id)]
      guard node.isPlainSelection else { return false }
      id = node.first
      if isSelection(id, of: operand, name) { return true }
    }
    return false
  }
}

/// How many operands before one are looked at for what they settle.
private let reach = 8

/// The first operand of a chain that asks for what one before it has settled, and that one, by their places.
private func redundantQuestion(
  in node: Node, _ tree: SyntaxTree, from start: Int = 1
) -> (question: Int, proof: Int)? {
  let first = Int(node.second) + 1
  let count = Int(tree.lists[Int(node.second)])
  let isConjunction = node.operation == .and
  for place in start..<max(start, count) {
    // Most operands are comparisons with a value, which ask nothing.
    let operand = tree.nodes[Int(tree.lists[first + place])]
    if operand.kind == .binary, operand.operation != (isConjunction ? .notEqual : .equal) { continue }
    guard let question = Existence(tree.lists[first + place], tree, isConjunction: isConjunction), question.isQuestion
    else { continue }
    for before in max(0, place - reach)..<place {
      if let proof = Existence(tree.lists[first + before], tree, isConjunction: isConjunction),
        proof.settles(question, tree)
      {
        return (place, before)
      }
    }
  }
  return nil
}

func hasRedundantQuestion(_ node: Node, _ tree: SyntaxTree) -> Bool { redundantQuestion(in: node, tree) != nil }

extension CheckedExpression {
  /// Checks the operands of a chain, in which the order of evaluation decides nothing: without the question the chain is
  /// true, false or an error for the same inputs.
  ///
  /// Only for what comes from the input: elsewhere an absent member is an error, and the question is what prevents it.
  mutating func checkExistence(_ id: ExpressionID, _ types: CheckedTypes, into found: inout [Diagnostic]) {
    let node = tree[id]
    let count = Int(tree.lists[Int(node.second)])
    guard look(count) else { return }
    let places = writtenChain(id).operands
    guard places.count == count else { return }
    var start = 1
    while start < count, look(count), let (question, proof) = redundantQuestion(in: node, tree, from: start) {
      start = question + 1
      let first = Int(node.second) + 1
      let asked = tree.lists[first + question]
      guard let existence = Existence(asked, tree, isConjunction: node.operation == .and),
        isInputPath(existence.path, types), !isFaulty(operand(asked)), !isFaulty(operand(tree.lists[first + proof]))
      else { continue }
      let removed = SourceSpan(places[question - 1].end, places[question].end)
      // An operand that is left alone is no longer held to be a boolean.
      let keepsType = count > 2 || types.isBoolean(operand(tree.lists[first + 1 - question]))
      let canRemove = keepsType && !hasComment(in: removed)
      let fixIt = FixIt("remove it", edits: [SourceEdit(span: removed, text: "")], applicability: .safe)
      let message = RedundantExistenceCheck(
        attribute: attribute(of: existence), proof: excerpt(places[proof]), fixIt: canRemove ? fixIt : nil)
      found.append(Diagnostic(message, at: places[question]))
    }
  }

  func attribute(of existence: Existence) -> String {
    switch existence {
    case .member(let operand, let name):
      excerpt(tree.nodes[Int(operand)].span) + "." + tree.text(NameID(rawValue: name))
    case .notNull(let path), .value(let path): excerpt(tree.nodes[Int(path)].span)
    }
  }
}

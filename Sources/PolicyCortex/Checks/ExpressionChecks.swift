import CEL
import Diagnostics
import Source

/// Gives advice on one expression at a time: what works, but probably not as its author means.
///
/// One walk over the nodes tells the few that a check may have something to say of, the *candidates*, and notes what is
/// read. A clean expression has none, and costs a linear pass without allocation. Only for candidates the expression is
/// laid out for closer looks, and each is given to the checks of its kind: one file each in this folder.
///
/// To add a check: write it as an extension of `CheckedExpression`, name its candidates in `isCandidate`, and call it from
/// `check(_:in:_:into:)`. What needs a proof over all inputs (`never-true`, `redundant-clause`) is no matter of
/// one node, and belongs beside `PolicyChecks`.
struct ExpressionChecks: Sendable {
  /// What `now` is taken to be: comparisons that it has settled for ever are reported.
  var clock: Timestamp
  let names: PolicyNames
  /// What the expression that was checked last reads.
  private(set) var reads = ExpressionReads()
  private var candidates: [UInt32] = []
  private let shadowedNames: ShadowedNames
  private var attributeChecks = AttributeChecks()
  /// Whether `now` has been read before the place of the walk; after it, in the expression.
  private(set) var hasReadNow = false
  /// Whether the expression has words for operators.
  private var hasWords = false

  /// Expressions with more errors are not advised on: most of their parts depend on one.
  private static let faultLimit = 100

  init(_ environment: Environment, clock: Timestamp) {
    self.clock = clock
    shadowedNames = ShadowedNames(environment)
    names = PolicyNames(environment)
  }

  /// Checks one expression that was parsed and typed.
  ///
  /// - Parameters:
  ///   - tree: What the parser read.
  ///   - text: What it was read from.
  ///   - readings: What was found with each of the policy's resource types, one at least.
  ///   - role: What the expression is in its policy.
  ///   - found: What was found in it before, and where advice is added.
  mutating func check(
    _ tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>, _ readings: [CheckedTypes], role: ExpressionRole,
    into found: inout [Diagnostic]
  ) {
    hasWords = found.contains { $0.code == WordOperator.descriptor.id }
    if !tree.macroCalls.isEmpty { shadowedNames.check(tree, into: &found) }
    let types = readings[0]
    findCandidates(in: tree, types)
    attributeChecks.findCandidates(in: tree, types)
    guard !candidates.isEmpty || attributeChecks.hasCandidates else { return }
    guard found.count < Self.faultLimit || found.count(where: { $0.severity == .error }) < Self.faultLimit else {
      return
    }
    var expression = unsafe CheckedExpression(
      tree, text: Array(text), role: role, names: names, readings: readings, after: found)
    for candidate in candidates {
      check(ExpressionID(rawValue: candidate), in: &expression, types, into: &found)
    }
    attributeChecks.check(&expression, types, into: &found)
  }

  /// Finds the nodes that a check may have something to say of, and notes what is read.
  private mutating func findCandidates(in tree: SyntaxTree, _ types: CheckedTypes) {
    reads.reset()
    candidates.removeAll(keepingCapacity: true)
    hasReadNow = false
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      switch node.kind {
      case .null, .bool, .int, .uint, .double, .string, .bytes, .error: continue
      case .identifier: noteRead(index, node, tree, types)
      case .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional, .list, .map, .message,
        .comprehension:
        if isCandidate(node, tree, types) { candidates.append(UInt32(truncatingIfNeeded: index)) }
      }
    }
  }

  /// Notes what an identifier refers to.
  private mutating func noteRead(_ index: Int, _ node: Node, _ tree: SyntaxTree, _ types: CheckedTypes) {
    guard case .variable(let place) = types.reference(of: ExpressionID(index)) else { return }
    if place == names.resource {
      reads.readsResource = true
    } else if place == names.now {
      hasReadNow = true
    } else if place == names.variables {
      noteVariable(index, tree, types)
    }
  }

  /// Notes the `x` of `variables.x` and `variables["x"]`, whose nodes stand right behind the identifier.
  private mutating func noteVariable(_ index: Int, _ tree: SyntaxTree, _ types: CheckedTypes) {
    let next = index + 1
    guard next < tree.nodes.count else { return reads.readsAnyVariable = true }
    let node = tree.nodes[next]
    if node.kind == .select, Int(node.first) == index, case .member(let place) = types.reference(of: ExpressionID(next))
    {
      reads.addVariable(place)
    } else if node.kind == .string, next + 1 < tree.nodes.count, tree.nodes[next + 1].kind == .index,
      Int(tree.nodes[next + 1].first) == index, Int(tree.nodes[next + 1].second) == next,
      let place = names.variable(named: tree.literal(node), in: tree)
    {
      reads.addVariable(place)
    } else {
      reads.readsAnyVariable = true
    }
  }

  /// Whether a check may have something to say of a node: quick, and right more often than not.
  @inline(__always)
  private func isCandidate(_ node: Node, _ tree: SyntaxTree, _ types: CheckedTypes) -> Bool {
    switch node.kind {
    case .binary:
      switch node.operation {
      case .in:
        isEmptyMembership(node, tree) || hasNegatedLeft(node, tree) || comparesLetterCase(node, tree)
      case .equal, .notEqual:
        hasReadNow || hasLiteralLeft(node, tree) || comparesMembers(node, tree) || hasNegatedLeft(node, tree)
          || comparesLetterCase(node, tree) || comparesBoolean(node, tree, types) || comparesSize(node, tree)
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        hasReadNow || hasLiteralLeft(node, tree) || comparesSize(node, tree)
      case .none, .not, .negate, .or, .and, .add, .subtract, .multiply, .divide, .modulo: false
      }
    case .chain:
      hasEqualityRow(node, tree) || hasRedundantQuestion(node, tree) || hasWords && hasConjunction(node, tree)
    case .unary: isDoubleNegation(node, tree, types)
    case .memberCall: searchesLetterCase(node, tree)
    case .comprehension: isEmptyLoop(node, tree)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .call, .conditional,
      .list, .map, .message:
      false
    }
  }

  /// Gives a candidate to the checks of its kind.
  private func check(
    _ id: ExpressionID, in expression: inout CheckedExpression, _ types: CheckedTypes, into found: inout [Diagnostic]
  ) {
    let node = expression.tree[id]
    let tree = expression.tree
    // What a macro made is not what an author wrote.
    guard !node.flags.contains(.isSynthetic) || node.kind == .comprehension else { return }
    switch node.kind {
    case .binary:
      if isEmptyMembership(node, tree) { expression.checkEmptyMembership(id, into: &found) }
      if comparesLetterCase(node, tree) { expression.checkComparedLetterCase(id, into: &found) }
      if comparesMembers(node, tree) { expression.checkAbsentComparison(id, types, into: &found) }
      // With schemas, all comparisons with numbers are looked at.
      if !types.hasAttributes, comparesSize(node, tree) { expression.checkRange(id, into: &found) }
      if hasReadNow { expression.checkExpiry(id, clock: clock, types, into: &found) }
      if node.operation != .in, hasLiteralLeft(node, tree), !comparesBoolean(node, tree, types) {
        expression.checkLiteralLeft(id, into: &found)
      }
      if hasNegatedLeft(node, tree) {
        expression.checkNegatedLeft(id, into: &found)
      } else if comparesBoolean(node, tree, types) {
        expression.checkBooleanComparison(id, into: &found)
      }
    case .chain:
      if hasEqualityRow(node, tree) { expression.checkEqualityRows(id, into: &found) }
      if hasRedundantQuestion(node, tree) { expression.checkExistence(id, types, into: &found) }
      if hasWords, hasConjunction(node, tree) { expression.checkConjunctions(id, into: &found) }
    case .unary: expression.checkDoubleNegation(id, into: &found)
    case .memberCall: expression.checkSearchedLetterCase(id, into: &found)
    case .comprehension: expression.checkEmptyLoop(id, into: &found)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .call, .conditional,
      .list, .map, .message:
      break
    }
  }
}

import CEL
import Diagnostics
import Source

/// A place where null is an error.
struct NullRejection {
  /// What must not be null.
  let path: UInt32
  /// What uses it; the path itself where it is the condition, or an operand of `&&`, `||` or `?:`.
  let user: ExpressionID
}

extension CheckedExpression {
  /// The operands of a node that must not be null, as far as they are paths to attributes that may be absent.
  func nullRejections(of id: ExpressionID) -> [NullRejection] {
    let node = tree[id]
    var found: [NullRejection] = []
    func add(_ path: UInt32, _ user: ExpressionID? = nil) {
      let node = tree.nodes[Int(path)]
      guard tree.isMember(node), tree.pathRoot(of: path) != nil, hasAttribute(path) else { return }
      found.append(NullRejection(path: path, user: user ?? operand(path)))
    }
    switch node.kind {
    case .binary:
      switch node.operation {
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply, .divide, .modulo:
        add(node.first, id)
        add(node.second, id)
      case .in: add(node.second, id)
      case .none, .not, .negate, .or, .and, .equal, .notEqual: break
      }
    case .unary: add(node.first, id)
    case .chain: for operand in tree.list(node.second) { add(operand.rawValue) }
    case .conditional: if let condition = tree.list(node.second).first { add(condition.rawValue) }
    case .call, .memberCall:
      for (place, argument) in tree.list(node.second).enumerated() where tree.isMember(tree[argument]) {
        if rejectsNull(id, at: place) { add(argument.rawValue, id) }
      }
    case .comprehension: add(tree.comprehensions[Int(node.first)].range.rawValue, id)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .select, .index, .list, .map,
      .message:
      break
    }
    if id == tree.root, role.isCondition { add(id.rawValue) }
    return found
  }

  private func hasAttribute(_ path: UInt32) -> Bool {
    readings.allSatisfy { $0.selectedAttribute(of: operand(path)) != nil }
  }

  /// Whether the expression names values in passing, `cel.bind(…)`: what they ask for is not looked into.
  var hasBindings: Bool {
    tree.comprehensions.contains { tree[$0.range].kind == .list && tree[$0.range].flags.contains(.isSynthetic) }
  }

  /// Whether an attribute may be absent where it is used, as far as the expression goes; not when in doubt.
  mutating func isUnguarded(_ use: NullRejection, _ types: CheckedTypes) -> Bool {
    guard isInputPath(use.path, types) else { return false }
    for step in optionalSteps(of: use.path) where isReached(operand(use.path), without: step) { return true }
    return false
  }

  /// Whether an expression is evaluated, and its error counts, where an attribute is absent.
  private mutating func isReached(_ start: ExpressionID, without absent: UInt32) -> Bool {
    guard let absence = absence(of: absent) else { return false }
    var child = start
    while let parent = parent(of: child) {
      guard look() else { return false }
      let node = tree[parent]
      switch node.kind {
      case .chain:
        let decisive: Outcomes = node.operation == .and ? .isFalse : .isTrue
        for other in tree.list(node.second) where other != child {
          if tree[other].kind == .identifier, tree[other].flags.contains(.isSynthetic) { continue }
          let value = outcomes(ofOperand: other.rawValue, without: absence)
          // An error beside what decides is no error.
          if value == decisive || value.contains(.asks) { return false }
        }
      case .conditional:
        let parts = Array(tree.list(node.second))
        guard parts.count == 3 else { return false }
        if child == parts[0] { break }
        let value = outcomes(ofOperand: parts[0].rawValue, without: absence)
        if value.contains(.asks) || !value.contains(child == parts[1] ? .isTrue : .isFalse) { return false }
      case .comprehension:
        let range = tree.comprehensions[Int(node.first)].range
        if child == range { break }
        let value = outcomes(ofOperand: range.rawValue, without: absence)
        if value.contains(.asks) || value.isDisjoint(with: [.isOther]) { return false }
      case .error: return false
      case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .select, .index, .call, .memberCall,
        .unary, .binary, .list, .map, .message:
        break
      }
      child = parent
    }
    return child == tree.root
  }

  /// Reports a use, and says for which part of the expression its fix-it answers the question.
  mutating func report(
    unguarded use: NullRejection, _ types: CheckedTypes, into found: inout [Diagnostic]
  ) -> ExpressionID {
    let span = tree.nodes[Int(use.path)].span
    let path = source(span)
    var edits: [SourceEdit] = []
    var scope = use.user
    if let site = guardedPart(of: use, types), !path.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }),
      !hasComment(in: span)
    {
      let place = tree[site].span
      let parent = parent(of: site).map { tree[$0] }
      let isOperand = parent.map { $0.kind == .chain && $0.operation == .and && !$0.flags.contains(.isSynthetic) }
      let isAlone =
        parent == nil || isOperand == true || parent?.flags.contains(.isSynthetic) == true
        || parent?.kind == .conditional
      edits = [
        SourceEdit(span: SourceSpan(place.start, place.start), text: (isAlone ? "" : "(") + "\(path) != null && ")
      ]
      if !isAlone { edits.append(SourceEdit(span: SourceSpan(place.end, place.end), text: ")")) }
      scope = isOperand == true ? self.parent(of: site) ?? site : site
    }
    let fixIt = edits.isEmpty ? nil : FixIt("ask for it first", edits: edits, applicability: .unsafe)
    let message = UnguardedAttribute(attribute: excerpt(span), consequence: consequence, fixIt: fixIt)
    found.append(Diagnostic(message, at: span))
    return scope
  }

  /// Whether an expression is a part of another one, or that itself.
  mutating func isPart(_ id: ExpressionID, of whole: ExpressionID) -> Bool {
    var id = id
    while id != whole {
      guard look(), let parent = parent(of: id) else { return false }
      id = parent
    }
    return true
  }

  /// The smallest part around a use that is a boolean, with what negates it: before it `&&` may stand.
  private mutating func guardedPart(of use: NullRejection, _ types: CheckedTypes) -> ExpressionID? {
    var site = use.user
    while !types.isBoolean(site), site.rawValue != use.path {
      guard look(), let parent = parent(of: site) else { return nil }
      switch tree[parent].kind {
      case .select, .index, .call, .memberCall, .unary, .binary, .list, .map: site = parent
      case .comprehension where tree.comprehensions[Int(tree[parent].first)].range == site: site = parent
      case .comprehension, .chain, .conditional, .null, .bool, .int, .uint, .double, .string, .bytes, .error,
        .identifier, .message:
        return nil
      }
    }
    while let parent = parent(of: site), tree[parent].kind == .unary, tree[parent].operation == .not,
      !tree[parent].flags.contains(.isSynthetic)
    {
      site = parent
    }
    return site
  }

  private var consequence: UnguardedAttribute.Consequence {
    switch role {
    case .condition(.deny): .denies
    case .condition(.warn), .condition(.audit): .applies
    case .condition(.allow): .doesNotApply
    case .condition(nil), .variable, .template: .unknown
    }
  }
}

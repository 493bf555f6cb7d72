internal import CEL
internal import Source

/// The parts of a condition whose values a trace shows, each with a program of its own.
///
/// What is written as a value (literals, lists of them) and the roots of the input are left out, since their values say
/// nothing; and so is what a macro computes for each element, which has no single value.
struct TracePlan: Sendable {
  /// How evaluating a part goes on to its own parts.
  enum Kind: Sendable {
    /// To all of them.
    case plain
    /// `&&` and `||`: up to the one that decides.
    case conjunction, disjunction
    /// `?:`: the condition, and the branch that it takes.
    case conditional
  }

  /// A part, by its place in `parts`.
  struct Part: Sendable {
    let span: SourceSpan
    let anchor: Int
    let program: Program
    let kind: Kind
    /// Whether its value is worth showing.
    let isShown: Bool
    /// Whether it is meant to be true or false.
    let isBoolean: Bool
    var children: [Int] = []
  }

  /// The whole condition first.
  private(set) var parts: [Part] = []

  /// A longer condition is traced as far as this; programs of all parts of a chain take quadratic room.
  static let partLimit = 500

  /// Plans the trace of the tree that was checked last.
  init(_ tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>, _ checker: inout Checker, _ builder: inout ProgramBuilder)
  {
    let anchors = unsafe ExpressionAnchors(tree, text: text)
    var pending: [(id: ExpressionID, parent: Int?)] = [(tree.root, nil)]
    while let next = pending.popLast(), parts.count < Self.partLimit {
      let kind = tree.traceKind(of: next.id)
      let isShown = tree.isShown(next.id, checker)
      // The operands of what decides are needed whatever they are.
      let isNeeded = next.parent.map { parts[$0].kind != .plain } ?? true
      guard isShown || isNeeded else { continue }
      let isDecisive = next.parent.map { parts[$0].kind == .conjunction || parts[$0].kind == .disjunction } ?? true
      let part = Part(
        span: tree[next.id].span, anchor: anchors.anchor(of: next.id),
        program: builder.program(tree, &checker, root: next.id), kind: kind, isShown: isShown,
        isBoolean: isDecisive || checker.type(of: next.id) == .bool)
      if let parent = next.parent { parts[parent].children.append(parts.count) }
      let place = parts.count
      parts.append(part)
      for child in tree.tracedParts(of: next.id, checker).reversed() { pending.append((child, place)) }
    }
  }
}

extension SyntaxTree {
  fileprivate func traceKind(of id: ExpressionID) -> TracePlan.Kind {
    let node = self[id]
    guard !node.flags.contains(.isSynthetic) else { return .plain }
    switch node.kind {
    case .chain: return node.operation == .and ? .conjunction : .disjunction
    case .conditional: return .conditional
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .select, .index, .call, .memberCall,
      .unary, .binary, .list, .map, .message, .comprehension:
      return .plain
    }
  }

  /// Whether a part's value says more than its text.
  fileprivate func isShown(_ id: ExpressionID, _ checker: Checker) -> Bool {
    let node = self[id]
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error: return false
    case .identifier:
      guard case .variable(let index) = checker.reference(of: id) else { return false }
      // Time is worth showing; the input and its like are known.
      return checker.environment.variables[index].name == "now"
    case .list, .map: return !list(node.second).allSatisfy { self[$0].kind.isLiteral }
    case .select:
      switch checker.reference(of: id) {
      case .typeName, .constant: return false
      case .none, .local, .variable, .member, .function, .attribute: return true
      }
    case .unary: return !(node.operation == .negate && self[ExpressionID(rawValue: node.first)].kind.isLiteral)
    case .index, .call, .memberCall, .binary, .chain, .conditional, .message, .comprehension: return true
    }
  }

  /// The parts of an expression as it was written that have a value of their own.
  fileprivate func tracedParts(of id: ExpressionID, _ checker: Checker) -> [ExpressionID] {
    let node = self[id]
    switch node.kind {
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: return []
    case .select:
      switch checker.reference(of: id) {
      case .variable, .member, .typeName, .constant: return []
      case .none, .local, .function, .attribute: return [ExpressionID(rawValue: node.first)]
      }
    case .unary: return [ExpressionID(rawValue: node.first)]
    case .index, .binary: return [ExpressionID(rawValue: node.first), ExpressionID(rawValue: node.second)]
    case .call, .memberCall:
      return Array(list(node.second).dropFirst(node.kind == .memberCall && checker.isNamespaced(id) ? 1 : 0))
    case .chain, .conditional, .list, .map: return Array(list(node.second))
    case .message: return list(node.second).enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    case .comprehension:
      let loop = comprehensions[Int(node.first)]
      // The start of `cel.bind` is the value that gets a name; those of loops are made by the macro.
      return [loop.range, loop.accumulatorStart].filter { !self[$0].flags.contains(.isSynthetic) }
    }
  }
}

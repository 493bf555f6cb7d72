internal import Diagnostics
internal import Source

// Puts faults in words, when the walk is over and all types are known.
extension Checker {
  mutating func report(
    _ faults: [TypeFault], in tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>, into diagnostics: inout [Diagnostic]
  ) {
    let places = unsafe TokenPlaces(tree, text)
    for fault in faults {
      let node = tree.nodes[Int(fault.node)]
      switch fault.kind {
      case .unknownFunction: reportUnknownFunction(fault, node, places, into: &diagnostics)
      case .argumentCount: reportArgumentCount(fault, node, places, into: &diagnostics)
      case .noOverload: reportNoOverload(fault, node, places, into: &diagnostics)
      case .operands: reportOperands(node, places, into: &diagnostics)
      case .incomparable: reportIncomparable(node, places, into: &diagnostics)
      case .notBooleanOperand: reportNotBoolean(fault, node, tree, into: &diagnostics)
      case .negation:
        let text = "`-` needs an `int` or a `double`, and this is `\(name(fault.operand))`"
        let help = kind(fault.operand) == .uint ? "`int(…)` converts it" : nil
        diagnostics.append(
          Diagnostic(NoMatchingOverload(text, help: help), at: SourceSpan(node.span.start, node.span.start + 1)))
      case .branches: reportBranches(fault, node, tree, into: &diagnostics)
      case .selection: reportSelection(fault, node, tree, into: &diagnostics)
      case .unknownField: reportUnknownField(fault, node, tree, into: &diagnostics)
      case .unknownType: reportUnknownType(node, places, into: &diagnostics)
      case .fieldValue: reportFieldValue(fault, tree, into: &diagnostics)
      case .indexing: reportIndexing(node, tree, into: &diagnostics)
      case .range: reportRange(fault, node, tree, into: &diagnostics)
      case .optionalEntry:
        let text = "an entry with `?` must be `optional`, and this is `\(name(fault.operand))`"
        let help = "leave out the `?`, or write `optional.of(…)`"
        diagnostics.append(Diagnostic(NoMatchingOverload(text, help: help), at: node.span))
      case .unknownAttribute: noteAttributeFault(fault, node, tree)
      case .unknownChoice: reportUnknownChoice(fault, node, places, into: &diagnostics)
      case .notBoolean:
        let message = ConditionNotBoolean(type: name(fault.node), help: TypeAdvice.asCondition(kind(fault.node)))
        diagnostics.append(Diagnostic(message, at: node.span))
      }
    }
  }

  /// Leaves out faults of expressions that a syntax error reaches to the end of, for these may have been meant to end
  /// elsewhere: a bracket is missing, or a quote.
  mutating func leaveOutGuesses(in tree: SyntaxTree, after diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.code == InvalidConditionSyntax.descriptor.id }.map(\.span)
      .sorted { $0.start < $1.start }
    guard !errors.isEmpty else { return }
    faults.removeAll { fault in
      switch fault.kind {
      case .notBoolean: return true
      case .notBooleanOperand, .unknownFunction, .argumentCount, .noOverload, .operands, .incomparable, .negation,
        .branches, .selection, .unknownField, .unknownType, .fieldValue, .indexing, .range, .optionalEntry,
        .unknownAttribute, .unknownChoice:
        let id = fault.kind == .notBooleanOperand || fault.kind == .fieldValue ? fault.operand : fault.node
        return Self.reachesEnd(of: tree.nodes[Int(id)].span, errors)
      }
    }
  }

  /// Whether the last of the errors that start in a span reaches its end; errors do not overlap.
  private static func reachesEnd(of span: SourceSpan, _ errors: [SourceSpan]) -> Bool {
    var low = 0
    var high = errors.count
    while low < high {
      let middle = (low + high) / 2
      if errors[middle].start <= span.end { low = middle + 1 } else { high = middle }
    }
    return low > 0 && errors[low - 1].start > span.start && errors[low - 1].end >= span.end
  }

  /// A node's type, for people.
  mutating func name(_ id: UInt32) -> String { type(of: ExpressionID(rawValue: id)).description }

  /// What a node's type is, wrappers taken off.
  mutating func kind(_ id: UInt32) -> TypeKind {
    let type = substitution.resolved(types[Int(id)], isFinal: true)
    return type.isInTable && type != .unknown ? substitution.table.kind(type).unwrapped : .dyn
  }

  private mutating func reportOperands(_ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]) {
    let left = name(node.first)
    let right = name(node.second)
    let symbol = "\(node.operation.spelling)"
    let help =
      TypeAdvice.onOperands(node.operation, kind(node.first), kind(node.second)) ?? TypeAdvice.rule(node.operation)
    let text =
      symbol == "in"
      ? "`in` needs a list or a map, and this is `\(right)`" : "`\(symbol)` cannot take `\(left)` and `\(right)`"
    diagnostics.append(
      Diagnostic(
        NoMatchingOverload(text, help: help), at: places.binaryOperator(node))
    )
  }

  private mutating func reportIncomparable(_ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]) {
    let message = IncomparableTypes(
      operation: "\(node.operation.spelling)", left: name(node.first), right: name(node.second),
      help: TypeAdvice.onComparison(kind(node.first), comparedKind(node)))
    diagnostics.append(
      Diagnostic(message, at: places.binaryOperator(node)))
  }

  /// What the right operand of a comparison is; of `in`, what its elements or keys are.
  private mutating func comparedKind(_ node: Node) -> TypeKind {
    guard node.operation == .in else { return kind(node.second) }
    let range = substitution.resolved(types[Int(node.second)], isFinal: true)
    guard range.isInTable, range != .unknown else { return .dyn }
    switch substitution.table.kind(range) {
    case .list, .map: return substitution.table.kind(substitution.table.first(range)).unwrapped
    case .error, .dyn, .any, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper,
      .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper, .bytesWrapper, .type, .abstract, .message:
      return .dyn
    }
  }

  private mutating func reportNotBoolean(
    _ fault: TypeFault, _ node: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let operand = tree.nodes[Int(fault.operand)]
    let found = name(fault.operand)
    let text: String
    if node.flags.contains(.isSynthetic) {
      text =
        "\(macroName(around: fault.node, tree).map { "the condition of `\($0)`" } ?? "this") must be `bool`, and is `\(found)`"
    } else if node.kind == .conditional {
      text = "what stands before `?` must be `bool`, and this is `\(found)`"
    } else {
      text = "`\(node.operation.spelling)` needs `bool`, and this is `\(found)`"
    }
    let help = TypeAdvice.asCondition(kind(fault.operand))
    diagnostics.append(Diagnostic(NoMatchingOverload(text, help: help), at: operand.span))
  }

  private mutating func reportBranches(
    _ fault: TypeFault, _ node: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let yes = tree.lists[Int(node.second) + 2]
    let text =
      "both branches of `?:` must have the same type, and these are `\(name(yes))` and `\(name(fault.operand))`"
    let help = "`dyn(…)` around one of them allows both"
    diagnostics.append(
      Diagnostic(NoMatchingOverload(text, help: help), at: tree.nodes[Int(fault.operand)].span))
  }

  private mutating func reportSelection(
    _ fault: TypeFault, _ node: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let field = tree.text(NameID(rawValue: node.second))
    var help: String?
    if kind(fault.operand) == .list {
      help = "a list's elements are looked up with `[0]`, or looked at with `exists` and `all`"
    }
    if kind(fault.operand) == .timestamp { help = "its parts are read with methods such as `.getFullYear()`" }
    if let function = functions.names.index(of: field), functions.hasCandidate(of: function, isMember: true) {
      help = "methods are called with brackets: `.\(field)()`"
    }
    let text = "`\(name(fault.operand))` has no members, so `.\(field)` selects nothing"
    diagnostics.append(
      Diagnostic(NoMatchingOverload(text, help: help), at: memberSpan(fault.node, tree)))
  }

  /// The place of the selected name, which a selection ends with; what `has(…)` tests is its argument.
  func memberSpan(_ id: UInt32, _ tree: SyntaxTree) -> SourceSpan {
    var node = tree.nodes[Int(id)]
    if node.flags.contains(.isSynthetic) {
      guard let call = tree.macroCall(of: ExpressionID(rawValue: id))?.call,
        let argument = tree.list(tree[call].second).last
      else { return node.span }
      // `proto.getExt(a, b.c)` names the field in an argument of its own.
      guard tree[call].kind == .call, tree[argument].kind == .select else { return tree[argument].span }
      node = tree[argument]
    }
    let length = tree.names[Int(node.second)].count + (node.flags.contains(.isQuoted) ? 2 : 0)
    return SourceSpan(max(node.span.start, node.span.end - length), node.span.end)
  }

  private mutating func reportIndexing(_ node: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]) {
    let operand = name(node.first)
    let index = name(node.second)
    var text = "`\(operand)` has no elements to look up"
    var help: String?
    var span = tree.nodes[Int(node.first)].span
    var type = self.type(of: ExpressionID(rawValue: node.first))
    if case .abstract("optional_type", let values) = type, let value = values.first { type = value }
    switch type {
    case .list:
      text = "a list is looked up by `int`, and this is `\(index)`"
      span = tree.nodes[Int(node.second)].span
    case .map(let key, _):
      text = "the keys of this map are `\(key)`, and this is `\(index)`"
      span = tree.nodes[Int(node.second)].span
    case .string: help = "`charAt(…)` and `substring(…)` give parts of a string"
    case .error, .dyn, .null, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .any, .wrapper, .type,
      .abstract, .message, .parameter:
      break
    }
    diagnostics.append(Diagnostic(NoMatchingOverload(text, help: help), at: span))
  }

  private mutating func reportRange(
    _ fault: TypeFault, _ node: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let range = tree.comprehensions[Int(node.first)].range
    let macro = macroName(around: fault.node, tree) ?? "the macro"
    let text = "`\(macro)` needs a list or a map, and this is `\(name(range.rawValue))`"
    var help: String?
    if kind(range.rawValue) == .string { help = "`.split(\"\")` gives a string's characters" }
    diagnostics.append(Diagnostic(NoMatchingOverload(text, help: help), at: tree[range].span))
  }

  /// The name of the macro whose expansion a node belongs to.
  private func macroName(around id: UInt32, _ tree: SyntaxTree) -> String? {
    macroCall(around: id, tree).map { tree.text(NameID(rawValue: tree[$0.call].first)) }
  }

  /// The macro call whose expansion a node belongs to.
  func macroCall(around id: UInt32, _ tree: SyntaxTree) -> MacroCall? {
    // The calls are in the order of their expansions, each of which is behind all of its nodes.
    var low = 0
    var high = tree.macroCalls.count
    while low < high {
      let middle = (low + high) / 2
      if tree.macroCalls[middle].expansion.rawValue < id { low = middle + 1 } else { high = middle }
    }
    return low < tree.macroCalls.count ? tree.macroCalls[low] : nil
  }
}

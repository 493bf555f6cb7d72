internal import Source

/// The parts of a tree that have no variables, and what is to be looked at in them.
///
/// One pass over the nodes, which stand behind their operands; conditions compare variables with literals, so that mostly
/// there is nothing to look at.
struct ConstantParts: Sendable {
  /// Calls of functions that read a pattern, a time or a zone from an argument that is constant.
  private(set) var readings: [(call: UInt32, content: LiteralContent, argument: UInt32)] = []
  /// Whether there are parts that may fail when they are computed.
  private(set) var mayFail = false
  /// Of each node, whether it has a value that depends on nothing.
  private var isConstant: [Bool] = []

  /// Finds the constant parts of the tree that was checked last.
  mutating func find(in tree: SyntaxTree, _ checker: Checker) {
    readings.removeAll(keepingCapacity: true)
    mayFail = false
    isConstant.removeAll(keepingCapacity: true)
    isConstant.reserveCapacity(tree.nodes.count)
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      switch node.kind {
      case .null, .bool, .int, .uint, .double, .string, .bytes: isConstant.append(true)
      case .error, .identifier, .chain, .conditional, .message, .comprehension: isConstant.append(false)
      case .select: append(node.isPlainSelection && isConstant[Int(node.first)])
      case .unary: append(isConstant[Int(node.first)])
      case .binary, .index: append(isConstant[Int(node.first)] && isConstant[Int(node.second)])
      case .list: isConstant.append(areConstant(node.second, tree))
      case .map: append(areConstant(node.second, tree))
      case .call, .memberCall: appendCall(UInt32(truncatingIfNeeded: index), node, tree, checker)
      }
    }
  }

  /// Whether a node has a value that depends on nothing, not even on a name that a macro gives to a constant.
  func isConstant(_ id: ExpressionID) -> Bool { isConstant.indices.contains(id.index) && isConstant[id.index] }

  /// Adds a part that may fail if it is constant.
  private mutating func append(_ isConstant: Bool) {
    self.isConstant.append(isConstant)
    if isConstant { mayFail = true }
  }

  private func areConstant(_ list: UInt32, _ tree: SyntaxTree, skipping skipped: Int = 0) -> Bool {
    tree.list(list).dropFirst(skipped).allSatisfy {
      isConstant[$0.index] && !tree[$0].flags.contains(.isOptionalEntry)
    }
  }

  private mutating func appendCall(_ id: UInt32, _ node: Node, _ tree: SyntaxTree, _ checker: Checker) {
    let expression = ExpressionID(rawValue: id)
    guard case .function(let function) = checker.reference(of: expression) else { return isConstant.append(false) }
    let skipped = node.kind == .memberCall && checker.isNamespaced(expression) ? 1 : 0
    let content = checker.functions.literalContents[function]
    let count = Int(tree.lists[Int(node.second)]) - skipped
    // Most calls are methods of attributes, which need no more looking at.
    if content == .text, count > 0, !isConstant[Int(tree.lists[Int(node.second) + 1 + skipped])] {
      return isConstant.append(false)
    }
    // A call that has been reported already says nothing of its arguments.
    let candidates = checker.functions.functions[function]
    guard candidates.contains(where: { checker.functions.candidates[$0].parameterCount == count }) else {
      return isConstant.append(false)
    }
    var isTimeLiteral = false
    if let number = content.argument, number < count {
      let argument = tree.lists[Int(node.second) + 1 + skipped + number]
      if isConstant[Int(argument)] {
        readings.append((id, content, argument))
        // Judged from its text; to compute it would tell no more.
        isTimeLiteral = number == 0 && tree.nodes[Int(argument)].kind == .string
      }
    }
    let isConstant =
      areConstant(node.second, tree, skipping: skipped)
      && candidates.allSatisfy { checker.functions.implementations[$0] != nil }
    if isTimeLiteral { self.isConstant.append(isConstant) } else { append(isConstant) }
  }
}

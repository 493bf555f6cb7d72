internal import Source

extension Checker {
  /// Estimates the cost of the last tree that was checked, in linear time.
  ///
  /// - Parameters:
  ///   - tree: The last tree, free of faults.
  ///   - size: What is known of the size of a variable's or selection's value; `nil` when nothing is.
  /// - Returns: The estimate.
  package func costEstimate(
    of tree: SyntaxTree, size: (ExpressionID) -> SizeRange? = { _ in nil }
  ) -> CostEstimate {
    withoutActuallyEscaping(size) { size in
      var estimator = CostEstimator(tree, self, size)
      return estimator.estimate()
    }
  }

}

extension SyntaxTree {
  /// Whether the sizes of its literals cannot make it cost more than `CostEstimate.limit`, so that an estimate is not
  /// worth its time; a bound that is loose, and found without a look at what the tree means.
  package var isCheap: Bool {
    guard literalBytes.count < 4_096, nodes.count < 10_000 else { return false }
    var growsByCalls = false
    for name in names where name.count >= 4 && name.count <= 7 {
      let text = nameBytes[name.range]
      // Most names are passed by their first letter.
      guard let first = text.first, "srfj".utf8.contains(first) else { continue }
      // What makes a long list of a number or a text, and what looks at all pairs of two lists' elements.
      if text.elementsEqual("sets".utf8) { return false }
      if text.elementsEqual("range".utf8) || text.elementsEqual("split".utf8) { return false }
      // What makes one list or text of many.
      if text.elementsEqual("join".utf8) || text.elementsEqual("format".utf8) || text.elementsEqual("replace".utf8)
        || text.elementsEqual("flatten".utf8)
      {
        growsByCalls = true
      }
    }
    guard !comprehensions.isEmpty else { return true }
    var elementCount: UInt64 = 1
    var textLength: UInt64 = 0
    for node in nodes {
      switch node.kind {
      case .list, .map: elementCount = max(elementCount, UInt64(lists[Int(node.second)]))
      case .string, .bytes: textLength = max(textLength, UInt64(node.second))
      // Lists and texts that are added grow, and so do the maps that a loop makes of maps.
      case .binary: if node.operation == .add, !node.flags.contains(.isSynthetic) { return false }
      case .call: if node.flags.contains(.isSynthetic), lists[Int(node.second)] == 2 { return false }
      case .error, .null, .bool, .int, .uint, .double, .identifier, .select, .index, .memberCall, .unary, .chain,
        .conditional, .message, .comprehension:
        break
      }
    }
    // INVARIANT: no list or text of a known size is longer than the longest literal, and no function does more than look
    // at each element of a list, or at each byte of one text for each of another.
    let texts = textLength * textLength / 40 + textLength
    var bound = UInt64(nodes.count).multipliedSaturated(elementCount + texts + 4)
    // What one loop gives is no longer than its range, so that only loops inside loops multiply.
    for _ in 0..<(growsByCalls ? comprehensions.count : loopDepth) where bound <= CostEstimate.limit {
      bound = bound.multipliedSaturated(elementCount)
    }
    return bound <= CostEstimate.limit
  }

  /// How many loops at most stand one inside the other's body.
  private var loopDepth: Int {
    var deepest = 0
    // Inner loops come first; these are the ones whose outer loop has not come yet.
    var open: [(start: UInt32, depth: Int)] = []
    for macro in macroCalls where !macro.scope.isEmpty {
      var depth = 1
      while let inner = open.last, inner.start >= macro.scope.lowerBound {
        depth = max(depth, inner.depth + 1)
        open.removeLast()
      }
      open.append((macro.scope.lowerBound, depth))
      deepest = max(deepest, depth)
    }
    return deepest
  }
}

/// A walk over a checked tree that finds what each of its expressions costs, from the leaves up.
struct CostEstimator {
  /// The size of a value, and those of what it holds, by their places among all sizes.
  struct Size {
    var range: SizeRange
    /// Of the elements of a list, or the values of a map.
    var element: Int32
    /// Of the keys of a map.
    var key: Int32
  }

  let tree: SyntaxTree
  let checker: Checker
  private let knownSize: (ExpressionID) -> SizeRange?
  /// INVARIANT: the first is that of a value of which nothing is known, the second that of a value of one part.
  var sizes = [
    Size(range: .unknown, element: 0, key: 0), Size(range: .one, element: 1, key: 1),
  ]
  /// The size of each node's value; -1 until it is known.
  var nodeSizes: [Int32]
  var costs: [Cost]
  private var scope = LoopScope<Int32>()
  private var stack: [(id: UInt32, step: Step)] = []
  private var tooCostly: UInt32?

  private enum Step: UInt8 { case enter, leave, openLoop, closeLoop }

  init(_ tree: SyntaxTree, _ checker: Checker, _ knownSize: @escaping (ExpressionID) -> SizeRange?) {
    self.tree = tree
    self.checker = checker
    self.knownSize = knownSize
    nodeSizes = [Int32](repeating: -1, count: tree.nodes.count)
    costs = [Cost](repeating: Cost(), count: tree.nodes.count)
    scope.reset(nameCount: tree.names.count)
  }

  mutating func estimate() -> CostEstimate {
    guard tree.root.index < tree.nodes.count else { return CostEstimate(minimum: 0, maximum: 0, proven: 0) }
    stack.append((tree.root.rawValue, .enter))
    while let (id, step) = stack.popLast() {
      switch step {
      case .enter: enter(id)
      case .leave: leave(id)
      case .openLoop: openLoop(tree.comprehensions[Int(tree.nodes[Int(id)].first)])
      case .closeLoop: closeLoop(tree.comprehensions[Int(tree.nodes[Int(id)].first)])
      }
    }
    let cost = costs[tree.root.index]
    return CostEstimate(
      minimum: cost.minimum, maximum: cost.maximum, proven: cost.proven,
      unbounded: cost.maximum == nil && cost.degree > 0 ? ExpressionID(rawValue: cost.unbounded) : nil,
      tooCostly: tooCostly.map { ExpressionID(rawValue: $0) },
      tooCostlySteps: tooCostly.map { costs[Int($0)].proven } ?? 0)
  }

  private mutating func enter(_ id: UInt32) {
    guard nodeSizes[Int(id)] < 0 else { return }
    let node = tree.nodes[Int(id)]
    stack.append((id, .leave))
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: break
    case .select:
      if !checker.isQualifiedName(ExpressionID(rawValue: id)) { stack.append((node.first, .enter)) }
    case .unary: stack.append((node.first, .enter))
    case .index, .binary:
      stack.append((node.second, .enter))
      stack.append((node.first, .enter))
    case .call, .memberCall, .chain, .conditional, .list, .map, .error:
      for operand in operands(id).reversed() { stack.append((operand, .enter)) }
    case .message:
      for (number, operand) in operands(id).enumerated().reversed() where number & 1 == 1 {
        stack.append((operand, .enter))
      }
    case .comprehension:
      let loop = tree.comprehensions[Int(node.first)]
      stack.append((loop.result.rawValue, .enter))
      stack.append((id, .closeLoop))
      stack.append((loop.step.rawValue, .enter))
      stack.append((loop.condition.rawValue, .enter))
      stack.append((id, .openLoop))
      stack.append((loop.accumulatorStart.rawValue, .enter))
      stack.append((loop.range.rawValue, .enter))
    }
  }

  /// The operands of a node that has a list of them; a namespace is none.
  func operands(_ id: UInt32) -> ArraySlice<UInt32> {
    let list = Int(tree.nodes[Int(id)].second)
    let operands = tree.lists[(list + 1)..<(list + 1 + Int(tree.lists[list]))]
    let skipsFirst =
      tree.nodes[Int(id)].kind == .memberCall && checker.isNamespaced(ExpressionID(rawValue: id))
    return skipsFirst ? operands.dropFirst() : operands
  }

  /// The place of the size of an expression's value.
  func place(_ id: UInt32) -> Int32 { max(nodeSizes[Int(id)], 0) }

  func size(_ id: UInt32) -> Size { sizes[Int(place(id))] }

  mutating func makeSize(_ range: SizeRange, element: Int32 = 0, key: Int32 = 0) -> Int32 {
    sizes.append(Size(range: range, element: element, key: key))
    return Int32(truncatingIfNeeded: sizes.count - 1)
  }

  /// The size of a value that is the one or the other; what lies deeper than `depth` in it has no bound.
  mutating func union(_ left: Int32, _ right: Int32, depth: Int = 6) -> Int32 {
    if left == right { return left }
    guard depth > 0, left > 0, right > 0 else { return 0 }
    let (first, second) = (sizes[Int(left)], sizes[Int(right)])
    let element = union(first.element, second.element, depth: depth - 1)
    let key = union(first.key, second.key, depth: depth - 1)
    let range = first.range.union(second.range)
    // Elements of one size are the most frequent.
    if range == first.range, element == first.element, key == first.key { return left }
    if range == second.range, element == second.element, key == second.key { return right }
    return makeSize(range, element: element, key: key)
  }
}

// MARK: - Loops

extension CostEstimator {
  private mutating func openLoop(_ loop: Comprehension) {
    scope.declare(loop.accumulator, place(loop.accumulatorStart.rawValue))
    let range = size(loop.range.rawValue)
    let isMap = range.key > 1 || checker.kind(of: loop.range.rawValue) == .map
    let (first, second) =
      loop.secondVariable == nil
      ? (isMap ? range.key : range.element, 0) : (isMap ? range.key : 1, range.element)
    scope.declare(loop.variable, first)
    if let name = loop.secondVariable { scope.declare(name, second) }
  }

  private mutating func closeLoop(_ loop: Comprehension) {
    if loop.secondVariable != nil { scope.removeLast() }
    scope.removeLast()
    scope.setLast(collectedSize(loop))
  }

  /// The size of what a loop has collected: of as many elements as its range has, or fewer.
  private mutating func collectedSize(_ loop: Comprehension) -> Int32 {
    let start = place(loop.accumulatorStart.rawValue)
    let range = size(loop.range.rawValue).range
    guard range.maximum != 0 else { return start }
    let collection = tree[loop.accumulatorStart].kind
    guard collection == .list || collection == .map else { return start == 1 ? 1 : 0 }
    var step = loop.step.rawValue
    var count = range
    if tree.nodes[Int(step)].kind == .conditional {
      count.minimum = 0
      step = tree.lists[Int(tree.nodes[Int(step)].second) + 2]
    }
    let added = tree.nodes[Int(step)]
    if collection == .list, added.kind == .binary {
      return makeSize(count, element: size(added.second).element)
    }
    guard collection == .map, added.kind == .call else { return 0 }
    let arguments = operands(step)
    // Two elements may have one key.
    count.minimum = 0
    if arguments.count == 3 {
      return makeSize(
        count, element: place(arguments[arguments.startIndex + 2]),
        key: place(arguments[arguments.startIndex + 1]))
    }
    guard let entry = arguments.last.map({ size($0) }) else { return 0 }
    count = count.product(entry.range)
    count.minimum = 0
    return makeSize(count, element: entry.element, key: entry.key)
  }

  private mutating func leaveLoop(_ loop: Comprehension) -> Cost {
    scope.removeLast()
    var range = size(loop.range.rawValue).range
    // A loop that may end early may do so at the first element.
    if tree[loop.condition].kind != .bool { range.minimum = min(range.minimum, 1) }
    var iteration = costs[loop.condition.index]
    iteration.add(costs[loop.step.index])
    var cost = Cost(1)
    cost.add(costs[loop.range.index])
    cost.add(costs[loop.accumulatorStart.index])
    cost.add(iteration.repeated(range, of: loop.range.rawValue))
    cost.add(costs[loop.result.index])
    return cost
  }
}

// MARK: - Costs

extension CostEstimator {
  private mutating func leave(_ id: UInt32) {
    let node = tree.nodes[Int(id)]
    var cost = Cost(1)
    var size: Int32
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .error:
      cost = Cost()
      size = 1
    case .string, .bytes:
      cost = Cost()
      size = makeSize(SizeRange(UInt64(node.second), UInt64(node.second)), element: 1)
    case .identifier:
      let id = ExpressionID(rawValue: id)
      size =
        checker.reference(of: id) == .local ? scope.value(of: NameID(rawValue: node.first)) ?? 0 : givenSize(id)
    case .select:
      size = givenSize(ExpressionID(rawValue: id))
      if !checker.isQualifiedName(ExpressionID(rawValue: id)) {
        cost.add(costs[Int(node.first)])
        if size == 0 { size = self.size(node.first).element }
      }
      if node.flags.contains(.isPresenceTest) { size = 1 }
    case .index:
      cost.add(costs[Int(node.first)])
      cost.add(costs[Int(node.second)])
      size = givenSize(ExpressionID(rawValue: id))
      if size == 0 { size = self.size(node.first).element }
    case .unary:
      cost.add(costs[Int(node.first)])
      size = 1
    case .binary: (cost, size) = binary(node)
    case .chain:
      // The first operand may decide.
      for (number, operand) in operands(id).enumerated() {
        if number == 0 { cost.add(costs[Int(operand)]) } else { cost.addMaximum(of: costs[Int(operand)]) }
      }
      size = 1
    case .conditional:
      let parts = Array(operands(id))
      guard parts.count == 3 else { return }
      cost.add(costs[Int(parts[0])])
      cost.add(costs[Int(parts[1])].union(costs[Int(parts[2])]))
      size = union(place(parts[1]), place(parts[2]))
    case .list: (cost, size) = list(id)
    case .map, .message: (cost, size) = map(id, node)
    case .call, .memberCall: (cost, size) = call(id)
    case .comprehension:
      let loop = tree.comprehensions[Int(node.first)]
      cost = leaveLoop(loop)
      size = place(loop.result.rawValue)
    }
    if size == 0, checker.kind(of: id).isSingle { size = 1 }
    nodeSizes[Int(id)] = size
    costs[Int(id)] = cost
    if tooCostly == nil, cost.proven > CostEstimate.limit { tooCostly = id }
  }

  /// What is known from elsewhere of the size of a variable's or selection's value.
  private mutating func givenSize(_ id: ExpressionID) -> Int32 { knownSize(id).map { makeSize($0) } ?? 0 }

  private mutating func binary(_ node: Node) -> (Cost, Int32) {
    var cost = Cost(1)
    cost.add(costs[Int(node.first)])
    cost.add(costs[Int(node.second)])
    let left = size(node.first)
    let right = size(node.second)
    switch node.operation {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      // Reading ends with the shorter of the two.
      let steps = left.range.lesser(right.range)
      let culprit = left.range.maximum == nil ? node.first : node.second
      if steps != .one {
        cost.addMaximum(of: Cost(steps.divided(by: isText(node.first) || isText(node.second) ? 10 : 1), of: culprit))
      }
      return (cost, 1)
    case .in:
      if checker.kind(of: node.second) != .map { cost.addMaximum(of: Cost(right.range, of: node.second)) }
      return (cost, 1)
    case .add:
      let kind = checker.kind(of: node.first)
      guard !kind.isSingle, left.range != .one || right.range != .one || kind == .string || kind == .list else {
        return (cost, 1)
      }
      let sum = left.range.sum(right.range)
      // An accumulator is added to without being copied.
      if !node.flags.contains(.isSynthetic), isText(node.first) {
        cost.add(Cost(sum.divided(by: 10), of: left.range.maximum == nil ? node.first : node.second))
      }
      return (cost, makeSize(sum, element: union(left.element, right.element)))
    case .none, .not, .negate, .or, .and, .subtract, .multiply, .divide, .modulo: return (cost, 1)
    }
  }

  func isText(_ id: UInt32) -> Bool {
    let kind = checker.kind(of: id)
    return kind == .string || kind == .bytes
  }

  private mutating func list(_ id: UInt32) -> (Cost, Int32) {
    let elements = operands(id)
    var cost = Cost(UInt64(elements.count) + 1)
    var range = SizeRange.exactly(elements.count)
    var element: Int32 = -1
    for operand in elements {
      cost.add(costs[Int(operand)])
      if tree.nodes[Int(operand)].flags.contains(.isOptionalEntry) { range.minimum -= 1 }
      element = element < 0 ? place(operand) : union(element, place(operand))
    }
    return (cost, makeSize(range, element: max(element, 0)))
  }

  private mutating func map(_ id: UInt32, _ node: Node) -> (Cost, Int32) {
    let parts = operands(id)
    var cost = Cost(UInt64(parts.count / 2) + 1)
    var range = SizeRange.exactly(parts.count / 2)
    var element: Int32 = -1
    var key: Int32 = -1
    for (number, operand) in parts.enumerated() {
      if number & 1 == 0 {
        guard node.kind == .map else { continue }
        key = key < 0 ? place(operand) : union(key, place(operand))
      } else {
        element = element < 0 ? place(operand) : union(element, place(operand))
        if tree.nodes[Int(operand)].flags.contains(.isOptionalEntry) { range.minimum -= 1 }
      }
      cost.add(costs[Int(operand)])
    }
    if node.kind == .message { return (cost, 0) }
    return (cost, makeSize(range, element: max(element, 0), key: max(key, 0)))
  }
}

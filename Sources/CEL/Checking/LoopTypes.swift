internal import Source

// The loops that macros expand to.
extension Checker {
  /// Brings the accumulator and the variables of a loop into scope.
  mutating func openLoop(_ id: UInt32, _ tree: SyntaxTree) {
    let loop = tree.comprehensions[Int(tree.nodes[Int(id)].first)]
    scope.declare(loop.accumulator, types[loop.accumulatorStart.index])
    let range = substitution.shallow(types[loop.range.index])
    var first = TypeID.dyn
    var second = TypeID.dyn
    // An empty literal has no elements to be wrong about.
    if range.isInTable, !range.isWildcard {
      switch substitution.table.kind(range) {
      case .list:
        first = loop.secondVariable == nil ? substitution.table.first(range) : .int
        second = substitution.table.first(range)
      case .map:
        first = substitution.table.first(range)
        second = substitution.table.second(range)
      case .error, .dyn, .any, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper,
        .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper, .bytesWrapper, .type, .abstract, .message:
        // What a macro names, its other uses are judged by: `sortBy` calls a method on it.
        let node = tree[loop.range]
        if node.kind != .identifier || !node.flags.contains(.isSynthetic) { faults.append(TypeFault(.range, id)) }
        first = .error
        second = .error
      }
    } else if range == .error {
      first = .error
      second = .error
    }
    scope.declare(loop.variable, first)
    if let name = loop.secondVariable { scope.declare(name, second) }
  }

  /// Takes the variables of a loop out of scope; the accumulator stays for the result.
  mutating func closeLoop(_ id: UInt32, _ tree: SyntaxTree) {
    let loop = tree.comprehensions[Int(tree.nodes[Int(id)].first)]
    if loop.secondVariable != nil { scope.removeLast() }
    scope.removeLast()
    let start = types[loop.accumulatorStart.index]
    let step = types[loop.step.index]
    guard step != start else { return }
    // A loop whose accumulator changes its type is for evaluation to judge.
    scope.setLast(substitution.join(start, step))
  }

  /// The type of a loop, whose accumulator goes out of scope.
  mutating func scopedResult(_ loop: Comprehension) -> TypeID {
    scope.removeLast()
    return types[loop.result.index]
  }
}

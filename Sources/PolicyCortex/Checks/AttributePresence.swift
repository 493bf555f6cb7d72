import CEL

// What schemas say of attributes being there, under each of a policy's resource types.
extension CheckedExpression {
  /// Whether a selection names an attribute that is not required, under every resource type.
  func isOptional(_ selection: UInt32) -> Bool {
    !readings.isEmpty
      && readings.allSatisfy { types in
        types.selectedAttribute(of: operand(selection)).map { !types.flags(of: $0).contains(.isRequired) } ?? false
      }
  }

  /// Whether a path leads to a value that is never null under a resource type: each of its steps is required.
  ///
  /// Elements of lists are there where their loop has a turn.
  mutating func isNeverNull(_ path: UInt32, in types: CheckedTypes) -> Bool {
    guard types.hasAttributes, tree.pathRoot(of: path) != nil else { return false }
    var id = path
    while true {
      let node = tree.nodes[Int(id)]
      switch node.kind {
      case .identifier: return isNeverNull(root: operand(id), in: types)
      case .select, .index:
        guard let attribute = types.selectedAttribute(of: operand(id)), types.isNeverNull(attribute) else {
          return false
        }
        id = node.first
      case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .call, .memberCall, .unary, .binary, .chain,
        .conditional, .list, .map, .message, .comprehension:
        return false
      }
    }
  }

  private mutating func isNeverNull(root: ExpressionID, in types: CheckedTypes) -> Bool {
    guard case .local = types.reference(of: root) else { return true }
    guard let range = loopRange(of: root), let list = types.selectedAttribute(of: operand(range)),
      let table = types.attributeTable(of: list.source), let element = table.element(of: list.index)
    else { return false }
    return table.isNeverNull(element)
  }

  /// The parts of a path, from its end, that are attributes which may be absent.
  func optionalSteps(of path: UInt32) -> [UInt32] {
    guard tree.pathRoot(of: path) != nil else { return [] }
    var steps: [UInt32] = []
    var id = path
    while tree.nodes[Int(id)].kind == .select || tree.nodes[Int(id)].kind == .index {
      if isOptional(id) { steps.append(id) }
      id = tree.nodes[Int(id)].first
    }
    return steps
  }

  /// Whether a call fails on null in one of its operands: no signature of the function takes it there.
  func rejectsNull(_ call: ExpressionID, at place: Int) -> Bool {
    !readings.isEmpty && readings.allSatisfy { $0.rejectsNull(call, at: place, in: tree) }
  }
}

extension SyntaxTree {
  /// Whether two paths lead to one place, however their steps are written: `a.b`, `a["b"]`, `a.?b`, `has(a.b)`.
  func areSamePlaces(_ left: UInt32, _ right: UInt32) -> Bool {
    var left = left
    var right = right
    for _ in 0..<32 {
      let leftNode = nodes[Int(left)]
      let rightNode = nodes[Int(right)]
      if leftNode.kind == .identifier || rightNode.kind == .identifier {
        return leftNode.kind == rightNode.kind && leftNode.first == rightNode.first
      }
      if let leftName = stepName(leftNode), let rightName = stepName(rightNode) {
        guard leftName == rightName else { return false }
      } else {
        guard leftNode.kind == .index, rightNode.kind == .index else { return false }
        let (leftIndex, rightIndex) = (nodes[Int(leftNode.second)], nodes[Int(rightNode.second)])
        guard leftIndex.kind == .int, rightIndex.kind == .int, leftIndex.numberBits == rightIndex.numberBits else {
          return false
        }
      }
      left = leftNode.first
      right = rightNode.first
    }
    return false
  }

  private func stepName(_ node: Node) -> ArraySlice<UInt8>? {
    if node.kind == .select { return nameBytes[names[Int(node.second)].range] }
    guard node.kind == .index, nodes[Int(node.second)].kind == .string else { return nil }
    return literal(nodes[Int(node.second)])
  }

  /// Whether a path leads to a place or goes on from it.
  func isPath(_ path: UInt32, atOrBeyond place: UInt32) -> Bool {
    var id = path
    for _ in 0..<32 {
      if areSamePlaces(id, place) { return true }
      let node = nodes[Int(id)]
      guard node.kind == .select || node.kind == .index else { return false }
      id = node.first
    }
    return false
  }
}

import CEL

/// Paths to attributes: names followed by selections and by indexes that are literals, `resource.tags["owner"]`.
extension SyntaxTree {
  /// Whether a node selects a member by a name, written as `.name` or `["name"]`.
  @inline(__always)
  func isMember(_ node: Node) -> Bool {
    switch node.kind {
    case .select: node.isPlainSelection
    case .index: !node.flags.contains(.isOptional) && nodes[Int(node.second)].kind == .string
    case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .identifier, .call, .memberCall, .unary, .binary,
      .chain, .conditional, .list, .map, .message, .comprehension:
      false
    }
  }

  /// The name that a path starts with; `nil` for what is no path, and for one of uncommon length.
  func pathRoot(of id: UInt32) -> UInt32? {
    var id = id
    for _ in 0..<Self.pathLimit {
      let node = nodes[Int(id)]
      switch node.kind {
      case .identifier: return id
      case .select where node.isPlainSelection: id = node.first
      case .index where !node.flags.contains(.isOptional) && nodes[Int(node.second)].kind.isPathIndex: id = node.first
      case .select, .index, .null, .bool, .int, .uint, .double, .string, .bytes, .error, .call, .memberCall, .unary,
        .binary, .chain, .conditional, .list, .map, .message, .comprehension:
        return nil
      }
    }
    return nil
  }

  /// Whether two paths are written with the same names and indexes.
  func areSamePaths(_ left: UInt32, _ right: UInt32) -> Bool {
    var left = left
    var right = right
    for _ in 0..<Self.pathLimit {
      let leftNode = nodes[Int(left)]
      let rightNode = nodes[Int(right)]
      guard leftNode.kind == rightNode.kind else { return false }
      switch leftNode.kind {
      case .identifier:
        return leftNode.first == rightNode.first
          && leftNode.flags.contains(.isAbsolute) == rightNode.flags.contains(.isAbsolute)
      case .select:
        guard leftNode.second == rightNode.second else { return false }
      case .index:
        guard areSameLiterals(nodes[Int(leftNode.second)], nodes[Int(rightNode.second)]) else { return false }
      case .null, .bool, .int, .uint, .double, .string, .bytes, .error, .call, .memberCall, .unary, .binary, .chain,
        .conditional, .list, .map, .message, .comprehension:
        return false
      }
      left = leftNode.first
      right = rightNode.first
    }
    return false
  }

  /// Whether a path goes on from another one by names alone: `a.b.c` from `a.b`, or from `a`.
  func isPath(_ long: UInt32, beyond short: UInt32) -> Bool {
    var id = long
    for _ in 0..<Self.pathLimit {
      let node = nodes[Int(id)]
      guard node.isPlainSelection else { return false }
      id = node.first
      if areSamePaths(id, short) { return true }
    }
    return false
  }

  private func areSameLiterals(_ left: Node, _ right: Node) -> Bool {
    guard left.kind == right.kind, left.kind.isPathIndex else { return false }
    return left.kind == .string ? literal(left) == literal(right) : left.numberBits == right.numberBits
  }

  /// Whether a name is spelt so.
  @inline(__always)
  func isName(_ name: UInt32, _ spelling: StaticString) -> Bool {
    let range = names[Int(name)].range
    guard range.count == spelling.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count {
      guard unsafe nameBytes[range.lowerBound + offset] == spelling.utf8Start[offset] else { return false }
    }
    return true
  }

  /// Longer paths are not looked at, so that each question takes a bounded time.
  private static let pathLimit = 32
}

extension NodeKind {
  fileprivate var isPathIndex: Bool { self == .string || self == .int }

  /// Whether it is a literal of one token.
  @inline(__always)
  var isLiteral: Bool {
    switch self {
    case .null, .bool, .int, .uint, .double, .string, .bytes: true
    case .error, .identifier, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional, .list, .map,
      .message, .comprehension:
      false
    }
  }
}

extension CheckedExpression {
  /// Whether a path leads to something that comes from the input: from a root of it, or from the element of a loop over
  /// such a path.
  mutating func isInputPath(_ id: UInt32, _ types: CheckedTypes) -> Bool {
    var path = id
    for _ in 0..<8 {
      guard let root = tree.pathRoot(of: path) else { return false }
      switch types.reference(of: operand(root)) {
      case .variable(let place): return names.roots.contains(place)
      case .local:
        guard let range = loopRange(of: operand(root)) else { return false }
        path = range
      case .none, .member, .function, .typeName, .constant, .attribute: return false
      }
    }
    return false
  }

  /// What the loop runs over whose element a name stands for; `nil` for other names.
  mutating func loopRange(of identifier: ExpressionID) -> UInt32? {
    let name = tree[identifier].first
    var child = identifier
    while let parent = parent(of: child), look() {
      let node = tree[parent]
      if node.kind == .comprehension {
        let loop = tree.comprehensions[Int(node.first)]
        if child != loop.range, child != loop.accumulatorStart {
          // The second of two variables is the value, the first its place.
          let isElement = (loop.secondVariable ?? loop.variable).rawValue == name
          if isElement { return loop.range.rawValue }
          if loop.variable.rawValue == name || loop.accumulator.rawValue == name { return nil }
        }
      }
      child = parent
    }
    return nil
  }
}

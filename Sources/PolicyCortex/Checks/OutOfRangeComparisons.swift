import CEL
import Diagnostics

/// Whether a node compares something with a number.
@inline(__always)
func comparesNumber(_ node: Node, _ tree: SyntaxTree) -> Bool {
  switch node.operation {
  case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
    tree.nodes[Int(node.first)].kind.isNumber != tree.nodes[Int(node.second)].kind.isNumber
  case .none, .not, .negate, .or, .and, .in, .add, .subtract, .multiply, .divide, .modulo: false
  }
}

/// Whether a node compares a size with a number.
@inline(__always)
func comparesSize(_ node: Node, _ tree: SyntaxTree) -> Bool {
  guard comparesNumber(node, tree) else { return false }
  return isSize(tree.nodes[Int(node.first)], tree) || isSize(tree.nodes[Int(node.second)], tree)
}

/// Whether a node is `size(x)` or `x.size()`.
private func isSize(_ node: Node, _ tree: SyntaxTree) -> Bool {
  (node.kind == .call || node.kind == .memberCall) && tree.lists[Int(node.second)] == 1
    && tree.isName(node.first, "size")
}

extension NodeKind {
  fileprivate var isNumber: Bool { self == .int || self == .uint || self == .double }
}

/// The numbers that something may be.
private struct NumberRange {
  var bounds: AttributeBounds

  private func isAbove(_ number: Double, orAt isInclusive: Bool) -> Bool {
    guard let minimum = bounds.minimum else { return false }
    return minimum > number || minimum == number && (isInclusive || bounds.excludesMinimum)
  }

  private func isBelow(_ number: Double, orAt isInclusive: Bool) -> Bool {
    guard let maximum = bounds.maximum else { return false }
    return maximum < number || maximum == number && (isInclusive || bounds.excludesMaximum)
  }

  /// What a comparison with a number comes to for all of them; `nil` when that depends.
  func result(of operation: Operator, _ number: Double) -> Bool? {
    if let minimum = bounds.minimum, let maximum = bounds.maximum, minimum > maximum { return nil }
    switch operation {
    case .less: return isBelow(number, orAt: false) ? true : isAbove(number, orAt: true) ? false : nil
    case .lessOrEqual: return isBelow(number, orAt: true) ? true : isAbove(number, orAt: false) ? false : nil
    case .greater: return isAbove(number, orAt: false) ? true : isBelow(number, orAt: true) ? false : nil
    case .greaterOrEqual: return isAbove(number, orAt: true) ? true : isBelow(number, orAt: false) ? false : nil
    case .equal: return isAbove(number, orAt: false) || isBelow(number, orAt: false) ? false : nil
    case .notEqual: return isAbove(number, orAt: false) || isBelow(number, orAt: false) ? true : nil
    case .none, .not, .negate, .or, .and, .in, .add, .subtract, .multiply, .divide, .modulo: return nil
    }
  }

  var description: String {
    func spelled(_ number: Double) -> String { Int64(exactly: number).map { "\($0)" } ?? "\(number)" }
    let least = bounds.minimum.map { (bounds.excludesMinimum ? "more than " : "at least ") + spelled($0) }
    let most = bounds.maximum.map { (bounds.excludesMaximum ? "less than " : "at most ") + spelled($0) }
    return [least, most].compactMap { $0 }.joined(separator: " and ")
  }
}

extension CheckedExpression {
  /// Checks a comparison with a number that the other side is never near.
  func checkRange(_ id: ExpressionID, into found: inout [Diagnostic]) {
    let node = tree[id]
    guard !node.flags.contains(.isSynthetic), !isFaulty(id) else { return }
    let isLeft = tree.nodes[Int(node.second)].kind.isNumber
    let subject = isLeft ? node.first : node.second
    guard let number = number(tree.nodes[Int(isLeft ? node.second : node.first)]) else { return }
    let operation = isLeft ? node.operation : node.operation.mirrored
    var answer: (range: String, isTrue: Bool)?
    for types in readings {
      guard let range = range(of: subject, types), let isTrue = range.result(of: operation, number) else { return }
      if let answer, answer.isTrue != isTrue { return }
      answer = answer ?? (range.description, isTrue)
    }
    guard let answer else { return }
    let message = OutOfRangeComparison(
      subject: excerpt(tree.nodes[Int(subject)].span), range: answer.range, isTrue: answer.isTrue)
    found.append(Diagnostic(message, at: node.span))
  }

  /// A literal's number, when it is known exactly.
  private func number(_ literal: Node) -> Double? {
    switch literal.kind {
    case .int: return Double(exactly: Int64(bitPattern: literal.numberBits))
    case .uint: return Double(exactly: literal.numberBits)
    case .double:
      let number = Double(bitPattern: literal.numberBits)
      return number.isNaN ? nil : number
    case .null, .bool, .string, .bytes, .error, .identifier, .select, .index, .call, .memberCall, .unary, .binary,
      .chain, .conditional, .list, .map, .message, .comprehension:
      return nil
    }
  }

  /// The numbers that an expression may be; `nil` when nothing is known.
  private func range(of subject: UInt32, _ types: CheckedTypes) -> NumberRange? {
    let node = tree.nodes[Int(subject)]
    var bounds = AttributeBounds()
    if isSize(node, tree) {
      bounds.minimum = 0
      let measured = ExpressionID(rawValue: tree.lists[Int(node.second) + 1])
      guard let facts = types.selectedAttribute(of: measured).flatMap({ types.bounds(of: $0) }) else {
        return NumberRange(bounds: bounds)
      }
      switch facts.kind {
      case .string:
        bounds.minimum = Double(max(0, facts.bounds.minimumLength ?? 0))
        bounds.maximum = facts.bounds.maximumLength.map { Double($0) }
      case .list:
        bounds.minimum = Double(max(0, facts.bounds.minimumCount ?? 0))
        bounds.maximum = facts.bounds.maximumCount.map { Double($0) }
      case .dyn, .bool, .int, .double, .map, .object: break
      }
      return NumberRange(bounds: bounds)
    }
    guard tree.isMember(node), let attribute = types.selectedAttribute(of: operand(subject)),
      let facts = types.bounds(of: attribute), facts.kind == .int || facts.kind == .double,
      facts.bounds.minimum != nil || facts.bounds.maximum != nil
    else { return nil }
    return NumberRange(bounds: facts.bounds)
  }
}

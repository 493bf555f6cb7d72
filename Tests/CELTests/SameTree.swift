import CEL
import Source

/// Whether two trees are the same expression: the same nodes, names, literals and macro calls, wherever they stand in their texts.
///
/// - Returns: `nil` when they are the same, else what differs first.
func difference(_ left: SyntaxTree, _ right: SyntaxTree) -> String? {
  var pairs = [(left.root, right.root)]
  if left.macroCalls.count != right.macroCalls.count {
    return "\(left.macroCalls.count) macro calls and \(right.macroCalls.count)"
  }
  while let (leftID, rightID) = pairs.popLast() {
    let one = left[leftID]
    let other = right[rightID]
    guard one.kind == other.kind, one.operation == other.operation, one.flags == other.flags else {
      return "\(one.kind) \(one.operation) \(one.flags) and \(other.kind) \(other.operation) \(other.flags)"
    }
    if let call = left.macroCall(of: leftID)?.call {
      guard let counterpart = right.macroCall(of: rightID)?.call else { return "a macro call and none" }
      pairs.append((call, counterpart))
    }
    switch one.kind {
    case .null: break
    case .bool, .int, .uint, .double:
      if (one.first, one.second) != (other.first, other.second) {
        return "\(one.kind) \(one.numberBits) and \(other.numberBits)"
      }
    case .string, .bytes:
      if !left.literal(one).elementsEqual(right.literal(other)) {
        return "\(one.kind) \(Array(left.literal(one))) and \(Array(right.literal(other)))"
      }
    case .identifier:
      if let difference = nameDifference(left, one.first, right, other.first) { return difference }
    case .select:
      if let difference = nameDifference(left, one.second, right, other.second) { return difference }
      pairs.append((ExpressionID(rawValue: one.first), ExpressionID(rawValue: other.first)))
    case .unary: pairs.append((ExpressionID(rawValue: one.first), ExpressionID(rawValue: other.first)))
    case .index, .binary:
      pairs.append((ExpressionID(rawValue: one.first), ExpressionID(rawValue: other.first)))
      pairs.append((ExpressionID(rawValue: one.second), ExpressionID(rawValue: other.second)))
    case .call, .memberCall, .message, .error, .chain, .conditional, .list, .map:
      if one.kind == .call || one.kind == .memberCall || one.kind == .message,
        let difference = nameDifference(left, one.first, right, other.first)
      {
        return difference
      }
      let parts = Array(left.list(one.second))
      let others = Array(right.list(other.second))
      if parts.count != others.count { return "\(one.kind) of \(parts.count) parts and of \(others.count)" }
      pairs += zip(parts, others)
    case .comprehension:
      let loop = left.comprehensions[Int(one.first)]
      let twin = right.comprehensions[Int(other.first)]
      let names = [(loop.variable, twin.variable), (loop.accumulator, twin.accumulator)]
      for (name, twinName) in names {
        if let difference = nameDifference(left, name.rawValue, right, twinName.rawValue) { return difference }
      }
      if loop.secondVariable.map(left.text) != twin.secondVariable.map(right.text) { return "second variables differ" }
      pairs += [
        (loop.range, twin.range), (loop.accumulatorStart, twin.accumulatorStart), (loop.condition, twin.condition),
        (loop.step, twin.step), (loop.result, twin.result),
      ]
    }
  }
  return nil
}

private func nameDifference(_ left: SyntaxTree, _ name: UInt32, _ right: SyntaxTree, _ other: UInt32) -> String? {
  let one = left.text(NameID(rawValue: name))
  let two = right.text(NameID(rawValue: other))
  return one.utf8.elementsEqual(two.utf8) ? nil : "the names `\(one)` and `\(two)`"
}

internal import Source

// What calls cost, and the sizes of what they give.
extension CostEstimator {
  mutating func call(_ id: UInt32) -> (Cost, Int32) {
    let arguments = Array(operands(id))
    var cost = Cost(1)
    for argument in arguments { cost.add(costs[Int(argument)]) }
    guard case .function(let function) = checker.reference(of: ExpressionID(rawValue: id)), let first = arguments.first
    else { return (cost, 0) }
    let name = checker.name(ofFunction: function)
    cost.add(workCost(name, first, arguments))
    return (cost, resultSize(name, first))
  }

  /// What a function does with its arguments; functions that are not CEL's own are taken for reading their texts once.
  private func workCost(_ name: String, _ first: UInt32, _ arguments: [UInt32]) -> Cost {
    let last = arguments.last ?? first
    switch name {
    case "size", "dyn", "type", "@not_strictly_false", "cel.@mapInsert", "optional.of", "hasValue", "value", "or",
      "orValue", "first", "last":
      return Cost()
    case "contains", "matches":
      let pattern = size(last).range.divided(by: name == "matches" ? 4 : 10)
      let text = size(first).range.divided(by: 10)
      return Cost(text.product(pattern), of: text.maximum == nil ? first : last)
    case "startsWith", "endsWith": return Cost(size(last).range.divided(by: 10), of: last)
    case "sets.contains", "sets.equivalent", "sets.intersects":
      return Cost(size(first).range.product(size(last).range), of: size(first).range.maximum == nil ? first : last)
    case "lists.range": return Cost(rangeSize(first), of: first)
    default:
      var cost = Cost()
      for argument in arguments {
        let kind = checker.kind(of: argument)
        if kind.isSingle { continue }
        let range = size(argument).range
        cost.add(Cost(kind == .list || kind == .map ? range : range.divided(by: 10), of: argument))
      }
      return cost
    }
  }

  /// The size of what a function gives; of most nothing is known.
  private mutating func resultSize(_ name: String, _ first: UInt32) -> Int32 {
    let given = size(first)
    switch name {
    case "lists.range": return makeSize(rangeSize(first), element: 1)
    case "dyn", "lowerAscii", "upperAscii", "reverse", "sort", "@sortByAssociatedKeys": return place(first)
    case "distinct", "slice", "substring", "trim":
      return makeSize(SizeRange(0, given.range.maximum), element: given.element)
    case "split":
      // Between all characters and around them.
      let part = makeSize(SizeRange(0, given.range.maximum))
      return makeSize(SizeRange(0, given.range.sum(.one).maximum), element: part)
    default: return 0
    }
  }

  /// How many numbers there are up to one that is written.
  private func rangeSize(_ number: UInt32) -> SizeRange {
    let node = tree.nodes[Int(number)]
    guard node.kind == .int else { return .unknown }
    let value = Int64(bitPattern: UInt64(node.second) << 32 | UInt64(node.first))
    let count = value > 0 ? UInt64(value) : 0
    return SizeRange(count, count)
  }
}

extension Checker {
  /// What a node of the last tree is; `dyn` when that is not known.
  func kind(of id: UInt32) -> TypeKind {
    let type = substitution.shallow(types[Int(id)])
    return type.isInTable && type != .unknown ? substitution.table.kind(type).unwrapped : .dyn
  }
}

extension TypeKind {
  /// Whether its values have no parts that could be many.
  var isSingle: Bool {
    switch self {
    case .null, .bool, .int, .uint, .double, .timestamp, .duration, .boolWrapper, .intWrapper, .uintWrapper,
      .doubleWrapper, .type:
      true
    case .error, .dyn, .any, .string, .bytes, .stringWrapper, .bytesWrapper, .list, .map, .abstract, .message: false
    }
  }
}

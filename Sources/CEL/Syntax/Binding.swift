/// How tightly an expression holds together; parentheses keep a looser one apart where a tighter one must stand.
enum Binding: UInt8, Comparable {
  case conditional, or, and, relation, addition, multiplication, unary
  /// A number: what is selected from one needs parentheses, `1u.a` does not read.
  case number
  case member
  /// Nothing holds together so tightly: parentheses always stand.
  case bracketed

  /// What the right operand of a chain that leans to the left must have.
  var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .bracketed }

  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
}

extension Node {
  /// How tightly the expression holds together as it is written.
  var binding: Binding {
    switch kind {
    case .conditional: .conditional
    case .chain: operation == .or ? .or : .and
    case .unary: .unary
    // `-1` where a member must stand would take what follows into the minus.
    case .int, .uint, .double: isNegativeNumber ? .unary : .number
    case .binary:
      switch operation {
      case .add, .subtract: .addition
      case .multiply, .divide, .modulo: .multiplication
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .none, .not, .negate, .or, .and:
        .relation
      }
    case .error, .null, .bool, .string, .bytes, .identifier, .select, .index, .call, .memberCall, .list, .map, .message,
      .comprehension:
      .member
    }
  }
}

extension SyntaxTree {
  /// The expression as it was written: a macro's call rather than what it expanded to.
  func written(_ id: ExpressionID) -> ExpressionID { macroCall(of: id)?.call ?? id }

  /// How tight a unary operator's operand must be: `!!x` and `--x` need no parentheses, `!(-x)` and `-(1)`, which is
  /// not the literal `-1`, do.
  func operandBinding(of node: Node) -> Binding {
    let operand = self[written(ExpressionID(rawValue: node.first))]
    switch operand.kind {
    case .unary: return operand.operation == node.operation ? .unary : .bracketed
    case .int, .uint, .double: return node.operation == .negate ? .bracketed : .number
    case .error, .null, .bool, .string, .bytes, .identifier, .select, .index, .call, .memberCall, .binary, .chain,
      .conditional, .list, .map, .message, .comprehension:
      return .member
    }
  }
}

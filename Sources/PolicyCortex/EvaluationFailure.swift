internal import CEL
internal import Source

/// Puts in words why an expression has no value under an activation.
///
/// An evaluation keeps no values to tell of. Where types are at fault, the operands of the part that failed are evaluated
/// again, which only a failure has to pay for.
struct EvaluationFailure {
  let expression: CompiledExpression
  let error: EvaluationError

  /// How the error of a variable begins.
  static let variablePrefix = "in `variables."

  /// What is looked at of a long list of operands.
  private static let operandLimit = 64

  /// The words, with the part that failed.
  func words(_ activation: Activation, _ environment: Environment) -> String {
    // The part that failed stands in the variable, not here.
    if error.detail.hasPrefix(Self.variablePrefix) { return error.description }
    guard let id = error.expression, expression.spans.indices.contains(id.index) else { return error.description }
    let part = "`\(expression.excerpt(expression.spans[id.index]))`: "
    guard error.kind == .noOverload, error.detail.isEmpty else { return part + error.description }
    return part + (types(of: id, activation, environment) ?? "it does not take values of these types")
  }

  /// What is wrong with the types of a part's operands; `nil` where they cannot be told, as those of loop variables.
  private func types(of id: ExpressionID, _ activation: Activation, _ environment: Environment) -> String? {
    var parser = Parser(options: .policy)
    var checker = Checker(environment)
    unsafe expression.text.withUnsafeBufferPointer { text in
      unsafe parser.parse(text)
      var diagnostics = parser.diagnostics
      unsafe checker.check(parser.tree, text: text, expectsBool: false, into: &diagnostics)
    }
    let tree = parser.tree
    guard id.index < tree.nodes.count else { return nil }
    let node = tree[id]
    let isNamespaced = node.kind == .memberCall && checker.isNamespaced(id)
    let operands = tree.operands(of: node).dropFirst(isNamespaced ? 1 : 0).prefix(Self.operandLimit)
    var builder = ProgramBuilder()
    let evaluator = Evaluator()
    var found: [String] = []
    for operand in operands {
      let program = builder.program(tree, &checker, root: operand)
      guard let value = try? evaluator.evaluate(program, activation) else {
        // An operand that fails is not what failed here, and one of a chain is passed over.
        if node.kind == .chain { continue }
        return nil
      }
      let type = value.kind == .null ? "null" : "`\(value.kind.typeName)`"
      let name = "`\(expression.excerpt(tree[operand].span))` is \(type)"
      if let wanted = node.wantedType {
        if wanted.kinds.contains(value.kind) { continue }
        return "\(name), and must be \(wanted.name)"
      }
      if value.kind == .null, tree[operand].kind != .null { return name }
      found.append(type)
    }
    return found.isEmpty ? nil : "it cannot take \(found.joined(separator: " and "))"
  }
}

extension SyntaxTree {
  /// The operands of an expression whose types may not fit it.
  fileprivate func operands(of node: Node) -> [ExpressionID] {
    switch node.kind {
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .list, .map, .message: []
    case .select, .unary: [ExpressionID(rawValue: node.first)]
    case .index, .binary: [ExpressionID(rawValue: node.first), ExpressionID(rawValue: node.second)]
    case .call, .memberCall, .chain: Array(list(node.second))
    case .conditional: Array(list(node.second).prefix(1))
    case .comprehension: [comprehensions[Int(node.first)].range]
    }
  }
}

extension Node {
  /// What every operand must be.
  fileprivate var wantedType: (kinds: [ValueKind], name: String)? {
    switch kind {
    case .chain, .conditional: ([.bool], "`bool`")
    case .unary where operation == .not: ([.bool], "`bool`")
    case .comprehension: ([.list, .map], "a list or a map")
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .select, .index, .call, .memberCall,
      .unary, .binary, .list, .map, .message:
      nil
    }
  }
}

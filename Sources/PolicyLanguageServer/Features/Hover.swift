internal import CEL
internal import PolicyCortex
internal import Source

/// What is under the cursor: its type and what is known of it.
struct Hover {
  private var expression: InspectedExpression
  private let cursor: ExpressionCursor

  init(_ expression: InspectedExpression, atDocument offset: Int) {
    self.expression = expression
    cursor = ExpressionCursor(expression, atDocument: offset)
  }

  /// What is said in Markdown, and of which part of the expression.
  func content() -> (markdown: String, span: SourceSpan)? {
    var hover = self
    return hover.found()
  }

  private mutating func found() -> (markdown: String, span: SourceSpan)? {
    guard let token = cursor.token else { return nil }
    if token.kind == .identifier {
      if let call = signatures(of: token) { return (call + value(around: token), token.span) }
      for index in expression.tree.nodes.indices {
        let node = expression.tree.nodes[index]
        let id = ExpressionID(index)
        if node.kind == .select, node.span.end == token.span.end, !node.flags.contains(.isSynthetic) {
          return (selection(id, node), token.span)
        }
        if node.kind == .identifier, node.span == token.span, !node.flags.contains(.isDeclaration) {
          return (Hover.code("\(cursor.text(of: token)): \(expression.type(of: id))"), token.span)
        }
      }
      return nil
    }
    // The smallest part that has a type.
    let parts = expression.writtenTypes().filter { $0.span.start <= cursor.place && cursor.place <= $0.span.end }
    guard let part = parts.min(by: { $0.span.count < $1.span.count }) else { return nil }
    if token.kind == .string, let words = patternWords(token) {
      return (Hover.code("string, a regular expression") + "\n\n" + words, part.span)
    }
    return (Hover.code(String(describing: part.type)) + constant(part.span), part.span)
  }

  /// The value of the call that a name is a function's in.
  private mutating func value(around name: Token) -> String {
    let calls = expression.writtenTypes().filter {
      $0.span.start <= name.span.start && name.span.end < $0.span.end
    }
    return calls.min { $0.span.count < $1.span.count }.map { constant($0.span) } ?? ""
  }

  /// The value of a part that reads no input, as a paragraph.
  private func constant(_ span: SourceSpan) -> String {
    let part = String(decoding: expression.text[span.range], as: UTF8.self)
    return Hover.value(of: part).map { "\n\nIts value is always:\n\n\(Hover.code($0))" } ?? ""
  }

  /// What a literal matches, if it is the pattern of a call.
  private func patternWords(_ token: Token) -> String? {
    let tree = expression.tree
    guard let literal = tree.nodes.firstIndex(where: { $0.kind == .string && $0.span == token.span }) else {
      return nil
    }
    for call in tree.nodes where call.kind == .call || call.kind == .memberCall {
      let operands = Array(tree.list(call.second))
      guard let place = operands.firstIndex(where: { $0.index == literal }) else { continue }
      let name = tree.text(NameID(rawValue: call.first))
      // Of `regex.extract(text, pattern)`, the name in front is in the list.
      let isPattern =
        name == "matches" && place == 1
        || ["extract", "extractAll", "replace"].contains(name) && place == 2 && call.kind == .memberCall
          && tree[operands[0]].kind == .identifier && tree.text(NameID(rawValue: tree[operands[0]].first)) == "regex"
      return isPattern ? Hover.patternWords(Array(tree.literal(tree.nodes[literal]))) : nil
    }
    return nil
  }

  private func signatures(of token: Token) -> String? {
    guard let next = cursor.tokens.first(where: { $0.span.start >= token.span.end }), next.kind == .leftParenthesis
    else { return nil }
    let isMember = cursor.token(before: token.span.start)?.kind == .dot
    let name = cursor.text(of: token)
    var found = FunctionSignatures.named(name, isMember: isMember)
    if isMember {
      let dotted = FunctionSignatures.named(cursor.dottedName(endingWith: token), isMember: false)
      if !dotted.isEmpty { found = dotted }
    }
    guard !found.isEmpty else { return nil }
    let documentation = found.compactMap(\.documentation).first.map { "\n\n\($0)" } ?? ""
    return Hover.code(found.map(\.wholeLabel).joined(separator: "\n")) + documentation
  }

  private mutating func selection(_ id: ExpressionID, _ node: Node) -> String {
    let name = expression.tree.text(NameID(rawValue: node.second))
    let operand = expression.tree.nodes[Int(node.first)]
    if operand.kind == .identifier, expression.tree.text(NameID(rawValue: operand.first)) == "variables",
      let variable = expression.variables.first(where: { $0.name == name })
    {
      return Hover.code("variables.\(name): \(variable.type)") + "\n\n" + Hover.code(variable.expression)
    }
    if let attribute = expression.attribute(of: id), attribute.name == name { return Hover.markdown(attribute) }
    return Hover.code("\(name): \(expression.type(of: id))")
  }

  static func code(_ text: String) -> String { "```cel\n\(text)\n```" }

  /// What a schema says of an attribute.
  static func markdown(_ attribute: Attribute) -> String {
    var parts = [code("\(attribute.path): \(typeName(attribute))")]
    if let description = attribute.description { parts.append(description) }
    if attribute.isDeprecated { parts.append("Deprecated.") }
    if attribute.isRequired { parts.append("Always there.") }
    if !attribute.choices.isEmpty {
      parts.append("One of " + attribute.choices.map { "`\(spelling($0))`" }.joined(separator: ", ") + ".")
    }
    if let format = attribute.format { parts.append("Format: `\(format)`.") }
    return parts.joined(separator: "\n\n")
  }

  static func typeName(_ attribute: Attribute) -> String {
    switch attribute.kind {
    case .dyn: "dyn"
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .list: "list"
    case .map: "map"
    case .object: "object"
    }
  }

  /// A value as conditions write it.
  static func spelling(_ choice: AttributeChoice, quote: String = "'") -> String {
    switch choice {
    case .string(let text): "\(quote)\(text)\(quote)"
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .bool(let value): String(value)
    case .null: "null"
    }
  }
}

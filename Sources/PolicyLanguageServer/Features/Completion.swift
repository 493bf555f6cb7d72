internal import CEL
internal import PolicyCortex
internal import Source

/// What can be written at a place of an expression, whole or broken.
struct Completion {
  /// Something that can be written.
  struct Item {
    enum Kind: Int {
      case method = 2
      case function = 3
      case field = 5
      case variable = 6
      case module = 9
      case property = 10
      case value = 12
      case keyword = 14
      case enumMember = 20
    }

    var label: String
    var kind: Kind
    var detail: String?
    var documentation: String?
    /// What is inserted where that is not the label: with `$1` for places to fill in.
    var snippet: String?
    var isDeprecated = false
  }

  private let expression: InspectedExpression
  private let cursor: ExpressionCursor
  /// What stands around strings: not what stands around the scalar.
  private let quote: String

  /// Stands for what has not been written yet.
  private static let placeholder = "policycortex_placeholder"

  init(_ expression: InspectedExpression, atDocument offset: Int, quote: String) {
    self.expression = expression
    self.quote = quote
    cursor = ExpressionCursor(expression, atDocument: offset)
  }

  /// The items, and the part of the expression that each replaces.
  func items() -> (items: [Item], replaced: SourceSpan) {
    if let literal = cursor.tokens.first(where: { isString($0, around: cursor.place) }) {
      return (values(inPlaceOf: literal.span), literal.span)
    }
    let start = cursor.wordStart
    let replaced = SourceSpan(start, cursor.place)
    let previous = cursor.token(before: start)
    if previous?.kind == .dot { return (members(), replaced) }
    var items: [Item] = []
    switch previous?.kind {
    case .equal?, .notEqual?, .leftBracket?, .comma?: items = values(inPlaceOf: replaced)
    default: break
    }
    return (items + names(), replaced)
  }

  private func isString(_ token: Token, around place: Int) -> Bool {
    token.kind == .string && token.span.start < place && place < token.span.end
  }

  /// The expression with something else in place of a part of it.
  private func replacing(_ span: SourceSpan, with text: String) -> InspectedExpression {
    var bytes = cursor.text
    bytes.replaceSubrange(span.range, with: text.utf8)
    return expression.replacing(bytes)
  }

  /// The word at the place, all of it.
  private var word: SourceSpan {
    guard let token = cursor.token, token.kind.isWord else { return SourceSpan(at: cursor.place) }
    return token.span
  }

  // MARK: Members

  private func members() -> [Item] {
    let start = cursor.wordStart
    if let namespace = namespace(before: start) {
      return FunctionSignatures.all.filter { $0.name.hasPrefix(namespace + ".") && !$0.isMember }.unique.map {
        item($0, name: String($0.name.dropFirst(namespace.utf8.count + 1)))
      }
    }
    var whole = replacing(word, with: Completion.placeholder)
    if let items = members(in: &whole) { return items }
    // Too broken: what stands before the dot alone.
    guard let operand = operand(before: start) else { return [] }
    let text = Array(cursor.text[operand.range]) + Array((".".utf8)) + Array(Completion.placeholder.utf8)
    var alone = expression.replacing(text)
    return members(in: &alone) ?? []
  }

  /// The members of what stands before the placeholder; `nil` where that was not understood.
  private func members(in expression: inout InspectedExpression) -> [Item]? {
    let tree = expression.tree
    var operand: ExpressionID?
    for node in tree.nodes where operand == nil {
      switch node.kind {
      case .select where tree.text(NameID(rawValue: node.second)) == Completion.placeholder:
        operand = ExpressionID(rawValue: node.first)
      case .memberCall where tree.text(NameID(rawValue: node.first)) == Completion.placeholder:
        operand = tree.list(node.second).first
      default: break
      }
    }
    guard let operand else { return nil }
    let node = tree[operand]
    if node.kind == .identifier, tree.text(NameID(rawValue: node.first)) == "variables" {
      return expression.variables.map {
        Item(label: $0.name, kind: .variable, detail: $0.type.description, documentation: Hover.code($0.expression))
      }
    }
    let attributes = expression.members(of: operand).map { attribute in
      Item(
        label: attribute.name, kind: .field, detail: Hover.typeName(attribute),
        documentation: Hover.markdown(attribute), isDeprecated: attribute.isDeprecated)
    }
    // An object with known members is no place for the methods of maps.
    if !attributes.isEmpty { return attributes }
    let type = expression.type(of: operand)
    return FunctionSignatures.all.filter { $0.fits(type) }.unique.map { item($0, name: $0.name) }
  }

  /// The namespace of functions that the dot before an offset belongs to.
  private func namespace(before offset: Int) -> String? {
    guard let dot = cursor.token(before: offset), let name = cursor.token(before: dot.span.start),
      name.kind == .identifier, cursor.token(before: name.span.start)?.kind != .dot
    else { return nil }
    let text = cursor.text(of: name)
    return Completion.namespaces.contains(text) ? text : nil
  }

  private static let namespaces = Set(
    FunctionSignatures.all.compactMap { signature in
      signature.name.firstIndex(of: ".").map { String(signature.name[..<$0]) }
    })

  /// Where the operand of the dot before an offset stands, as far as brackets and names tell.
  private func operand(before offset: Int) -> SourceSpan? {
    guard let dot = cursor.tokens.lastIndex(where: { $0.span.end <= offset && $0.kind == .dot }), dot > 0 else {
      return nil
    }
    var index = dot - 1
    while true {
      switch cursor.tokens[index].kind {
      case .rightParenthesis, .rightBracket:
        var depth = 0
        while index >= 0 {
          switch cursor.tokens[index].kind {
          case .rightParenthesis, .rightBracket: depth += 1
          case .leftParenthesis, .leftBracket: depth -= 1
          default: break
          }
          if depth == 0 { break }
          index -= 1
        }
        guard index > 0 else { return nil }
        // What is called or indexed belongs to it.
        if cursor.tokens[index - 1].kind == .identifier { index -= 1 }
      case .identifier, .string, .quotedIdentifier: break
      default: return nil
      }
      guard index >= 2, cursor.tokens[index - 1].kind == .dot else { break }
      index -= 2
    }
    return SourceSpan(cursor.tokens[index].span.start, cursor.tokens[dot].span.start)
  }

  // MARK: Values

  /// The values that what is compared with a string at a place may have.
  private func values(inPlaceOf span: SourceSpan) -> [Item] {
    var end = span.end
    if let token = cursor.token, token.kind.isWord, token.span.start == span.start { end = token.span.end }
    var whole = replacing(SourceSpan(span.start, end), with: "''")
    let tree = whole.tree
    guard
      let literal = tree.nodes.indices.first(where: {
        tree.nodes[$0].kind == .string && tree.nodes[$0].span.start == span.start
      })
    else { return [] }
    var other: ExpressionID?
    for node in tree.nodes where node.kind == .binary && other == nil {
      switch node.operation {
      case .equal, .notEqual:
        if Int(node.second) == literal { other = ExpressionID(rawValue: node.first) }
        if Int(node.first) == literal { other = ExpressionID(rawValue: node.second) }
      case .in:
        let list = tree.nodes[Int(node.second)]
        if list.kind == .list, tree.list(list.second).contains(ExpressionID(literal)) {
          other = ExpressionID(rawValue: node.first)
        }
      case .none, .not, .negate, .or, .and, .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract,
        .multiply, .divide, .modulo:
        break
      }
    }
    guard let other, let attribute = whole.attribute(of: other) else { return [] }
    return attribute.choices.compactMap { choice in
      if case .string(let text) = choice, text.utf8.contains(where: { $0 == 0x22 || $0 == 0x27 || $0 == 0x5C }) {
        return nil
      }
      return Item(label: Hover.spelling(choice, quote: quote), kind: .enumMember, detail: attribute.path)
    }
  }

  // MARK: Names

  private func names() -> [Item] {
    var items = loopVariables().map { Item(label: $0, kind: .variable) }
    items += ["resource", "principal", "request", "context"].map { name in
      Item(label: name, kind: .variable, detail: expression.inputs[name]?.name)
    }
    items.append(Item(label: "now", kind: .variable, detail: "timestamp"))
    if !expression.variables.isEmpty { items.append(Item(label: "variables", kind: .variable)) }
    items += FunctionSignatures.all.filter { !$0.isMember && !$0.name.contains(".") }.unique.map {
      item($0, name: $0.name)
    }
    items += Completion.namespaces.sorted().map { Item(label: $0, kind: .module) }
    return items + ["true", "false", "null", "in"].map { Item(label: $0, kind: .keyword) }
  }

  /// The variables of the macros around the place, the innermost first.
  private func loopVariables() -> [String] {
    let tree = replacing(word, with: Completion.placeholder).tree
    guard
      let place = tree.nodes.indices.first(where: {
        tree.nodes[$0].kind == .identifier
          && tree.text(NameID(rawValue: tree.nodes[$0].first)) == Completion.placeholder
      })
    else { return [] }
    var names: [String] = []
    for call in tree.macroCalls where call.scope.contains(UInt32(place)) {
      for id in call.declarations where tree.nodes[Int(id)].flags.contains(.isDeclaration) {
        let name = tree.text(NameID(rawValue: tree.nodes[Int(id)].first))
        if !names.contains(name) { names.append(name) }
      }
    }
    return names
  }

  private func item(_ signature: FunctionSignatures.Signature, name: String) -> Item {
    let all = FunctionSignatures.named(signature.name, isMember: signature.isMember)
    let documentation = signature.documentation.map { "\n\n\($0)" } ?? ""
    return Item(
      label: name, kind: signature.isMember ? .method : .function, detail: signature.label,
      documentation: Hover.code(all.map(\.wholeLabel).joined(separator: "\n")) + documentation,
      snippet: signature.snippet(name))
  }
}

extension [FunctionSignatures.Signature] {
  /// The first of each name.
  fileprivate var unique: [FunctionSignatures.Signature] {
    var seen: Set<String> = []
    return filter { seen.insert($0.name).inserted }
  }
}

internal import Source

/// What an expression stands in, as far as its layout depends on it.
enum ExpressionPlace {
  /// Alone in brackets, or the whole condition: parentheses around it say nothing.
  case whole
  /// An operand or a branch: what a chain goes on with on further lines is indented.
  case operand
  /// The value of an entry: parentheses say nothing, and further lines are indented.
  case value

  fileprivate var isBracketed: Bool {
    switch self {
    case .whole, .value: true
    case .operand: false
    }
  }

  fileprivate var indentsLines: Bool {
    switch self {
    case .operand, .value: true
    case .whole: false
    }
  }
}

// Where the lines of each kind of expression may be broken.
extension LayoutWalk {
  mutating func writeExpression(_ expansion: ExpressionID, _ least: Binding, _ place: ExpressionPlace) {
    let node = tree[tree.written(expansion)]
    let parentheses = openParentheses(before: node.span.start)
    // Parentheses help where they show what belongs together, and around a number with a sign.
    let helps = parentheses > 0 && !place.isBracketed && node.binding < .number
    guard node.binding < least || helps else {
      push([.skip(parentheses)] + layout(node, place) + [.skip(parentheses)])
      return
    }
    push(
      [.skip(parentheses), .piece(.open), .piece(.text("(")), .piece(.indent), .line(isBlank: false)]
        + layout(node, .whole)
        + [
          .skip(parentheses), .writeComments, .piece(.dedent), .softLine, .piece(.text(")")), .piece(.close),
        ])
  }

  private func layout(_ node: Node, _ place: ExpressionPlace) -> [Work] {
    switch node.kind {
    case .error, .comprehension, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier:
      return [.takeAll(before: node.span.end)]
    case .select, .index, .memberCall: return memberChain(node)
    case .call: return [.takeThrough(.leftParenthesis)] + arguments(tree.list(node.second))
    case .unary:
      return [
        .skip(1), .piece(.text(node.operation.spelling)),
        .expression(ExpressionID(rawValue: node.first), tree.operandBinding(of: node), .operand),
      ]
    case .binary: return binaryChain(node)
    case .chain: return chain(node, place)
    case .conditional: return conditional(node)
    case .list: return [.takeThrough(.leftBracket)] + bracketed(elements(node), isFilled: isFilled(node))
    case .map, .message: return [.takeThrough(.leftBrace)] + bracketed(entries(node))
    }
  }

  // MARK: Operators

  private func chain(_ node: Node, _ place: ExpressionPlace) -> [Work] {
    var items: [Work] = [.piece(.open)]
    for (index, operand) in tree.list(node.second).enumerated() {
      if index == 1, place.indentsLines { items.append(.piece(.indent)) }
      if index > 0 { items.append(.operatorLine(node.operation.spelling)) }
      items.append(.expression(operand, node.binding.tighter, .operand))
    }
    if place.indentsLines { items.append(.piece(.dedent)) }
    return items + [.piece(.close)]
  }

  /// `a + b - c`, all operators that bind alike: the lines are broken at all of them or at none.
  private func binaryChain(_ node: Node) -> [Work] {
    let own = node.binding
    var links = [node]
    var first = ExpressionID(rawValue: node.first)
    while case let left = tree[first], left.kind == .binary, left.binding == own, isBare(first, startingAt: node) {
      links.append(left)
      first = ExpressionID(rawValue: left.first)
    }
    if links.count == 1, isCompact(node) {
      return [
        .expression(first, own, .operand), .operatorText(node.operation.spelling),
        .expression(ExpressionID(rawValue: node.second), own.tighter, .operand),
      ]
    }
    var items: [Work] = [.piece(.open), .expression(first, own, .operand), .piece(.indent)]
    for link in links.reversed() {
      items += [
        .operatorLine(link.operation.spelling),
        .expression(ExpressionID(rawValue: link.second), own.tighter, .operand),
      ]
    }
    return items + [.piece(.dedent), .piece(.close)]
  }

  /// Whether a relation is broken inside its operands rather than at its operator: `a in [`…`]`, `size(`…`) > 0`.
  private func isCompact(_ node: Node) -> Bool {
    guard node.binding == .relation else { return false }
    switch tree[tree.written(ExpressionID(rawValue: node.second))].kind {
    case .list, .map, .message: return true
    case .null, .bool, .int, .uint, .double, .string, .bytes:
      switch tree[tree.written(ExpressionID(rawValue: node.first))].kind {
      case .call, .memberCall: return true
      case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .select, .index, .unary, .binary,
        .chain, .conditional, .list, .map, .message, .comprehension:
        return false
      }
    case .error, .identifier, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional,
      .comprehension:
      return false
    }
  }

  /// A chain of conditionals is broken as one: `a ? b : c ? d : e`.
  private func conditional(_ node: Node) -> [Work] {
    var items: [Work] = [.piece(.open)]
    var last = node
    var isFirst = true
    while true {
      let parts = Array(tree.list(last.second))
      items.append(.expression(parts[0], .or, .operand))
      if isFirst { items.append(.piece(.indent)) }
      isFirst = false
      items += [
        .operatorLine("?"), .piece(.indent), .expression(parts[1], .or, .operand), .piece(.dedent), .operatorLine(":"),
      ]
      let next = tree[parts[2]]
      guard next.kind == .conditional, tree.macroCall(of: parts[2]) == nil, next.span.end == last.span.end else {
        items += [.piece(.indent), .expression(parts[2], .conditional, .operand), .piece(.dedent)]
        return items + [.piece(.dedent), .piece(.close)]
      }
      last = next
    }
  }

  /// Whether the leftmost part of an expression stands there without parentheses and as it is, not as a macro's expansion.
  private func isBare(_ part: ExpressionID, startingAt node: Node) -> Bool {
    tree.macroCall(of: part) == nil && tree[part].span.start == node.span.start
  }

  // MARK: Selections and calls

  /// `a.b[c].d(e)`: where there are several calls the line may be broken before each.
  private func memberChain(_ node: Node) -> [Work] {
    var links = [node]
    var first = node
    var base = receiver(of: node)
    while case let next = tree[tree.written(base)],
      next.kind == .select || next.kind == .index || next.kind == .memberCall
    {
      links.append(next)
      first = next
      base = receiver(of: next)
    }
    let isBroken = links.count { $0.kind == .memberCall } > 1
    let isNamed = tree[tree.written(base)].kind == .identifier
    var items: [Work] = isBroken ? [.piece(.open)] : []
    // `(a.b).c` says nothing that `a.b.c` does not.
    items += [.skipParentheses(before: first.span.start), .expression(base, .member, .operand)]
    if isBroken { items.append(.piece(.indent)) }
    for (index, link) in links.reversed().enumerated() {
      switch link.kind {
      case .memberCall:
        if isBroken, index > 0 || !isNamed { items.append(.line(isBlank: false)) }
        items.append(.takeThrough(.leftParenthesis))
        items += arguments(tree.list(link.second).dropFirst())
      case .index:
        let index = ExpressionID(rawValue: link.second)
        items += [.takeThrough(.leftBracket), .takeQuestion]
        items +=
          tree[index].kind == .string
          ? [.expression(index, .conditional, .whole), .take]
          : bracketed([[.expression(index, .conditional, .whole)]])
      case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .select, .call, .unary, .binary,
        .chain, .conditional, .list, .map, .message, .comprehension:
        items += [.take, .takeQuestion, .take]
      }
      if index < links.count - 1 { items.append(.skipClosingParentheses) }
    }
    return isBroken ? items + [.piece(.dedent), .piece(.close)] : items
  }

  private func receiver(of node: Node) -> ExpressionID {
    node.kind == .memberCall
      ? tree.list(node.second).first ?? tree.root : ExpressionID(rawValue: node.first)
  }

  /// What is behind `name(`; the variables that a macro declares stay on its line.
  private func arguments(_ list: some Collection<ExpressionID>) -> [Work] {
    if list.count == 1, let only = list.first, [.list, .map, .message].contains(tree[tree.written(only)].kind) {
      return [.expression(only, .conditional, .whole), .take]
    }
    let declared = list.prefix { tree[$0].flags.contains(.isDeclaration) }.count
    return bracketed(list.map { [.expression($0, .conditional, .whole)] }, onFirstLine: declared)
  }

  // MARK: Lists and maps

  /// Items with commas, up to and with the closing bracket; without a comma behind the last.
  private func bracketed(_ items: [[Work]], onFirstLine: Int = 0, isFilled: Bool = false) -> [Work] {
    guard !items.isEmpty else { return [.take] }
    var work: [Work] = [.piece(.open), .piece(.indent)]
    for (index, item) in items.enumerated() {
      if index > 0 { work.append(.take) }
      if index < onFirstLine, index + 1 < items.count {
        if index > 0 { work.append(.piece(.text(" "))) }
      } else if isFilled, index > 0 {
        work.append(.piece(.fillLine))
      } else {
        work.append(.line(isBlank: index > 0))
      }
      work += item
    }
    return work + [.skipComma, .closing, .piece(.dedent), .softLine, .take, .piece(.close)]
  }

  private func elements(_ node: Node) -> [[Work]] {
    tree.list(node.second).map { [.takeQuestion, .expression($0, .conditional, .whole)] }
  }

  /// Whether as many elements stand on a line as fit: numbers, which nobody comments on.
  private func isFilled(_ node: Node) -> Bool {
    tree.list(node.second).allSatisfy { tree[$0].binding == .number || tree[$0].isNegativeNumber }
      && !hasComments(in: node.span)
  }

  private func entries(_ node: Node) -> [[Work]] {
    let list = Array(tree.list(node.second))
    return stride(from: 0, to: list.count - 1, by: 2).map { index in
      let key: Work =
        node.kind == .message
        ? .takeAll(before: tree[list[index]].span.end) : .expression(list[index], .conditional, .whole)
      return [.takeQuestion, key, .take, .piece(.text(" ")), .expression(list[index + 1], .conditional, .value)]
    }
  }
}

extension LayoutWalk.Work {
  /// A line break before a closing bracket.
  fileprivate static var softLine: Self { .piece(.line(isBlank: false, keepsEmptyLine: false)) }
}

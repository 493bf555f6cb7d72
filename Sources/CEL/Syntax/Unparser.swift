internal import Source

/// Writes a tree as a condition that reads back as the same tree.
///
/// Macro calls are written as they were read, parentheses only where they are needed, and operators as CEL spells them.
/// Nothing of the original layout is kept. A part that could not be read becomes `<error>`, which does not read back.
package func unparse(_ tree: SyntaxTree) -> String {
  var unparser = Unparser(tree)
  unparser.write(tree.root)
  return String(decoding: unparser.bytes, as: UTF8.self)
}

private struct Unparser {
  /// What is still to be written.
  private enum Work {
    case text(StaticString)
    case operation(Operator)
    case name(NameID)
    case field(NameID, isQuoted: Bool)
    case expression(ExpressionID, Binding)
  }

  private let tree: SyntaxTree
  var bytes: [UInt8] = []
  /// The stack of what is still to be written, the next on top.
  ///
  /// It takes the place of recursion, because chains are as deep as they are long.
  private var work: [Work] = []

  init(_ tree: SyntaxTree) { self.tree = tree }

  mutating func write(_ root: ExpressionID) {
    work.append(.expression(root, .conditional))
    while let next = work.popLast() {
      switch next {
      case .text(let text): append(text)
      case .operation(let operation):
        append(" ")
        append(operation.spelling)
        append(" ")
      case .name(let name): bytes += nameBytes(name)
      case .field(let name, let isQuoted):
        if isQuoted { append("`") }
        bytes += nameBytes(name)
        if isQuoted { append("`") }
      case .expression(let id, let least): writeExpression(id, least)
      }
    }
  }

  private func nameBytes(_ name: NameID) -> ArraySlice<UInt8> { tree.nameBytes[tree.names[Int(name.rawValue)].range] }

  private mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { bytes.append(unsafe text.utf8Start[index]) }
  }

  /// Leaves work for later, to be done in the order given.
  private mutating func push(_ items: [Work]) { work.append(contentsOf: items.reversed()) }

  private mutating func writeExpression(_ expansion: ExpressionID, _ least: Binding) {
    let node = tree[tree.written(expansion)]
    let isBracketed = node.binding < least
    if isBracketed { append("(") }
    var items: [Work] = []
    switch node.kind {
    case .error: append("<error>")
    case .null: append("null")
    case .bool: append(node.first == 0 ? "false" : "true")
    case .int, .uint, .double: bytes += node.numberText.utf8
    case .string, .bytes: LiteralSpelling.append(tree.literal(node), isBytes: node.kind == .bytes, to: &bytes)
    case .identifier:
      if node.flags.contains(.isAbsolute) { append(".") }
      bytes += nameBytes(NameID(rawValue: node.first))
    case .select: items = selection(node)
    case .index:
      items = [
        .expression(ExpressionID(rawValue: node.first), .member), .text(node.flags.contains(.isOptional) ? "[?" : "["),
        .expression(ExpressionID(rawValue: node.second), .conditional), .text("]"),
      ]
    case .call, .memberCall: items = call(node)
    case .unary:
      items = [
        .text(node.operation.spelling), .expression(ExpressionID(rawValue: node.first), tree.operandBinding(of: node)),
      ]
    case .binary:
      let own = node.binding
      items = [
        .expression(ExpressionID(rawValue: node.first), own), .operation(node.operation),
        .expression(ExpressionID(rawValue: node.second), own.tighter),
      ]
    case .chain:
      let own = node.binding
      for operand in tree.list(node.second) {
        if !items.isEmpty { items.append(.operation(node.operation)) }
        items.append(.expression(operand, own.tighter))
      }
    case .conditional:
      let parts = Array(tree.list(node.second))
      items = [
        .expression(parts[0], .or), .text(" ? "), .expression(parts[1], .or), .text(" : "),
        .expression(parts[2], .conditional),
      ]
    case .list:
      items = [.text("[")] + elements(tree.list(node.second)) + [.text("]")]
    case .map: items = [.text("{")] + entries(node) + [.text("}")]
    case .message:
      items =
        (node.flags.contains(.isAbsolute) ? [.text(".")] : []) + [.name(NameID(rawValue: node.first)), .text("{")]
        + entries(node) + [.text("}")]
    case .comprehension: append("<comprehension>")
    }
    if isBracketed { items.append(.text(")")) }
    push(items)
  }
}

// MARK: - Parts

extension Unparser {
  private func selection(_ node: Node) -> [Work] {
    let parts: [Work] = [
      .expression(ExpressionID(rawValue: node.first), .member), .text(node.flags.contains(.isOptional) ? ".?" : "."),
      .field(NameID(rawValue: node.second), isQuoted: node.flags.contains(.isQuoted)),
    ]
    // A presence test that no macro call is remembered for: a tree that was made, not read.
    return node.flags.contains(.isPresenceTest) ? [.text("has(")] + parts + [.text(")")] : parts
  }

  private func call(_ node: Node) -> [Work] {
    var arguments = Array(tree.list(node.second))
    var items: [Work] = node.flags.contains(.isAbsolute) ? [.text(".")] : []
    if node.kind == .memberCall { items += [.expression(arguments.removeFirst(), .member), .text(".")] }
    return items + [.name(NameID(rawValue: node.first)), .text("(")] + elements(arguments) + [.text(")")]
  }

  private func elements(_ list: some Collection<ExpressionID>) -> [Work] {
    var items: [Work] = []
    for element in list {
      if !items.isEmpty { items.append(.text(", ")) }
      if tree[element].flags.contains(.isOptionalEntry) { items.append(.text("?")) }
      items.append(.expression(element, .conditional))
    }
    return items
  }

  /// The entries of a map or the fields of a message.
  private func entries(_ node: Node) -> [Work] {
    let list = Array(tree.list(node.second))
    var items: [Work] = []
    for index in stride(from: 0, to: list.count - 1, by: 2) {
      if index > 0 { items.append(.text(", ")) }
      if tree[list[index + 1]].flags.contains(.isOptionalEntry) { items.append(.text("?")) }
      let key = tree[list[index]]
      if node.kind == .message, key.kind == .identifier {
        items.append(.field(NameID(rawValue: key.first), isQuoted: key.flags.contains(.isQuoted)))
      } else {
        items.append(.expression(list[index], .conditional))
      }
      items += [.text(": "), .expression(list[index + 1], .conditional)]
    }
    return items
  }
}

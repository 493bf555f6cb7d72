internal import Source

/// A tree for people to look at: one node a line under its parent, in parentheses, with the bytes it stands on.
///
/// Macros are shown as what they expand to. Nodes more than 100 deep are not indented further, so that the text of a long
/// chain stays in proportion.
package func describe(_ tree: SyntaxTree) -> String {
  var description = TreeDescription(tree: tree)
  description.write()
  return description.text
}

private struct TreeDescription {
  let tree: SyntaxTree
  var text = ""

  private enum Work {
    /// A node, the part it plays in its parent, and how deep it is.
    case expression(ExpressionID, role: String, depth: Int)
    case close
  }

  init(tree: SyntaxTree) { self.tree = tree }

  mutating func write() {
    var work: [Work] = [.expression(tree.root, role: "", depth: 0)]
    while let next = work.popLast() {
      switch next {
      case .close: text += ")"
      case .expression(let id, let role, let depth):
        let node = tree[id]
        if depth > 0 { text += "\n" + String(repeating: "  ", count: min(depth, 100)) }
        text += "(\(role)\(heading(node)) \(node.span.start)..<\(node.span.end)"
        work.append(.close)
        for part in parts(node).reversed() { work.append(.expression(part.id, role: part.role, depth: depth + 1)) }
      }
    }
  }

  private func name(_ id: UInt32) -> String { tree.text(NameID(rawValue: id)) }

  /// What the node is, with its own facts.
  private func heading(_ node: Node) -> String {
    let dot = node.flags.contains(.isAbsolute) ? "." : ""
    let question = node.flags.contains(.isOptional) ? "?" : ""
    let entry = node.flags.contains(.isOptionalEntry) ? "?" : ""
    switch node.kind {
    case .error: return entry + "error"
    case .null: return entry + "null"
    case .bool: return entry + "bool \(node.first != 0)"
    case .int, .uint, .double: return entry + "\(node.kind) \(node.numberText)"
    case .string, .bytes:
      var spelling: [UInt8] = []
      LiteralSpelling.append(tree.literal(node), isBytes: node.kind == .bytes, to: &spelling)
      return entry + "\(node.kind) \(String(decoding: spelling, as: UTF8.self))"
    case .identifier: return entry + "identifier \(dot)\(name(node.first))"
    case .select:
      let test = node.flags.contains(.isPresenceTest) ? "has" : "select"
      let quote = node.flags.contains(.isQuoted) ? "`" : ""
      return entry + "\(test) .\(question)\(quote)\(name(node.second))\(quote)"
    case .index: return entry + "index\(question)"
    case .call: return entry + "call \(dot)\(name(node.first))"
    case .memberCall: return entry + "member call \(name(node.first))"
    case .unary, .binary, .chain: return entry + "\(node.operation.spelling)"
    case .conditional: return entry + "?:"
    case .list: return entry + "list"
    case .map: return entry + "map"
    case .message: return entry + "message \(dot)\(name(node.first))"
    case .comprehension:
      let loop = tree.comprehensions[Int(node.first)]
      let second = loop.secondVariable.map { ", \(tree.text($0))" } ?? ""
      return entry + "comprehension \(tree.text(loop.variable))\(second) -> \(tree.text(loop.accumulator))"
    }
  }

  private func parts(_ node: Node) -> [(role: String, id: ExpressionID)] {
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: []
    case .select, .unary: [("", ExpressionID(rawValue: node.first))]
    case .index, .binary: [("", ExpressionID(rawValue: node.first)), ("", ExpressionID(rawValue: node.second))]
    case .error, .call, .memberCall, .chain, .conditional, .list, .map, .message:
      tree.list(node.second).map { ("", $0) }
    case .comprehension: loopParts(tree.comprehensions[Int(node.first)])
    }
  }

  private func loopParts(_ loop: Comprehension) -> [(role: String, id: ExpressionID)] {
    [
      ("range: ", loop.range), ("start: ", loop.accumulatorStart), ("condition: ", loop.condition),
      ("step: ", loop.step), ("result: ", loop.result),
    ]
  }
}

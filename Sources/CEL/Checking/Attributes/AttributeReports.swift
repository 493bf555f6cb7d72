internal import Diagnostics
internal import Source

// Names that schemas do not have, and values that they do not list.
extension Checker {
  /// Notes a literal that is compared with an attribute whose values are listed without it.
  mutating func noteChoices(_ id: UInt32, _ node: Node, _ left: TypeID, _ right: TypeID, _ tree: SyntaxTree) {
    if let attribute = substitution.table.attribute(left) { noteChoice(id, node.second, attribute, tree) }
    if let attribute = substitution.table.attribute(right) { noteChoice(id, node.first, attribute, tree) }
  }

  /// The same of `attribute in [literals]` and `literal in attribute`.
  mutating func noteMemberChoices(_ id: UInt32, _ node: Node, _ left: TypeID, _ right: TypeID, _ tree: SyntaxTree) {
    let range = tree.nodes[Int(node.second)]
    if let attribute = substitution.table.attribute(left), range.kind == .list {
      guard !choices(of: attribute).isEmpty else { return }
      let first = Int(range.second) + 1
      for place in first..<(first + Int(tree.lists[Int(range.second)])) {
        noteChoice(id, tree.lists[place], attribute, tree)
      }
    }
    guard substitution.table.kind(right) == .list else { return }
    if let attribute = substitution.table.attribute(substitution.shallow(substitution.table.first(right))) {
      noteChoice(id, node.first, attribute, tree)
    }
  }

  private mutating func noteChoice(_ id: UInt32, _ literal: UInt32, _ attribute: AttributeID, _ tree: SyntaxTree) {
    let node = tree.nodes[Int(literal)]
    guard attribute != .some, !node.flags.contains(.isOptionalEntry) else { return }
    let choices = choices(of: attribute)
    guard !choices.isEmpty, let value = AttributeChoice(node, tree) else { return }
    guard !choices.contains(where: { $0.isEqual(to: value) }) else { return }
    faults.append(TypeFault(.unknownChoice, id, operand: literal, attribute: attribute))
  }

  private func choices(of attribute: AttributeID) -> [AttributeChoice] {
    guard attribute != .some, let table = attributes.table(of: attribute.source),
      table.entries.indices.contains(attribute.index)
    else { return [] }
    return table.choices(of: attribute.index)
  }
}

extension AttributeChoice {
  /// The value of a literal; `nil` for null, which says that the attribute is absent, and for all that is no literal.
  fileprivate init?(_ node: Node, _ tree: SyntaxTree) {
    let bits = UInt64(node.second) << 32 | UInt64(node.first)
    switch node.kind {
    case .string: self = .string(String(decoding: tree.literal(node), as: UTF8.self))
    case .int: self = .int(Int64(bitPattern: bits))
    case .uint: self = Int64(exactly: bits).map { .int($0) } ?? .double(Double(bits))
    case .double: self = .double(Double(bitPattern: bits))
    case .bool: self = .bool(node.first != 0)
    case .error, .null, .bytes, .identifier, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional,
      .list, .map, .message, .comprehension:
      return nil
    }
  }

  /// Whether two values are the same in CEL: numbers by their value, texts by their code points.
  func isEqual(to other: AttributeChoice) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.int(let left), .double(let right)), (.double(let right), .int(let left)): Double(left) == right
    case (.int(let left), .int(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    case (.null, .null): true
    case (.string, _), (.int, _), (.double, _), (.bool, _), (.null, _): false
    }
  }

  /// The value as a condition spells it.
  package var spelling: String {
    switch self {
    case .string(let text): JSONText.quoted(text)
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .bool(let value): "\(value)"
    case .null: "null"
    }
  }
}

// MARK: - Reports

extension Checker {
  mutating func noteAttributeFault(_ fault: TypeFault, _ node: Node, _ tree: SyntaxTree) {
    var type = substitution.resolved(types[Int(fault.operand)], isFinal: true)
    if let value = substitution.table.optionalValue(type) { type = value }
    guard let owner = substitution.table.attribute(type) else { return }
    let found: AttributeFault
    if node.kind == .index {
      let literal = tree.nodes[Int(node.second)]
      let name = String(decoding: tree.literal(literal), as: UTF8.self)
      found = AttributeFault(span: literal.span, name: name, owner: owner, quote: "\"")
    } else {
      let name = tree.text(NameID(rawValue: node.second))
      let quote = node.flags.contains(.isQuoted) ? "`" : ""
      found = AttributeFault(span: memberSpan(fault.node, tree), name: name, owner: owner, quote: quote)
    }
    // A macro that uses its argument twice is wrong once.
    if attributeFaults.last != found { attributeFaults.append(found) }
  }

  mutating func reportUnknownChoice(
    _ fault: TypeFault, _ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]
  ) {
    let literal = places.tree.nodes[Int(fault.operand)]
    guard let value = AttributeChoice(literal, places.tree) else { return }
    let choices = choices(of: fault.attribute)
    comparisonCount += choices.count
    var closest: String?
    let name = checkedTypes().facts(of: fault.attribute).map(\.path) ?? ""
    if case .string(let text) = value, comparisonCount <= Self.comparisonLimit {
      if let meant = choices.lazy.compactMap(\.text).first(where: { differsInCase($0, from: text) }) {
        let message = CaseMismatch(literal: value.spelling, attribute: name, meant: JSONText.quoted(meant))
        diagnostics.append(Diagnostic(message, at: literal.span))
        return
      }
      closest = closestName(to: text, among: choices.compactMap(\.text))
    }
    let message = UnknownEnumValue(
      value: value.spelling, attribute: name, values: choices.map(\.spelling), closest: closest)
    diagnostics.append(Diagnostic(message, at: literal.span))
  }
}

/// Whether two texts are the same but for the case of the letters `A` to `Z`.
private func differsInCase(_ left: String, from right: String) -> Bool {
  left.utf8.count == right.utf8.count
    && zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || $0 ^ $1 == 0x20 && (0x61...0x7A).contains($0 | 0x20) }
}

extension AttributeChoice {
  fileprivate var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }
}

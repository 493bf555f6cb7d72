package import CEL
package import DocumentTree
package import PolicyModel
package import Source

/// A document for who helps to write it: its tree, its policies, and what is meant by the expressions in it.
package struct DocumentInspection: Sendable {
  package let document: Document
  package let policies: [Policy]
  private let types: InputTypes

  /// Reads a document; what is wrong with it is not told.
  package init(_ source: SourceText, for validator: PolicyValidator) {
    document = readDocument(source).document
    policies = decodePolicies(document, readingFailed: true).policies
    types = validator.types
  }

  /// The names of the types that policies may name.
  package var resourceTypeNames: [String] { types.resourceTypes?.names ?? [] }

  /// The nodes of a policy's expressions, an empty condition among them, with the place of each variable's.
  package func expressions(of policy: Policy) -> [(node: NodeID, variable: Int?)] {
    var nodes: [(node: NodeID, variable: Int?)] = []
    for (index, variable) in policy.variables.enumerated() {
      if let node = variable.expressionNode { nodes.append((node, index)) }
    }
    for rule in policy.rules {
      if let node = rule.conditionNode {
        nodes.append((node, nil))
      } else {
        // One that is blank so far.
        document.forEachMember(of: rule.objectNode) { key, value in
          if document.text(of: key) == "condition" { nodes.append((value, nil)) }
        }
      }
    }
    return nodes
  }

  /// All that is written in the condition language in a policy, each text once, in no order.
  package func texts(of policy: Policy) -> [ExpressionText] {
    var seen: Set<NodeID> = []
    var texts: [ExpressionText] = []
    for (node, _) in expressions(of: policy) {
      let node = document.resolved(node)
      guard document[node].kind == .string, seen.insert(node).inserted else { continue }
      let bytes = unsafe document.withBytes(of: node) { unsafe Array($0) }
      texts.append(ExpressionText(bytes: bytes, start: 0, map: document.sourceMap(of: node)))
    }
    for rule in policy.rules {
      guard let node = rule.messageNode.map(document.resolved), seen.insert(node).inserted else { continue }
      let bytes = unsafe document.withBytes(of: node) { unsafe Array($0) }
      let template = unsafe bytes.withUnsafeBufferPointer { unsafe MessageTemplate($0) }
      for span in template.expressions {
        texts.append(
          ExpressionText(bytes: Array(bytes[span.range]), start: span.start, map: document.sourceMap(of: node)))
      }
    }
    return texts
  }

  /// The expression that holds an offset of the document, or ends there; `nil` where there is none.
  package func expression(at offset: Int) -> InspectedExpression? {
    for policy in policies {
      for (node, variable) in expressions(of: policy) where holds(node, offset) {
        return inspected(node, start: 0, count: nil, in: policy, visibleVariables: variable)
      }
      for rule in policy.rules {
        guard let node = rule.messageNode, holds(node, offset) else { continue }
        let template = unsafe document.withBytes(of: node) { unsafe MessageTemplate($0) }
        let place = document.sourceMap(of: node).decodedOffset(offset)
        guard let span = template.expressions.first(where: { $0.start <= place && place <= $0.end }) else { return nil }
        return inspected(node, start: span.start, count: span.count, in: policy, visibleVariables: nil)
      }
    }
    return nil
  }

  private func holds(_ node: NodeID, _ offset: Int) -> Bool {
    let content = document.sourceMap(of: node).content
    if content.start <= offset && offset <= content.end { return true }
    // What is blank so far may go on behind its end: on the line, or in a block on the lines below.
    let scalar = document[node]
    let isBlock = scalar.style == .literal || scalar.style == .folded
    guard scalar.kind == .null || isBlock && content.isEmpty, scalar.span.end <= offset,
      offset <= document.source.bytes.count
    else { return false }
    return document.source.bytes[scalar.span.end..<offset].allSatisfy {
      $0 == 0x20 || isBlock && ($0 == 0x0A || $0 == 0x0D)
    }
  }

  /// The expression in a scalar.
  ///
  /// - Parameters:
  ///   - node: The scalar.
  ///   - start: The expression's first byte in the decoded text.
  ///   - count: Its length; `nil` for the rest of the text.
  ///   - policy: The policy that it belongs to.
  ///   - visibleVariables: How many of the policy's variables are declared before it; `nil` for all.
  /// - Returns: The expression, with types for its first resource type.
  private func inspected(
    _ node: NodeID, start: Int, count: Int?, in policy: Policy, visibleVariables: Int?
  ) -> InspectedExpression {
    let variables = policy.variables
    let visible = visibleVariables ?? variables.count
    let inputs = types.readings(of: policy).first?.attributes ?? [:]
    var checker = Checker(.policy(variables: variables.map(\.name), attributes: inputs))
    var parser = Parser(options: .policy)
    var known: [(name: String, type: CELType, expression: String)] = []
    for (index, variable) in variables.prefix(visible).enumerated() {
      guard let expression = variable.expression else { continue }
      parser.check(Array(expression.utf8), &checker)
      known.append((variable.name, checker.type(of: parser.tree.root), expression))
      checker.setMemberType(at: index, toTypeOf: parser.tree)
    }
    let isText = document[document.resolved(node)].kind == .string
    let bytes = isText ? unsafe document.withBytes(of: node) { unsafe Array($0) } : []
    let end = count.map { min(start + $0, bytes.count) } ?? bytes.count
    return InspectedExpression(
      Array(bytes[min(start, end)..<end]), in: document[document.resolved(node)], start: start,
      map: document.sourceMap(of: node), variables: known, inputs: inputs, checker)
  }
}

extension Parser {
  /// Parses a text and finds its types.
  fileprivate mutating func check(_ text: [UInt8], _ checker: inout Checker) {
    unsafe text.withUnsafeBufferPointer { buffer in
      unsafe parse(buffer)
      var diagnostics = self.diagnostics
      unsafe checker.check(tree, text: buffer, expectsBool: false, into: &diagnostics)
    }
  }
}

/// An expression as it is written, and where.
package struct ExpressionText: Sendable {
  /// In UTF-8, as the document means it.
  package let bytes: [UInt8]
  let start: Int
  let map: SourceMap

  /// Where a part of the expression stands in the document.
  package func documentSpan(_ span: SourceSpan) -> SourceSpan {
    map.sourceSpan(SourceSpan(span.start + start, span.end + start))
  }

  /// The offset in the expression of an offset of the document; `nil` for one that is outside.
  package func offset(ofDocument offset: Int) -> Int? {
    guard map.content.start <= offset, offset <= map.content.end else { return nil }
    let place = map.decodedOffset(offset) - start
    return place >= 0 && place <= bytes.count ? place : nil
  }
}

/// One expression, parsed and typed.
package struct InspectedExpression: Sendable {
  /// In UTF-8, as the document means it.
  package let text: [UInt8]
  /// The scalar that holds it.
  package let scalar: DocumentNode
  /// The policy's variables that it may use.
  package let variables: [(name: String, type: CELType, expression: String)]
  /// What is known of the inputs' members, by their names.
  package let inputs: [String: AttributeTable]
  package private(set) var tree: SyntaxTree
  private let start: Int
  private let map: SourceMap
  private var checker: Checker
  private var attributes: CheckedTypes

  init(
    _ text: [UInt8], in scalar: DocumentNode, start: Int, map: SourceMap,
    variables: [(name: String, type: CELType, expression: String)], inputs: [String: AttributeTable],
    _ checker: Checker
  ) {
    self.text = text
    self.scalar = scalar
    self.start = start
    self.map = map
    self.variables = variables
    self.inputs = inputs
    self.checker = checker
    var parser = Parser(options: .policy)
    parser.check(text, &self.checker)
    tree = parser.tree
    attributes = self.checker.checkedTypes()
  }

  /// The same place with another text in it, such as one that can be parsed.
  package func replacing(_ text: [UInt8]) -> InspectedExpression {
    InspectedExpression(
      text, in: scalar, start: start, map: map, variables: variables, inputs: inputs, checker)
  }

  /// The offset in the expression of an offset of the document.
  package func offset(ofDocument offset: Int) -> Int { max(0, min(map.decodedOffset(offset) - start, text.count)) }

  /// Where a part of the expression stands in the document.
  package func documentSpan(_ span: SourceSpan) -> SourceSpan {
    map.sourceSpan(SourceSpan(span.start + start, span.end + start))
  }

  /// The types of what is written, what contains others before them.
  package mutating func writtenTypes() -> [(span: SourceSpan, type: CELType)] { checker.writtenTypes(tree) }

  package mutating func type(of id: ExpressionID) -> CELType { checker.type(of: id) }

  /// What the schema says of what an expression reads; `nil` when it reads no attribute that is known.
  package mutating func attribute(of id: ExpressionID) -> Attribute? {
    checker.attribute(of: id).flatMap { attributes.facts(of: $0) }
  }

  /// The members that an expression's value has by its schema.
  package mutating func members(of id: ExpressionID) -> [Attribute] {
    guard let attribute = checker.attribute(of: id), let table = attributes.attributeTable(of: attribute.source),
      table.entries.indices.contains(attribute.index)
    else { return [] }
    return table.members(of: attribute.index).map { table[$0] }
  }
}

internal import DocumentTree
internal import PolicyCortex
internal import PolicyModel
internal import Source

/// `textDocument/documentSymbol`: the policies of a document, with their variables and rules.
struct DocumentSymbolRequest: RequestMessage {
  static let method = "textDocument/documentSymbol"
  private let uri: String

  init(_ parameters: Parameters) throws(ResponseError) { uri = try parameters.documentURI() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri) else { return [] }
    return .array(inspection.policies.map { symbol(of: $0, in: inspection.document, &document) })
  }

  /// The protocol's kinds of symbols.
  private enum Kind: Int { case `class` = 5, method = 6, variable = 13 }

  private func symbol(of policy: Policy, in tree: Document, _ document: inout OpenDocument) -> JSON {
    var children: [JSON] = []
    for variable in policy.variables {
      let name = tree[variable.nameNode].span
      let whole = variable.expressionNode.map { name.union(tree[$0].span) } ?? name
      children.append(symbol(variable.name, variable.expression, .variable, whole, name, &document))
    }
    for rule in policy.rules {
      let whole = tree[rule.objectNode].span
      let name = rule.id ?? rule.name ?? "rule \(rule.position + 1)"
      children.append(
        symbol(name, rule.action?.rawValue, .method, whole, rule.idNode.map { tree[$0].span }, &document))
    }
    return symbol(
      policy.name ?? "policy", policy.id, .class, tree[policy.objectNode].span, policy.nameNode.map { tree[$0].span },
      &document, children: children)
  }

  private func symbol(
    _ name: String, _ detail: String?, _ kind: Kind, _ whole: SourceSpan, _ selected: SourceSpan?,
    _ document: inout OpenDocument, children: [JSON] = []
  ) -> JSON {
    let isInside = selected.map { $0.start >= whole.start && $0.end <= whole.end } ?? false
    return .members([
      // A symbol without a name is none.
      "name": .string(name.isEmpty ? "-" : name), "detail": detail.map { .string($0) },
      "kind": .integer(kind.rawValue), "range": document.range(whole),
      "selectionRange": document.range(isInside ? selected ?? whole : SourceSpan(at: whole.start)),
      "children": children.isEmpty ? nil : .array(children),
    ])
  }
}

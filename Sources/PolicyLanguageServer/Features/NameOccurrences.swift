internal import CEL
internal import DocumentTree
internal import PolicyCortex
internal import PolicyModel
internal import Source

/// Where a name is declared and used: a policy's variable, or the variable of a macro such as `exists`.
struct NameOccurrences {
  let name: String
  /// In the document.
  var declaration: SourceSpan
  /// In the document, in its order.
  var uses: [SourceSpan]
  /// The one that holds the place that was asked for.
  var asked: SourceSpan

  /// In an expression with more macros than this their variables are not looked for.
  private static let macroLimit = 200

  /// Finds the name at an offset of the document; `nil` where there is none of ours.
  init?(_ inspection: DocumentInspection, at offset: Int) {
    for policy in inspection.policies {
      let texts = inspection.texts(of: policy)
      for variable in policy.variables {
        let span = inspection.document.sourceMap(of: variable.nameNode).content
        if span.start <= offset, offset <= span.end {
          self.init(variable.name, policy, texts, inspection, asked: span)
          return
        }
      }
      for text in texts {
        guard let place = text.offset(ofDocument: offset) else { continue }
        let cursor = ExpressionCursor(text.bytes, at: place)
        guard let token = cursor.token, token.kind == .identifier else { continue }
        if let index = cursor.tokens.firstIndex(where: { $0.span == token.span }), cursor.isVariable(index) {
          self.init(
            cursor.text(of: token), policy, texts, inspection, asked: text.documentSpan(token.span))
        } else {
          self.init(loopVariable: token, cursor, text)
        }
        return
      }
    }
    return nil
  }

  /// The occurrences of a policy's variable.
  private init?(
    _ name: String, _ policy: Policy, _ texts: [ExpressionText], _ inspection: DocumentInspection, asked: SourceSpan
  ) {
    guard let variable = policy.variables.first(where: { $0.name == name }) else { return nil }
    var uses: [SourceSpan] = []
    for text in texts {
      let cursor = ExpressionCursor(text.bytes, at: 0)
      for (index, token) in cursor.tokens.enumerated() where cursor.isVariable(index) {
        if cursor.text(of: token) == name { uses.append(text.documentSpan(token.span)) }
      }
    }
    self.name = name
    self.asked = asked
    declaration = inspection.document.sourceMap(of: variable.nameNode).content
    self.uses = uses.sorted { $0.start < $1.start }
  }

  /// The occurrences of a macro's variable, which are all in one expression.
  private init?(loopVariable token: Token, _ cursor: ExpressionCursor, _ text: ExpressionText) {
    let tree = parseExpression(String(decoding: text.bytes, as: UTF8.self), options: .policy).tree
    let name = cursor.text(of: token)
    func isNamed(_ index: Int) -> Bool {
      tree.nodes[index].kind == .identifier && tree.text(NameID(rawValue: tree.nodes[index].first)) == name
        && !tree.nodes[index].flags.contains(.isSynthetic)
    }
    // Each use is looked for in each macro.
    guard tree.macroCalls.count <= NameOccurrences.macroLimit else { return nil }
    guard let asked = tree.nodes.indices.first(where: { isNamed($0) && tree.nodes[$0].span == token.span }) else {
      return nil
    }
    /// The innermost macro that declares the name for a node.
    func owner(of index: Int) -> (scope: Range<UInt32>, declaration: Int)? {
      let id = UInt32(index)
      var found: (scope: Range<UInt32>, declaration: Int)?
      for call in tree.macroCalls where call.scope.contains(id) || call.declarations.contains(id) {
        guard let declared = call.declarations.first(where: { isNamed(Int($0)) }) else { continue }
        if call.declarations.contains(id), Int(declared) != index { continue }
        if found.map({ call.scope.count < $0.scope.count }) ?? true { found = (call.scope, Int(declared)) }
      }
      return found
    }
    guard let home = owner(of: asked) else { return nil }
    let uses = tree.nodes.indices.filter { index in
      isNamed(index) && !tree.nodes[index].flags.contains(.isDeclaration)
        && owner(of: index)?.declaration == home.declaration
    }
    self.name = name
    self.asked = text.documentSpan(token.span)
    declaration = text.documentSpan(tree.nodes[home.declaration].span)
    var spans: [SourceSpan] = []
    for span in uses.map({ text.documentSpan(tree.nodes[$0].span) }).sorted(by: { $0.start < $1.start })
    where spans.last != span { spans.append(span) }
    self.uses = spans
  }
}

extension ExpressionCursor {
  /// Whether a token is the name in `variables.name`.
  fileprivate func isVariable(_ index: Int) -> Bool {
    guard index >= 2, tokens[index].kind == .identifier, tokens[index - 1].kind == .dot,
      text(of: tokens[index - 2]) == "variables"
    else { return false }
    return index == 2 || tokens[index - 3].kind != .dot
  }
}

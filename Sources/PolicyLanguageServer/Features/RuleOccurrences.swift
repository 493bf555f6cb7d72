internal import DocumentTree
internal import PolicyCortex
internal import Source

/// Where a rule's `id` stands: in its policy, and in the files of tests beside that.
struct RuleOccurrences {
  /// A string that names the rule, in one document.
  struct Place {
    let document: OpenDocument
    let tree: Document
    let node: NodeID

    /// The name without its quotes.
    var content: SourceSpan { tree.sourceMap(of: node).content }

    /// The edit that gives the rule another name, as its scalar can spell it.
    func edit(to name: String) -> SourceEdit {
      let scalar = tree[node]
      return SourceEdit(span: scalar.span, text: encodedScalar(name, like: scalar))
    }
  }

  let id: String
  let declaration: Place
  let uses: [Place]
  /// The one that holds the place that was asked for.
  let asked: SourceSpan

  /// Finds the rule whose name stands at an offset of a policy or of a file of tests; `nil` where there is none.
  init?(_ document: OpenDocument, at offset: Int, _ server: LanguageServer) {
    if let tests = TestFile(document) {
      let tree = tests.suite.document
      let nodes = tests.suite.tests.flatMap(\.ruleNodes).map(tree.resolved)
      guard let node = nodes.first(where: { RuleOccurrences.holds(tree, $0, offset) }),
        let policy = server.file(at: tests.policy)
      else { return nil }
      let id = tree.text(of: node)
      self.init(id, in: policy, asked: tree.sourceMap(of: node).content, server)
    } else {
      guard let inspection = server.inspection(document.uri) else { return nil }
      let tree = inspection.document
      let nodes = inspection.policies.flatMap { $0.rules.compactMap(\.idNode) }.map(tree.resolved)
      guard let node = nodes.first(where: { RuleOccurrences.holds(tree, $0, offset) }) else { return nil }
      self.init(tree.text(of: node), in: document, asked: tree.sourceMap(of: node).content, server)
    }
  }

  private init?(_ id: String, in policy: OpenDocument, asked: SourceSpan, _ server: LanguageServer) {
    guard let path = policy.path else { return nil }
    let validator = server.workspace.validator(for: path).validator
    let inspection = DocumentInspection(policy.source, for: validator)
    let rules = inspection.policies.flatMap { Array($0.rules) }.filter { $0.id == id }
    // Two rules of a name are an error, and none of them is meant.
    guard rules.count == 1, let node = rules[0].idNode else { return nil }
    self.id = id
    self.asked = asked
    declaration = Place(document: policy, tree: inspection.document, node: inspection.document.resolved(node))
    uses = server.testFiles(ofPolicy: path).flatMap { tests in
      let tree = tests.suite.document
      return tests.suite.tests.flatMap(\.ruleNodes).map(tree.resolved).filter { tree.text(of: $0) == id }
        .map { Place(document: tests.document, tree: tree, node: $0) }
    }
  }

  private static func holds(_ tree: Document, _ node: NodeID, _ offset: Int) -> Bool {
    let content = tree.sourceMap(of: node).content
    return content.start <= offset && offset <= content.end
  }
}

extension RuleOccurrences.Place {
  /// The place as it is sent.
  var location: JSON {
    var document = document
    return document.location(content)
  }
}

extension LanguageServer {
  /// The occurrences of the rule whose name stands at a place.
  func ruleOccurrences(at place: DocumentPlace) -> RuleOccurrences? {
    guard var document = documents[place.uri] else { return nil }
    let offset = document.offset(of: place.position)
    return RuleOccurrences(document, at: offset, self)
  }
}

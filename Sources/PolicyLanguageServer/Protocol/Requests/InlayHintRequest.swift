internal import DocumentTree
internal import PolicyCortex
internal import PolicyModel
internal import Source

/// `textDocument/inlayHint`: what each condition comes to on the pinned input.
struct InlayHintRequest: RequestMessage {
  static let method = "textDocument/inlayHint"
  private let uri: String
  private let range: (start: Position, end: Position)

  init(_ parameters: Parameters) throws(ResponseError) {
    uri = try parameters.documentURI()
    range = try parameters.wantedRange()
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    guard let inspection = server.inspection(uri), let pinned = server.pinned,
      case .success(let answer)? = server.pinnedAnswer(uri)
    else { return [] }
    let wanted = document.span(range)
    var hints: [JSON] = []
    for rule in answer.rules {
      let policy = inspection.policies[rule.policy]
      guard policy.rules.indices.contains(rule.index), let node = policy.rules[rule.index].conditionNode else {
        continue
      }
      let place = end(of: node, in: inspection.document)
      guard wanted.start <= place, place <= wanted.end else { continue }
      hints.append([
        "position": document.position(of: place).json, "label": .string("→ " + words(for: rule)), "paddingLeft": true,
        "tooltip": .string("on \(pinned.name)"),
      ])
    }
    return .array(hints)
  }

  private func words(for rule: RuleAnswer) -> String {
    switch rule.outcome {
    case .applies: rule.action.rawValue
    case .no: "false"
    case .skipped: "not for this type"
    case .error: "error: \(rule.error ?? "no value")"
    }
  }

  /// Where the text of a scalar ends, blank lines behind a block left out.
  private func end(of node: NodeID, in tree: Document) -> Int {
    let span = tree[tree.resolved(node)].span
    let bytes = tree.source.bytes
    var end = min(span.end, bytes.count)
    while end > span.start, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
    return end
  }
}

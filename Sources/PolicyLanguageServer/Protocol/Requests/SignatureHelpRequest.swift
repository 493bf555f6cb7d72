internal import CEL
internal import PolicyCortex
internal import Source

/// `textDocument/signatureHelp`: the signatures of the call that is being written.
struct SignatureHelpRequest: RequestMessage {
  static let method = "textDocument/signatureHelp"
  private let place: DocumentPlace

  init(_ parameters: Parameters) throws(ResponseError) { place = try parameters.place() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    let offset = document.offset(of: place.position)
    guard let expression = server.inspection(place.uri)?.expression(at: offset) else { return .null }
    let cursor = ExpressionCursor(expression, atDocument: offset)
    guard let call = cursor.enclosingCall else { return .null }
    let isMember = cursor.token(before: call.name.span.start)?.kind == .dot
    let dotted = isMember ? FunctionSignatures.named(cursor.dottedName(endingWith: call.name), isMember: false) : []
    let signatures =
      dotted.isEmpty ? FunctionSignatures.named(cursor.text(of: call.name), isMember: isMember) : dotted
    guard !signatures.isEmpty else { return .null }
    let active = signatures.firstIndex { $0.parameters.count > call.argument } ?? 0
    return [
      "signatures": .array(
        signatures.map { signature in
          let prefix = signature.wholeLabel.utf8.count - signature.label.utf8.count
          return .members([
            "label": .string(signature.wholeLabel), "documentation": signature.documentation.map { .string($0) },
            // All of it is ASCII, so that units of any encoding are bytes.
            "parameters": .array(
              signature.parameters.map {
                ["label": [.integer($0.lowerBound + prefix), .integer($0.upperBound + prefix)]]
              }),
          ])
        }),
      "activeSignature": .integer(active), "activeParameter": .integer(call.argument),
    ]
  }
}

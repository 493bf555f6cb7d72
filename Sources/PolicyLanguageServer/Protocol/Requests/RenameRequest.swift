internal import CEL
internal import Diagnostics
internal import PolicyCortex
internal import Source

/// `textDocument/rename`: another name for a variable or a rule, wherever it is used.
struct RenameRequest: RequestMessage {
  static let method = "textDocument/rename"
  private let place: DocumentPlace
  private let name: String

  init(_ parameters: Parameters) throws(ResponseError) {
    place = try parameters.place()
    guard let name = parameters["newName"].text else { throw ResponseError(.invalidParams, "no name is given") }
    self.name = name
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(place.uri)
    guard let found = server.occurrences(at: place) else {
      guard let rule = server.ruleOccurrences(at: place) else {
        throw ResponseError(.requestFailed, "there is no variable and no rule here")
      }
      return try renamed(rule, server)
    }
    let tokens = tokens(of: name).filter { $0.kind != .endOfText }
    guard tokens.count == 1, tokens[0].kind == .identifier, tokens[0].span.count == name.utf8.count else {
      throw ResponseError(.requestFailed, "`\(name)` is no name: letters, digits and `_`, and no word of the language")
    }
    var edited: [SourceSpan] = []
    for span in [found.declaration] + found.uses where !edited.contains(span) { edited.append(span) }
    // What is another name already would change its meaning.
    let edits = edited.map { SourceEdit(span: $0, text: name) }
    guard isFree(in: server, document, edits) else {
      throw ResponseError(.requestFailed, "`\(name)` would mean something else in one of these places")
    }
    let changes = JSON.array(edits.map { document.edit($0) })
    return ["changes": .object([(place.uri, changes)])]
  }

  /// The edits that give a rule another name, in its policy and in the tests beside it.
  private func renamed(_ rule: RuleOccurrences, _ server: LanguageServer) throws(ResponseError) -> JSON {
    let policy = rule.declaration.document
    guard let path = policy.path else { throw ResponseError(.requestFailed, "the policy is in no file") }
    let validator = server.workspace.validator(for: path).validator
    func errors(_ text: String) -> Int {
      validator.validate(Array(text.utf8), name: policy.name).diagnostics.count { $0.severity == .error }
    }
    let text = String(decoding: policy.bytes, as: UTF8.self)
    // Another rule may have the name, or no rule can.
    guard !name.isEmpty, errors(text.applying([rule.declaration.edit(to: name)])) <= errors(text) else {
      throw ResponseError(.requestFailed, "no rule can be called `\(name)` here")
    }
    var changes: [(name: String, value: JSON)] = []
    for place in [rule.declaration] + rule.uses {
      var document = place.document
      let edit = document.edit(place.edit(to: name))
      if let index = changes.firstIndex(where: { $0.name == document.uri }),
        case .array(let edits) = changes[index].value
      {
        changes[index].value = .array(edits + [edit])
      } else {
        changes.append((document.uri, [edit]))
      }
    }
    return ["changes": .object(changes)]
  }

  /// Whether the edits bring no error that was not there before, and the name has the same places afterwards.
  private func isFree(in server: LanguageServer, _ document: OpenDocument, _ edits: [SourceEdit]) -> Bool {
    guard let checked = server.checked(place.uri), let validator = checked.validator,
      let declaration = edits.first?.span
    else { return false }
    let bytes = document.bytes
    var text: [UInt8] = []
    var copied = 0
    var places: [Int] = []
    var declared = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) where edit.span.start >= copied {
      text += bytes[copied..<edit.span.start]
      if edit.span == declaration { declared = text.count } else { places.append(text.count) }
      text += edit.text.utf8
      copied = edit.span.end
    }
    text += bytes[copied...]
    let before = checked.diagnostics.count { $0.severity == .error }
    guard validator.validate(text, name: document.name).diagnostics.count(where: { $0.severity == .error }) <= before
    else { return false }
    let inspection = DocumentInspection(SourceText(name: document.name, bytes: text), for: validator)
    return NameOccurrences(inspection, at: declared)?.uses.map(\.start) == places
  }
}

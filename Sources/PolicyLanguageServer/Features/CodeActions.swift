internal import Diagnostics
internal import PolicyCortex
internal import Source

/// What can be done about the diagnostics of a document.
struct CodeActions {
  private let document: OpenDocument
  private let checked: CheckedText
  private let validator: PolicyValidator
  private let hasDocumentChanges: Bool

  /// So many diagnostics of a range are offered to be suppressed; each is tried.
  private static let suppressionLimit = 8

  init(_ document: OpenDocument, _ checked: CheckedText, _ validator: PolicyValidator, hasDocumentChanges: Bool) {
    self.document = document
    self.checked = checked
    self.validator = validator
    self.hasDocumentChanges = hasDocumentChanges
  }

  /// The fix-its of what was found in a range, and what suppresses it.
  func quickFixes(from start: Int, to end: Int) -> [JSON] {
    var fixes: [JSON] = []
    var suppressions: [JSON] = []
    for (diagnostic, item) in zip(checked.diagnostics, checked.items)
    where diagnostic.span.start <= end && diagnostic.span.end >= start {
      for fixIt in diagnostic.fixIts where !fixIt.edits.isEmpty {
        fixes.append(
          action(fixIt.title, "quickfix", fixIt.edits, mends: item, isPreferred: fixIt.applicability == .safe))
      }
      guard diagnostic.failure == nil, suppressions.count < CodeActions.suppressionLimit,
        let edit = suppression(of: diagnostic)
      else { continue }
      suppressions.append(
        action("suppress `\(diagnostic.code)` here, with a reason", "quickfix", [edit], mends: item))
    }
    return fixes + suppressions
  }

  /// Makes all fixes that keep or restore the meaning beyond doubt, as `--fix` does; `nil` where there is none.
  func fixAll() -> JSON? {
    let isFixable = checked.diagnostics.contains { $0.fixIts.contains { $0.applicability == .safe } }
    guard isFixable else { return nil }
    let fixed = PolicyFixer(validator).fixed(document.bytes, name: document.name)
    let edits = wholeTextEdits(from: document.bytes, to: fixed.bytes)
    guard !edits.isEmpty else { return nil }
    let count = fixed.count == 1 ? "1 safe fix" : "\(fixed.count) safe fixes"
    return action("apply \(count)", CodeActionRequest.fixAllKind, edits)
  }

  /// What suppresses a diagnostic: a comment above its line, or a member of its object.
  ///
  /// It is tried, and offered only if it takes this diagnostic away and brings nothing new.
  private func suppression(of diagnostic: Diagnostic) -> SourceEdit? {
    let placement = SuppressionPlacement(checked.source)
    guard let edit = placement.edit(suppressing: diagnostic) else { return nil }
    let bytes = document.bytes
    let text =
      Array(bytes[..<edit.span.start]) + Array(edit.text.utf8) + Array(bytes[edit.span.end...])
    let left = validator.validate(text, name: document.name).diagnostics.map(\.code)
    let before = checked.diagnostics.map(\.code)
    var counts: [String: Int] = [:]
    for code in before { counts[code, default: 0] += 1 }
    for code in left { counts[code, default: 0] -= 1 }
    // What follows from the same place may go with it.
    return counts[diagnostic.code, default: 0] > 0 && counts.values.allSatisfy { $0 >= 0 } ? edit : nil
  }

  private func action(
    _ title: String, _ kind: String, _ edits: [SourceEdit], mends item: JSON? = nil, isPreferred: Bool = false
  ) -> JSON {
    var document = document
    let changes = JSON.array(edits.map { document.edit($0) })
    let edit: JSON =
      hasDocumentChanges
      ? [
        "documentChanges": [
          [
            "textDocument": ["uri": .string(document.uri), "version": .integer(document.version)], "edits": changes,
          ]
        ]
      ] : ["changes": .object([(document.uri, changes)])]
    return .members([
      "title": .string(title), "kind": .string(kind), "diagnostics": item.map { [$0] },
      "isPreferred": isPreferred ? true : nil, "edit": edit,
    ])
  }
}
